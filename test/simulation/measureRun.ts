import type { FakeTask } from 'react-realtime-stt/testing'
import type { Run } from './playRun.js'

/** What one run adds to its cell. Whole numbers, so that no order of adding them changes a sum. */
export interface RunFigures {
  /** More than one task lived at once, at some moment. */
  hadTwo: number
  endedWithTwo: number
  /** Lifetimes beyond those of one task at a time. */
  duplicateMs: number
  neverStarted: number
  /** Of all devices. */
  restCalls: number
  storeOperations: number
}

export function measureRun({ world, pages }: Run): RunFigures {
  const tasks = world.tasks()
  const { hadTwo, duplicateMs } = measureOverlap(tasks, world.time.now)
  const sum = (of: (page: (typeof pages)[number]) => number) =>
    pages.reduce((total, page) => total + of(page), 0)
  return {
    hadTwo: Number(hadTwo),
    endedWithTwo: Number(world.liveTasks().length > 1),
    duplicateMs,
    neverStarted: Number(tasks.length === 0),
    restCalls: sum(({ restCalls }) => restCalls),
    storeOperations: sum(({ storeOperations }) => storeOperations),
  }
}

function measureOverlap(
  tasks: readonly FakeTask[],
  now: number,
): { hadTwo: boolean; duplicateMs: number } {
  const changes = tasks
    .flatMap(({ startedAt, endedAt }) => [
      { at: startedAt, step: 1 },
      { at: endedAt ?? now, step: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.step - b.step)
  let live = 0
  let since = 0
  let duplicateMs = 0
  for (const { at, step } of changes) {
    if (live > 1) duplicateMs += (live - 1) * (at - since)
    live += step
    since = at
  }
  return { hadTwo: duplicateMs > 0, duplicateMs }
}
