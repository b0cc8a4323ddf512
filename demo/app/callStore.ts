import { createSttClient, type SttClient } from 'react-realtime-stt'
import type { AppSwitches, DemoConfig } from '../protocol.ts'
import { type CallSettings, readSettings, toAddress } from './callSettings.ts'
import type { ChannelCall, OpenChannel } from './channelCall.ts'
import { createStore, type Store } from './createStore.ts'
import { demoApi, fetchToken } from './demoApi.ts'
import { logEvent } from './eventLog.ts'
import { forgetPlainTasks } from './plainCaptions.ts'
import { reportDecision } from './reportDecision.ts'
import { transcription } from './transcription.ts'

export interface Call {
  config: DemoConfig
  settings: CallSettings
  /** One for the app id; replaced where a setting asks for another. */
  client: SttClient
  /** Replaced with the app and the channel. */
  channelCall: ChannelCall
  openChannel: OpenChannel
  isSwitching: boolean
}

export function createCallStore(config: DemoConfig, openChannel: OpenChannel): Store<Call> {
  const settings = readSettings(location, config.isReal)
  return createStore({
    config,
    settings,
    client: createClient(config, settings),
    channelCall: openChannel(config, settings.channel),
    openChannel,
    isSwitching: false,
  })
}

/** Takes new settings; captions must be off. */
export async function changeSettings(
  store: Store<Call>,
  change: Partial<CallSettings>,
): Promise<void> {
  const before = store.get()
  const settings = { ...before.settings, ...change }
  history.replaceState(null, '', toAddress(settings) + location.hash)
  const isMoving = settings.channel !== before.settings.channel
  await replaceClient(store, { settings, ...(isMoving && moveTo(before, settings.channel)) })
}

/** Whichever tab has changed the app's switches, or started the service over. */
export async function followConfig(store: Store<Call>, config: DemoConfig): Promise<void> {
  const before = store.get()
  if (JSON.stringify(config) === JSON.stringify(before.config)) return
  const { appId, api } = before.config
  if (config.appId === appId && config.api === api) {
    store.set({ ...before, config })
    return
  }
  if (config.appId !== appId) {
    forgetPlainTasks()
    before.client.dispose()
    const client = createClient(config, before.settings)
    const moved = moveTo({ ...before, config }, before.settings.channel)
    store.set({ ...before, ...moved, config, client, isSwitching: false })
    return
  }
  await replaceClient(store, { config })
}

/** The switch moves under the finger; the server's word follows. */
export async function changeApp(store: Store<Call>, change: Partial<AppSwitches>): Promise<void> {
  void followConfig(store, { ...store.get().config, ...change })
  const answer = await demoApi.setAppSwitches(change).catch(demoApi.getConfig)
  await followConfig(store, answer)
}

function moveTo({ channelCall, config, openChannel }: Call, channel: string) {
  channelCall.leave()
  return { channelCall: openChannel(config, channel) }
}

async function replaceClient(
  store: Store<Call>,
  change: Partial<Pick<Call, 'config' | 'settings' | 'channelCall'>>,
): Promise<void> {
  const { client, settings } = store.get()
  store.set({ ...store.get(), ...change, isSwitching: true })
  // Two clients of one app with another `api` must not live side by side. Nothing runs, so this sends nothing; it
  // voids what the old client remembers.
  await client.disable({ channel: settings.channel }).catch(() => {})
  const now = store.get()
  // Something else has replaced it meanwhile.
  if (now.client !== client) return
  client.dispose()
  store.set({ ...now, client: createClient(now.config, now.settings), isSwitching: false })
}

/** It keeps claims where the package keeps them by default: all tabs of this browser share them. */
function createClient(config: DemoConfig, settings: CallSettings): SttClient {
  const shared = {
    appId: config.appId,
    baseUrl: config.baseUrl,
    tokenProvider: (request: Parameters<typeof fetchToken>[0]) =>
      fetchToken(request, settings.tokenKind),
    onEvent: (event: Parameters<typeof logEvent>[0]) => {
      logEvent(event)
      reportDecision(event, 'tabs')
    },
  }
  if (config.api === 'v7') return createSttClient({ ...shared, api: 'v7', transcription })
  return createSttClient({
    ...shared,
    api: 'v6',
    ...(!settings.isAcquireOnly && { transcription }),
  })
}
