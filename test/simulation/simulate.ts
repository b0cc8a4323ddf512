import { type Cell, toCellKey } from './cell.js'
import { LEGEND, toCells, toFaultTable } from './faultTable.js'
import { checkGrowth, toGrowthParts, toGrowthTable } from './growthTable.js'
import type { RunFigures } from './measureRun.js'
import type { GrowthFigures } from './playGrowth.js'
import { type Failure, type Job, type JobResult, playJob, replayRun } from './playJob.js'
import { parseOptions, type SimulationOptions } from './simulationOptions.js'

const RUNS = 200
/** What the package's strongest promise is about deserves a closer look. */
const CLOSE_RUNS = 2_000
const isClose = ({ row, names }: Cell) => row === 'signaling' && names === 'shown'
const MAX_RUNS_PER_JOB = 50
const MAX_TRACES = 2
const MAX_FAILURES_SHOWN = 30

/** What the command line does, and what its threads do. */
export const command = {
  run: (args: readonly string[], playAll: PlayAll) => simulate(parseOptions(args), playAll),
  playJob,
}

/** Plays jobs in this thread or others; results are in the order of the jobs. */
type PlayAll = (jobs: readonly Job[]) => Promise<JobResult[]>

/** Plays one job. */
type Play = (job: Job) => Promise<JobResult>

export interface SimulationReport {
  text: string
  isGood: boolean
}

/** Both tables, and what broke an assertion. The order in which jobs end changes nothing of it. */
export async function simulate(
  options: SimulationOptions,
  playAll: PlayAll = inTurn(playJob),
): Promise<SimulationReport> {
  if (options.replay) return { text: await replayRun(options.replay), isGood: true }
  const { seed, tables, rows } = options
  const keys: string[] = []
  const jobs: Job[] = []
  const add = (key: string, runs: number, toJob: (fromSeed: number, toSeed: number) => Job) => {
    const size = key.endsWith('/1000') ? 1 : MAX_RUNS_PER_JOB
    for (let done = 0; done < runs; done += size) {
      keys.push(key)
      jobs.push(toJob(seed + done, seed + Math.min(runs, done + size) - 1))
    }
  }
  const parts = tables.includes('growth') ? toGrowthParts(rows) : []
  for (const { key, plan, runs } of parts) {
    add(key, runs, (fromSeed, toSeed) => ({ kind: 'growth', plan, fromSeed, toSeed }))
  }
  for (const cell of tables.includes('faults') ? toCells(options) : []) {
    const cellKey = toCellKey(cell)
    const runs = options.runs ?? (isClose(cell) ? CLOSE_RUNS : RUNS)
    add(cellKey, runs, (fromSeed, toSeed) => ({ kind: 'runs', cellKey, fromSeed, toSeed }))
  }

  const results = await playAll(jobs)
  const runs = new Map<string, RunFigures[]>()
  const growths = new Map<string, GrowthFigures[]>()
  const failures: Failure[] = []
  for (const [index, result] of results.entries()) {
    const key = keys[index] as string
    runs.set(key, [...(runs.get(key) ?? []), ...result.runs])
    growths.set(key, [...(growths.get(key) ?? []), ...result.growths])
    failures.push(...result.failures)
  }

  const broken = tables.includes('growth') ? checkGrowth(rows, growths) : []
  const text = [
    ...(tables.includes('faults') ? [LEGEND, toFaultTable(options, runs)] : []),
    ...(tables.includes('growth')
      ? [
          'Growth. In each field: REST calls per channel; store operations per device; until everyone shows enabled, median / worst.',
          toGrowthTable(rows, growths),
        ]
      : []),
    ...broken,
    await toFailureReport(failures),
  ]
  const isGood = failures.length + broken.length === 0
  return { text: text.filter(Boolean).join('\n\n'), isGood }
}

function inTurn(play: Play): PlayAll {
  return async (jobs) => {
    const results: JobResult[] = []
    for (const job of jobs) results.push(await play(job))
    return results
  }
}

async function toFailureReport(failures: readonly Failure[]): Promise<string> {
  if (failures.length === 0) return ''
  const kinds = new Map<string, number>()
  for (const { replay, violations } of failures) {
    const [cell = ''] = replay.split(':')
    const [row] = cell.split('/')
    for (const kind of new Set(violations.map((text) => `${row}, ${text.split(':')[0]}`))) {
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
  }
  const lines = failures
    .slice(0, MAX_FAILURES_SHOWN)
    .map(({ replay, violations }) => `--replay=${replay}\n  ${violations.join('\n  ')}`)
  const traces: string[] = []
  for (const { replay } of failures.slice(0, MAX_TRACES)) traces.push(await replayRun(replay))
  return [
    `${failures.length} runs broke an assertion: ${[...kinds].map(([kind, count]) => `${kind} (${count})`).join('; ')}`,
    ...lines,
    ...traces,
  ].join('\n')
}
