import type { Browser, Page } from 'playwright-core'

/** What the main thread of a page was busy with. */
export interface TaskTimes {
  /** Of the longest task, what it had of a processor: the rest of its time others ran. */
  longestOwnMs: number
  /** Of a whole processor, 0 to 1. */
  share: number
}

interface TraceEvent {
  ph: string
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** On the processor. All are in µs. */
  tdur?: number
  args: { name?: string }
}

/** Returns what ends the recording. */
export async function recordTasks(browser: Browser, page: Page): Promise<() => Promise<TaskTimes>> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  const begunAt = performance.now()
  return async () => {
    const durationMs = performance.now() - begunAt
    const trace = await browser.stopTracing()
    return toTaskTimes(JSON.parse(trace.toString()).traceEvents, durationMs)
  }
}

function toTaskTimes(events: readonly TraceEvent[], durationMs: number): TaskTimes {
  const busy = mainThreadsOf(events).map((thread) => ownTimesOf(events, thread))
  const [ownMs = []] = busy.toSorted((one, other) => sum(other) - sum(one))
  if (ownMs.length === 0) throw new Error('The trace has no task of a page.')
  return { longestOwnMs: Math.max(...ownMs), share: sum(ownMs) / durationMs }
}

const mainThreadsOf = (events: readonly TraceEvent[]) =>
  events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')

function ownTimesOf(events: readonly TraceEvent[], { pid, tid }: TraceEvent): number[] {
  const own: number[] = []
  let endsAt = 0
  const ofThread = events.filter((one) => one.ph === 'X' && one.pid === pid && one.tid === tid)
  for (const { ts, dur = 0, tdur = 0 } of ofThread.toSorted((one, other) => one.ts - other.ts)) {
    // A part of the one before.
    if (ts < endsAt) continue
    endsAt = ts + dur
    own.push(tdur / 1_000)
  }
  return own
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
