import { type Cell, parseCellKey, toCellKey } from './cell.js'
import type { RunFigures } from './measureRun.js'
import { type GrowthFigures, type GrowthPlan, playGrowth } from './playGrowth.js'
import { playRun } from './playRun.js'

/** A piece of work for one thread. */
export type Job =
  | { kind: 'runs'; cellKey: string; fromSeed: number; toSeed: number }
  | { kind: 'growth'; plan: GrowthPlan; fromSeed: number; toSeed: number }

/** A run that broke an assertion. */
export interface Failure {
  /** What `--replay` takes. */
  replay: string
  violations: readonly string[]
}

export interface JobResult {
  runs: RunFigures[]
  growths: GrowthFigures[]
  failures: Failure[]
}

export async function playJob(job: Job): Promise<JobResult> {
  const result: JobResult = { runs: [], growths: [], failures: [] }
  for (let seed = job.fromSeed; seed <= job.toSeed; seed++) {
    if (job.kind === 'growth') {
      result.growths.push(await playGrowth(job.plan, seed))
      continue
    }
    const { figures, violations } = await playRun(parseCellKey(job.cellKey), seed)
    result.runs.push(figures)
    if (violations.length > 0) {
      result.failures.push({ replay: `${job.cellKey}:${seed}`, violations })
    }
  }
  return result
}

/** One run again, with all that happened in it. */
export async function replayRun(replay: string): Promise<string> {
  const [cellKey = '', seed] = replay.split(':')
  const cell: Cell = parseCellKey(cellKey)
  const { trace, violations, figures } = await playRun(cell, Number(seed), true)
  return [
    `replay ${toCellKey(cell)}:${seed}`,
    ...trace,
    JSON.stringify(figures),
    ...violations,
  ].join('\n')
}
