import type { FakeAgoraBehaviour } from 'react-realtime-stt/testing'
import type { Cell } from './cell.js'
import { SeededRandom } from './seededRandom.js'

/** Everything goes wrong before this moment, though a late request may arrive after it. */
export const FAULTS_END_MS = 100_000
const CLICKS_END_MS = 90_000

/** One user's click; users press what the button says, thus `enable` where nothing runs for them. */
interface Intent {
  atMs: number
  device: number
  kind: 'enable' | 'disable'
}

/** What happens in a run whatever the strategy and the faults: runs of one seed can be compared across the table. */
export interface Scenario {
  /** By time. */
  intents: readonly Intent[]
  outage: { fromMs: number; toMs: number }
  service: FakeAgoraBehaviour
  /** A task of somebody else's naming runs in the channel. */
  hasStranger: boolean
}

const DEDUP = {
  atomic: { nameDedup: 'atomic', listLagMs: 0 },
  blind1: { nameDedup: { blindForMs: 1_000 }, listLagMs: 1_000 },
  blind5: { nameDedup: { blindForMs: 5_000 }, listLagMs: 5_000 },
  off: { nameDedup: 'off', listLagMs: 1_000 },
} as const

/** Devices click within one second and again later; some disable in between. */
export function toScenario(seed: number, { dedup, reuse, names }: Cell, devices = 5): Scenario {
  const random = new SeededRandom(`scenario ${seed}`)
  const intents: Intent[] = []
  for (let device = 0; device < devices; device++) {
    intents.push({ atMs: random.between(0, 1_000), device, kind: 'enable' })
    for (let again = random.between(1, 2); again > 0; again--) {
      intents.push({ atMs: random.between(1_500, CLICKS_END_MS), device, kind: 'enable' })
    }
    if (random.chance(0.3)) {
      intents.push({ atMs: random.between(2_000, CLICKS_END_MS), device, kind: 'disable' })
    }
  }
  const fromMs = random.between(0, 30_000)
  return {
    intents: intents.sort((a, b) => a.atMs - b.atMs || a.device - b.device),
    outage: { fromMs, toMs: fromMs + random.between(10_000, 60_000) },
    service: {
      ...DEDUP[dedup],
      nameReuse: reuse,
      queryName: names === 'shown',
      conflictBody: random.pick(['agent_id', 'taskId', 'sentence', 'none']),
      joinStatus: random.pick(['RUNNING', 'STARTING']),
      startingMs: random.pick([0, 800, 3_000]),
      stoppingMs: random.pick([0, 800, 3_000]),
    },
    hasStranger: random.chance(0.25),
  }
}
