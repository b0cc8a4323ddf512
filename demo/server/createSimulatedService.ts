import { getResponse } from 'msw'
import type { FakeAgora } from 'react-realtime-stt/testing'
import type { ServiceState, ServiceSwitches } from '../protocol.ts'

const SLOW_MS = 2_000
const MAX_SHOWN_REQUESTS = 200

/** The simulated Agora and what the demo's switches do to it. */
export interface SimulatedService {
  answer(request: Request): Promise<Response>
  getState(): ServiceState
  setSwitches(change: Partial<ServiceSwitches>): void
  /** Ends and forgets every task, and sets every switch back. */
  reset(): void
}

const SWITCHES_AT_START: ServiceSwitches = {
  isServiceEnabled: true,
  isSlow: false,
  isAnswerLost: false,
}

export function createSimulatedService(agora: FakeAgora): SimulatedService {
  let switches = SWITCHES_AT_START
  let era = Date.now()

  function setSwitches(change: Partial<ServiceSwitches>): void {
    if (change.isAnswerLost && !switches.isAnswerLost) {
      agora.failNext({ dropResponse: true, operation: 'start' })
    }
    // A fault that waits for its request cannot be taken back.
    const isAnswerLost = switches.isAnswerLost || change.isAnswerLost === true
    switches = { ...switches, ...change, isAnswerLost }
    agora.configure({
      serviceEnabled: switches.isServiceEnabled,
      latencyMs: switches.isSlow ? SLOW_MS : 0,
    })
  }

  return {
    async answer(request) {
      const answer = await getResponse(agora.handlers, request)
      const isStart = /\/(tasks|join)$/.test(new URL(request.url).pathname)
      if (isStart && answer?.type === 'error') switches = { ...switches, isAnswerLost: false }
      return (
        answer ?? Response.json({ message: 'no Route matched with those values' }, { status: 404 })
      )
    },

    getState: () => ({
      era,
      startedTasks: agora.startedTasks(),
      liveTasks: agora.liveTasks().map(({ taskId, api, channel }) => ({ taskId, api, channel })),
      billedMs: agora.billedMs(),
      requests: agora.requests.slice(-MAX_SHOWN_REQUESTS),
      requestCount: agora.requests.length,
      switches,
    }),

    setSwitches,

    reset() {
      agora.reset()
      switches = SWITCHES_AT_START
      setSwitches({})
      era += 1
    },
  }
}
