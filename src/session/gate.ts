import type { SttEnvironment } from './environment.js'

/** What users asked for goes before look-ups. */
export type GateRank = 'operation' | 'look'

/** The state of one app id's gate, shared by every client of the page. */
export interface Gate {
  /** Epoch ms and monotonic ms of the last hand-over to fetch. */
  last: { at: number; monotonicAt: number } | null
  queue: GateTurn[]
  isTimed: boolean
}

interface GateTurn {
  rank: GateRank
  queuedAt: number
  minIntervalMs: number
  take: () => boolean
}

const MAX_LOOK_WAIT_MS = 3_000
/** Two clocks read side by side differ by no more, unless one of them was set. */
const CLOCK_JITTER_MS = 5

export function createGate(): Gate {
  return { last: null, queue: [], isTimed: false }
}

/**
 * Waits for this call's turn and sends it in the same tick. A `send` that throws takes no turn.
 *
 * @see https://docs.agora.io/en/realtime-media/speech-to-text/build/start-transcribing-and-translating/enable-service
 */
export function passGate<Answer>(
  gate: Gate,
  environment: SttEnvironment,
  rank: GateRank,
  minIntervalMs: number,
  send: () => Promise<Answer>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const take = () => {
      try {
        resolve(send())
        return true
      } catch (error) {
        reject(error)
        return false
      }
    }
    gate.queue.push({ rank, queuedAt: environment.monotonicNow(), minIntervalMs, take })
    admit(gate, environment)
  })
}

function admit(gate: Gate, environment: SttEnvironment): void {
  while (!gate.isTimed) {
    const turn = nextTurn(gate, environment)
    if (!turn) return
    const waitMs = msUntilFree(gate, environment, turn.minIntervalMs)
    if (waitMs > 0) {
      gate.isTimed = true
      environment.setTimeout(() => {
        gate.isTimed = false
        admit(gate, environment)
      }, waitMs)
      return
    }
    gate.queue.splice(gate.queue.indexOf(turn), 1)
    if (turn.take()) {
      gate.last = { at: environment.now(), monotonicAt: environment.monotonicNow() }
    }
  }
}

function nextTurn({ queue }: Gate, environment: SttEnvironment): GateTurn | undefined {
  const look = queue.find((turn) => turn.rank === 'look')
  const hasWaited = look && environment.monotonicNow() - look.queuedAt >= MAX_LOOK_WAIT_MS
  return hasWaited ? look : (queue.find((turn) => turn.rank === 'operation') ?? look)
}

function msUntilFree(gate: Gate, environment: SttEnvironment, minIntervalMs: number): number {
  if (!gate.last) return 0
  const waitMs = gate.last.monotonicAt + minIntervalMs - environment.monotonicNow()
  const wallWaitMs = gate.last.at + minIntervalMs - environment.now()
  return wallWaitMs <= CLOCK_JITTER_MS ? Math.max(waitMs, wallWaitMs) : waitMs
}
