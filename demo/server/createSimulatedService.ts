import { getResponse } from 'msw'
import type { FakeAgora } from 'react-realtime-stt/testing'
import type { Bill, ServiceState, ServiceSwitches } from '../protocol.ts'

const SLOW_MS = 2_000
const MAX_SHOWN_REQUESTS = 100

/** The simulated Agora and what the demo's switches do to it. */
export interface SimulatedService {
  /** Another one after each reset. */
  readonly agora: FakeAgora
  readonly switches: ServiceSwitches
  answer(request: Request): Promise<Response>
  getState(): Omit<ServiceState, 'story'>
  setSwitches(change: Partial<ServiceSwitches>): void
  /**
   * Begins anew with another app, and sets every switch back: whatever a page or a claim remembers is of an app that
   * is there no more.
   */
  reset(): void
}

const SWITCHES_AT_START: ServiceSwitches = {
  isServiceEnabled: true,
  isSlow: false,
  isAnswerLost: false,
  secondStart: 'refused',
  isCrowded: false,
}

const UNSEEN_MS = 2_000

const NAME_DEDUP = {
  refused: 'atomic',
  unseen: { blindForMs: UNSEEN_MS },
  accepted: 'off',
} as const

export function createSimulatedService(createAgora: () => FakeAgora): SimulatedService {
  let agora = createAgora()
  let switches = SWITCHES_AT_START

  return {
    get agora() {
      return agora
    },
    get switches() {
      return switches
    },

    async answer(request) {
      const answer = await getResponse(agora.handlers, request)
      const isStart = /\/(tasks|join)$/.test(new URL(request.url).pathname)
      if (isStart && answer?.type === 'error') switches = { ...switches, isAnswerLost: false }
      return (
        answer ?? Response.json({ message: 'no Route matched with those values' }, { status: 404 })
      )
    },

    getState: () => ({
      bills: billsOf(agora),
      requests: agora.requests.slice(-MAX_SHOWN_REQUESTS),
      requestCount: agora.requests.length,
      switches,
    }),

    setSwitches(change) {
      if (change.isAnswerLost && !switches.isAnswerLost) {
        agora.failNext({ dropResponse: true, operation: 'start' })
      }
      // A fault that waits for its request cannot be taken back.
      const isAnswerLost = switches.isAnswerLost || change.isAnswerLost === true
      switches = { ...switches, ...change, isAnswerLost }
      agora.configure({
        serviceEnabled: switches.isServiceEnabled,
        latencyMs: switches.isSlow ? SLOW_MS : 0,
        nameDedup: NAME_DEDUP[switches.secondStart],
      })
    },

    reset() {
      agora = createAgora()
      switches = SWITCHES_AT_START
    },
  }
}

function billsOf(agora: FakeAgora): Bill[] {
  const channels = new Set(agora.tasks().map(({ channel }) => channel))
  return [...channels].map((channel) => ({
    channel,
    startedTasks: agora.startedTasks(channel),
    liveTasks: agora.liveTasks(channel).length,
    billedSeconds: Math.floor(agora.billedMs(channel) / 1000),
  }))
}
