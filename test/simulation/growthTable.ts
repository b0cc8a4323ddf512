import type { Fault, RowName } from './cell.js'
import type { GrowthFigures, GrowthPlan } from './playGrowth.js'
import { strategies } from './strategies.js'
import { toTable } from './toTable.js'

/** How many devices in one channel, and how often that is played. */
const SIZES = [
  { devices: 2, runs: 40, title: '2 devices' },
  { devices: 10, runs: 40, title: '10 devices' },
  { devices: 100, runs: 4, title: '100 devices' },
  { devices: 1_000, runs: 1, title: '1,000 devices' },
  { devices: 8, runs: 1_000, title: '1,000 channels of 8' },
] as const
const FAULTS: readonly Fault[] = ['none', 'all']
const SMALL = 10
const LARGE = 1_000
const MAX_GROWTH = 1.2

export interface GrowthPart {
  key: string
  plan: GrowthPlan
  runs: number
}

const toKey = (row: RowName, fault: Fault, devices: number) => `${row}/${fault}/${devices}`

export function toGrowthParts(rows: readonly RowName[]): GrowthPart[] {
  return rows
    .filter((row) => strategies[row]?.isOurs)
    .flatMap((row) =>
      FAULTS.flatMap((fault) =>
        SIZES.map(({ devices, runs }) => ({
          key: toKey(row, fault, devices),
          plan: { row, fault, devices },
          runs,
        })),
      ),
    )
}

/** The second table. */
export function toGrowthTable(
  rows: readonly RowName[],
  figures: ReadonlyMap<string, readonly GrowthFigures[]>,
): string {
  const head = ['', 'faults', ...SIZES.map(({ title }) => title)]
  const body = rows
    .filter((row) => strategies[row]?.isOurs)
    .flatMap((row) =>
      FAULTS.map((fault) => [
        strategies[row]?.title ?? row,
        fault,
        ...SIZES.map(({ devices }) => toField(figures.get(toKey(row, fault, devices)) ?? [])),
      ]),
    )
  return toTable([head, ...body])
}

/** Where a store reaches all devices, more of them ask the service no more often, and each asks the store no more. */
export function checkGrowth(
  rows: readonly RowName[],
  figures: ReadonlyMap<string, readonly GrowthFigures[]>,
): string[] {
  const measures = {
    'REST calls per channel': ({ restCalls }: GrowthFigures) => restCalls,
    'store operations per device': ({ storeOperations, devices }: GrowthFigures) =>
      storeOperations / devices,
  }
  return rows
    .filter((row) => strategies[row]?.isOurs && strategies[row]?.reach !== 'page')
    .flatMap((row) =>
      Object.entries(measures).flatMap(([name, measure]) => {
        const at = (devices: number) =>
          mean(figures.get(toKey(row, 'none', devices)) ?? [], measure)
        const [small, large] = [at(SMALL), at(LARGE)]
        return large <= small * MAX_GROWTH
          ? []
          : [`growth: ${row}, ${name}: ${large} for ${LARGE} devices, ${small} for ${SMALL}`]
      }),
    )
}

function toField(runs: readonly GrowthFigures[]): string {
  const times = runs
    .map(({ enabledMs }) => enabledMs)
    .sort((a, b) => (a ?? Infinity) - (b ?? Infinity))
  const toText = (ms: number | null | undefined) =>
    typeof ms === 'number' ? (ms / 1_000).toFixed(1) : 'never'
  return [
    mean(runs, ({ restCalls }) => restCalls).toFixed(1),
    mean(runs, ({ storeOperations, devices }) => storeOperations / devices).toFixed(1),
    `${toText(times[Math.floor(times.length / 2)])}/${toText(times.at(-1))} s`,
  ].join('  ')
}

function mean<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0) / items.length
}
