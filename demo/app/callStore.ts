import {
  createSttClient,
  memoryClaimStore,
  type SttApiVersion,
  type SttClient,
} from 'react-realtime-stt'
import type { DemoConfig, TokenKind } from '../protocol.ts'
import { createStore, type Store } from './createStore.ts'
import { fetchToken } from './demoApi.ts'
import { logEvent } from './eventLog.ts'
import { forgetPlainTasks } from './plainCaptions.ts'

/** What the switches of this page say. */
export interface CallSettings {
  api: SttApiVersion
  tokenKind: TokenKind
  /** Captions are enabled without the package. */
  isPlain: boolean
  /** v6: stop after the instance token. */
  isAcquireOnly: boolean
  channel: string
}

export interface Call {
  config: DemoConfig
  settings: CallSettings
  /** One for the app id; replaced where a setting asks for another. */
  client: SttClient
  isSwitching: boolean
}

const SETTINGS_AT_START: CallSettings = {
  api: 'v6',
  tokenKind: 'good',
  isPlain: false,
  isAcquireOnly: false,
  channel: 'standup',
}

/** The package answers a click from what it has just learnt for this long. */
const MEMORY_MS = 1_000

export function createCallStore(config: DemoConfig): Store<Call> {
  return createStore({
    config,
    settings: SETTINGS_AT_START,
    client: createClient(config, SETTINGS_AT_START),
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
  store.set({ ...before, isSwitching: true })
  // Two clients of one app with another `api` must not live side by side. Nothing runs, so this sends nothing; it
  // voids what the old client remembers.
  await before.client.disable({ channel: before.settings.channel }).catch(() => {})
  replaceClient(store, settings)
}

/** The service has forgotten everything, and so does the page. */
export async function startOver(store: Store<Call>): Promise<void> {
  store.set({ ...store.get(), isSwitching: true })
  await new Promise((resolve) => setTimeout(resolve, MEMORY_MS + 100))
  forgetPlainTasks()
  replaceClient(store, store.get().settings)
}

function replaceClient(store: Store<Call>, settings: CallSettings): void {
  const { config, client } = store.get()
  client.dispose()
  store.set({ config, settings, client: createClient(config, settings), isSwitching: false })
}

function createClient(config: DemoConfig, settings: CallSettings): SttClient {
  const shared = {
    appId: config.appId,
    baseUrl: config.baseUrl,
    tokenProvider: (request: Parameters<typeof fetchToken>[0]) =>
      fetchToken(request, settings.tokenKind),
    onEvent: logEvent,
    // Each tab has switches of its own, and the simulated service forgets: a claim shared by tabs would outlive both.
    claims: memoryClaimStore(),
  }
  if (settings.api === 'v7') return createSttClient({ ...shared, api: 'v7' })
  return createSttClient({
    ...shared,
    api: 'v6',
    ...(!settings.isAcquireOnly && { transcription: { languages: ['en-US'] } }),
  })
}
