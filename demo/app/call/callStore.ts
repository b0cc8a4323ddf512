import { createSttClient, type SttClient, signalingClaimStore } from 'react-realtime-stt'
import type { Person } from '../../people.ts'
import type { CallSwitches, DemoConfig } from '../../protocol.ts'
import { createSignalingClient } from '../connection/createSignalingClient.ts'
import { demoApi, fetchToken } from '../connection/demoApi.ts'
import { createDecisionReport } from '../connection/reportDecision.ts'
import { createStore, type Store } from '../createStore.ts'
import { logEvent } from '../panel/eventLog.ts'
import { until } from '../until.ts'
import type { ChannelCall, OpenChannel } from './channelCall.ts'
import { transcription } from './transcription.ts'

/** A person in a call, on the device that this page is. */
export interface Call {
  config: DemoConfig
  person: Person
  /** One for the app id; replaced where a switch asks for another. */
  stt: Stt
  /** Replaced with the app and the channel. */
  channelCall: ChannelCall
  openChannel: OpenChannel
  isSwitching: boolean
}

interface Stt {
  client: SttClient
  dispose(): void
}

export function createCallStore(
  config: DemoConfig,
  person: Person,
  openChannel: OpenChannel,
): Store<Call> {
  return createStore({
    config,
    person,
    stt: createStt(config, person),
    channelCall: openChannel(config, person),
    openChannel,
    isSwitching: false,
  })
}

/** Whoever has changed the switches, or started the service over. */
export async function followConfig(store: Store<Call>, config: DemoConfig): Promise<void> {
  const before = store.get()
  if (JSON.stringify(config) === JSON.stringify(before.config)) return
  const { appId, channel } = before.config
  const hasMoved = config.appId !== appId || config.channel !== channel
  if (hasMoved) before.channelCall.leave()
  const channelCall = hasMoved ? before.openChannel(config, before.person) : before.channelCall
  store.set({ ...before, config, channelCall, isSwitching: true })
  if (config.appId === appId) await untilForgotten(before)
  const now = store.get()
  // Something else has replaced it meanwhile.
  if (now.stt !== before.stt) return
  // Two clients of one app with another `api` must not live side by side.
  before.stt.dispose()
  store.set({ ...now, stt: createStt(now.config, now.person), isSwitching: false })
}

/** The package's default: so long an outcome is remembered. */
const MIN_INTERVAL_MS = 1_000

/** Until nothing is under way, which a disposed client would leave to others, and no outcome is remembered. */
async function untilForgotten({ stt: { client }, config: { channel } }: Call): Promise<void> {
  await until(
    (listener) => client.subscribe(channel, listener),
    () => !/^(enabl|disabl)ing$/.test(client.getSnapshot(channel).status),
  )
  await new Promise((resolve) => setTimeout(resolve, MIN_INTERVAL_MS))
}

/** The switch moves under the finger; the server's word follows. */
export async function changeCall(store: Store<Call>, change: Partial<CallSwitches>): Promise<void> {
  void followConfig(store, { ...store.get().config, ...change })
  const answer = await demoApi.setCallSwitches(change).catch(demoApi.getConfig)
  await followConfig(store, answer)
}

function createStt(config: DemoConfig, { id, uid }: Person): Stt {
  const { hasSignaling, isAcquireOnly, appId, baseUrl, api } = config
  // A user id can be logged in once, and the same person may be open in two tabs.
  const rtm = hasSignaling ? createSignalingClient(`${id}-${crypto.randomUUID()}`) : null
  const claims = rtm && signalingClaimStore(rtm)
  const report = createDecisionReport(rtm ? 'devices' : 'tabs')
  const shared = {
    appId,
    baseUrl,
    tokenProvider(request: Parameters<typeof fetchToken>[0]) {
      if (request.reason === 'expired' && request.uid === uid) report.onRenewed()
      return fetchToken(request)
    },
    onEvent(event: Parameters<typeof logEvent>[0]) {
      logEvent(event)
      report.onEvent(event)
    },
    // Without: where the package keeps them by default, for all tabs of this browser.
    ...(claims && { claims }),
  }
  const client =
    api === 'v7'
      ? createSttClient({ ...shared, api, transcription })
      : createSttClient({ ...shared, api, ...(!isAcquireOnly && { transcription }) })
  return {
    client,
    dispose() {
      client.dispose()
      claims?.dispose?.()
      rtm?.dispose()
    },
  }
}
