import type { Fault, RowName } from './cell.js'
import { Run } from './playRun.js'
import { toScenario } from './scenario.js'

const HORIZON_MS = 300_000
const STEP_MS = 250

/** So many devices that enable in one channel within one second. */
export interface GrowthPlan {
  row: RowName
  fault: Fault
  devices: number
}

export interface GrowthFigures {
  restCalls: number
  storeOperations: number
  devices: number
  /** From the first click until everyone who lives shows `enabled`; null: never. */
  enabledMs: number | null
}

export async function playGrowth(plan: GrowthPlan, seed: number): Promise<GrowthFigures> {
  const { row, fault, devices } = plan
  const cell = { row, fault, dedup: 'atomic', reuse: 'free', names: 'shown' } as const
  const { intents, ...scenario } = toScenario(seed, cell, devices)
  const clicks = intents.filter(({ atMs, kind }) => kind === 'enable' && atMs <= 1_000)
  const run = new Run(cell, seed, { ...scenario, intents: clicks, hasStranger: false })
  let enabledMs: number | null = null
  await run.play(clicks.at(-1)?.atMs)
  while (run.world.time.elapsed() < HORIZON_MS) {
    const isEverywhere = run.living.every(({ device }) => device.shown().status === 'enabled')
    if (isEverywhere) enabledMs ??= run.world.time.elapsed() - (clicks[0]?.atMs ?? 0)
    await run.world.time.advance(STEP_MS)
  }
  const sum = (of: (page: (typeof run.pages)[number]) => number) =>
    run.pages.reduce((total, page) => total + of(page), 0)
  return {
    restCalls: sum(({ restCalls }) => restCalls),
    storeOperations: sum(({ storeOperations }) => storeOperations),
    devices,
    enabledMs,
  }
}
