import { type Cell, DEDUPS, type Fault, NAMES, REUSES, type RowName, toCellKey } from './cell.js'
import type { RunFigures } from './measureRun.js'
import { strategies } from './strategies.js'
import { toTable } from './toTable.js'

const DEVICES = 5

const DEDUP_TITLES = {
  atomic: 'atomic',
  blind1: 'blind for 1 s',
  blind5: 'blind for 5 s',
  off: 'off',
} as const

const FAULT_TITLES = {
  none: 'no faults',
  crash: '10 % crash at each step',
  lost: '10 % lost answers',
  late: '10 % requests 12–62 s late',
  outage: 'Signaling down for a while',
  all: 'all',
} as const

export const LEGEND = `In each field: runs with more than one task ever live / at the end; duplicate seconds billed, mean / worst;
runs that never started; REST calls + store operations per device.`

/** Which part of the table is asked for. */
export interface FaultPlan {
  rows: readonly RowName[]
  faults: readonly Fault[]
  dedups: readonly Cell['dedup'][]
  reuses: readonly Cell['reuse'][]
  names: readonly Cell['names'][]
}

/** Only ours ask for names: for the others the table would be the same again. */
const isAsked = (row: RowName, names: Cell['names']) =>
  names === 'shown' || strategies[row]?.isOurs === true

export function toCells({ rows, faults, dedups, reuses, names }: FaultPlan): Cell[] {
  return reuses.flatMap((reuse) =>
    names.flatMap((name) =>
      dedups.flatMap((dedup) =>
        rows
          .filter((row) => isAsked(row, name))
          .flatMap((row) => faults.map((fault) => ({ row, fault, dedup, reuse, names: name }))),
      ),
    ),
  )
}

/** The first table, in the order of the plan. */
export function toFaultTable(plan: FaultPlan, figures: Map<string, readonly RunFigures[]>): string {
  const blocks: string[] = []
  for (const reuse of REUSES.filter((one) => plan.reuses.includes(one))) {
    for (const names of NAMES.filter((one) => plan.names.includes(one))) {
      for (const dedup of DEDUPS.filter((one) => plan.dedups.includes(one))) {
        const rows = plan.rows.filter((row) => isAsked(row, names))
        if (rows.length === 0) continue
        const title = `De-duplication by name ${DEDUP_TITLES[dedup]}, an ended task's name ${reuse === 'free' ? 'free' : 'never free'} again, names ${names} in queries`
        const head = ['', ...plan.faults.map((fault) => FAULT_TITLES[fault])]
        const body = rows.map((row) => [
          strategies[row]?.title ?? row,
          ...plan.faults.map((fault) =>
            toField(figures.get(toCellKey({ row, fault, dedup, reuse, names })) ?? []),
          ),
        ])
        blocks.push(`${title}\n${toTable([head, ...body])}`)
      }
    }
  }
  return blocks.join('\n\n')
}

function toField(runs: readonly RunFigures[]): string {
  const count = runs.length
  const sum = (name: keyof RunFigures) => runs.reduce((total, run) => total + run[name], 0)
  const share = (name: keyof RunFigures) => toPercent(sum(name), count)
  const worstMs = runs.reduce((worst, { duplicateMs }) => Math.max(worst, duplicateMs), 0)
  const perDevice = (name: keyof RunFigures) => (sum(name) / count / DEVICES).toFixed(1)
  return [
    `${share('hadTwo')}/${share('endedWithTwo')}`,
    `${toSeconds(sum('duplicateMs') / count)}/${toSeconds(worstMs)} s`,
    share('neverStarted'),
    `${perDevice('restCalls')}+${perDevice('storeOperations')}`,
  ].join('  ')
}

function toPercent(part: number, of: number): string {
  return part === 0 ? '0 %' : `${((part / of) * 100).toFixed(of > 1_000 ? 2 : 1)} %`
}

function toSeconds(ms: number): string {
  if (ms === 0) return '0'
  return (ms / 1_000).toFixed(ms < 10_000 ? 1 : 0)
}
