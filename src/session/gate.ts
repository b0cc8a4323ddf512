import { takeTabTurn } from '../claims/tabGate.js'
import type { SttEnvironment } from './environment.js'

/** The state of one app id's gate, shared by every client of the page. */
export interface Gate {
  /** Epoch ms and monotonic ms of the last hand-over to fetch. */
  lastAt: number
  lastMonotonicAt: number
  queue: GateTurn[]
  isTimed: boolean
}

interface GateTurn {
  /** What users asked for goes before look-ups. */
  isLook: boolean
  queuedAt: number
  take: () => boolean
}

interface GateTerms extends SttEnvironment {
  appId: string
  gate: Gate
  minIntervalMs: number
}

const MAX_LOOK_WAIT_MS = 3_000
/** Two clocks read side by side differ by no more, unless one of them was set. */
const CLOCK_JITTER_MS = 5

export function createGate(): Gate {
  const never = Number.NEGATIVE_INFINITY
  return { lastAt: never, lastMonotonicAt: never, queue: [], isTimed: false }
}

/**
 * Waits for this call's turn and sends it in the same tick. A `send` that throws takes no turn.
 *
 * @see https://docs.agora.io/en/realtime-media/speech-to-text/build/start-transcribing-and-translating/enable-service
 */
export function passGate<Answer>(
  terms: GateTerms,
  isLook: boolean,
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
    terms.gate.queue.push({ isLook, queuedAt: terms.monotonicNow(), take })
    admit(terms)
  })
}

function admit(terms: GateTerms): void {
  const { gate, minIntervalMs } = terms
  const { queue } = gate
  while (queue.length > 0 && !gate.isTimed) {
    const now = terms.monotonicNow()
    const wallWaitMs = gate.lastAt + minIntervalMs - terms.now()
    const waitMs = Math.max(
      gate.lastMonotonicAt + minIntervalMs - now,
      wallWaitMs <= CLOCK_JITTER_MS ? wallWaitMs : 0,
    )
    if (waitMs > 0) {
      gate.isTimed = true
      terms.setTimeout(() => {
        gate.isTimed = false
        admit(terms)
      }, waitMs)
      return
    }
    if (!terms.indexedDB && !terms.locks) {
      takeNext(terms)
      continue
    }
    gate.isTimed = true
    const isLook = queue.every((turn) => turn.isLook)
    takeTabTurn(terms, terms.appId, minIntervalMs, isLook).then((turn) => {
      gate.isTimed = false
      if (turn.isGood()) takeNext(terms)
      turn.end()
      admit(terms)
    })
    return
  }
}

/** Hands over the first call that still wants to be sent. */
function takeNext(terms: GateTerms): void {
  const { gate } = terms
  const { queue } = gate
  while (queue.length > 0) {
    const look = queue.findIndex((turn) => turn.isLook)
    const asked = queue.findIndex((turn) => !turn.isLook)
    const hasWaited =
      terms.monotonicNow() - (queue[look]?.queuedAt ?? Number.POSITIVE_INFINITY) >= MAX_LOOK_WAIT_MS
    const [turn] = queue.splice(hasWaited || asked < 0 ? look : asked, 1)
    if (turn?.take()) {
      gate.lastAt = terms.now()
      gate.lastMonotonicAt = terms.monotonicNow()
      return
    }
  }
}
