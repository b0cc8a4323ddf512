import {
  createSttClient,
  memoryClaimStore,
  type SttClient,
  signalingClaimStore,
} from 'react-realtime-stt'
import type { DemoConfig, DemoDevice } from '../protocol.ts'
import type { ChannelCall } from './channelCall.ts'
import { createSignalingClient } from './createSignalingClient.ts'
import { createStore, type Store } from './createStore.ts'
import { fetchToken } from './demoApi.ts'
import { logEvent } from './eventLog.ts'
import { openSimulatedChannel } from './openSimulatedChannel.ts'
import { reportDecision } from './reportDecision.ts'
import { transcription } from './transcription.ts'

/** Apart from that of the windows: those keep their claims in their browser. */
export const DEVICES_CHANNEL = 'devices'

/** What runs on a device. */
export interface DeviceCall {
  config: DemoConfig
  client: SttClient
  channelCall: ChannelCall
  dispose(): void
}

export function createDeviceStore(config: DemoConfig, device: DemoDevice): Store<DeviceCall> {
  return createStore(createDeviceCall(config, device))
}

/** Another app, version or kind of store asks for another client; the server sees to it that nothing runs then. */
export function followDeviceConfig(
  store: Store<DeviceCall>,
  config: DemoConfig,
  device: DemoDevice,
): void {
  const before = store.get()
  if (JSON.stringify(config) === JSON.stringify(before.config)) return
  before.dispose()
  store.set(createDeviceCall(config, device))
}

function createDeviceCall(config: DemoConfig, { id }: DemoDevice): DeviceCall {
  const { hasSignaling, api, appId, baseUrl } = config
  // A user id can be logged in once, and the same device may be open in two tabs.
  const rtm = hasSignaling ? createSignalingClient(`${id}-${crypto.randomUUID()}`) : null
  const claims = rtm ? signalingClaimStore(rtm) : memoryClaimStore()
  const shared = {
    appId,
    baseUrl,
    tokenProvider: (request: Parameters<typeof fetchToken>[0]) => fetchToken(request, 'good'),
    onEvent: (event: Parameters<typeof logEvent>[0]) => {
      logEvent(event)
      reportDecision(event, rtm ? 'devices' : 'alone')
    },
    claims,
    transcription,
  }
  const client =
    api === 'v7' ? createSttClient({ ...shared, api }) : createSttClient({ ...shared, api })
  const channelCall = openSimulatedChannel(config, DEVICES_CHANNEL)
  return {
    config,
    client,
    channelCall,
    dispose() {
      channelCall.leave()
      client.dispose()
      claims.dispose?.()
      rtm?.dispose()
    },
  }
}
