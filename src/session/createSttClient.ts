import type { SttApiVersion } from '../agora/task.js'
import { ConfigError, type SttError } from '../errors.js'
import { ChannelState, DISABLED } from './channelState.js'
import { disableChannel } from './disableChannel.js'
import { enableChannel } from './enableChannel.js'
import { platform, type SttEnvironment } from './environment.js'
import { createGate } from './gate.js'
import { type ClientContext, Operation, type OperationKind } from './operation.js'
import {
  type ChannelRequest,
  checkClientConfig,
  checkRequest,
  type EnableRequest,
  isChannel,
  type SttClientConfig,
} from './options.js'
import { refreshChannel } from './refreshChannel.js'
import {
  type ChannelSlot,
  createSlot,
  getOrCreate,
  getRegistry,
  isForgettable,
} from './registry.js'
import { reporting } from './reporting.js'
import type { SttSession, SttSnapshot } from './session.js'
import { Tokens } from './tokens.js'
import { type TranscriptionOptions, toSettings } from './transcription.js'

/** One app's Real-Time STT: state and operations by channel, outside React. */
export interface SttClient {
  readonly appId: string
  readonly api: SttApiVersion
  /**
   * Starts the channel's STT, or joins what runs. Any number of simultaneous calls are one.
   * Rejects with an {@link SttError}; `SupersededError` where a later `disable()` won.
   */
  enable(request: EnableRequest): Promise<SttSession>
  /** Stops the channel's STT for everybody. Does nothing where nothing is known to run. */
  disable(request: ChannelRequest): Promise<void>
  /** Asks the service what is true, and shows it. v6: only of a task that this page started. */
  refresh(request: ChannelRequest): Promise<SttSession | null>
  /** The same object until something in it changes. */
  getSnapshot(channel: string): SttSnapshot
  /** Returns the function that ends the subscription. */
  subscribe(channel: string, listener: () => void): () => void
  /** Clears the snapshot's `error`. */
  resetError(channel: string): void
  /** Idempotent. Operations under way settle, new ones reject with `ConfigError`; no timer is left. */
  dispose(): void
}

const DEFAULT_BASE_URL = 'https://api.agora.io'
const DEFAULT_MIN_INTERVAL_MS = 1_000
const DEFAULT_REQUEST_TIMEOUT_MS = 10_000

/**
 * Makes a client. One per app, at module scope; nothing is sent before the first call.
 *
 * @example
 * ```ts
 * export const sttClient = createSttClient({
 *   appId: '0123456789abcdef0123456789abcdef',
 *   api: 'v7',
 *   tokenProvider: ({ channel, uid, purpose }) => fetchToken(channel, uid, purpose),
 * })
 * ```
 *
 * @throws `ConfigError` for a bad option, at once
 * @see https://docs.agora.io/en/realtime-media/speech-to-text/build/start-transcribing-and-translating/enable-service
 */
export function createSttClient(config: SttClientConfig): SttClient {
  const { appId, api, tokenProvider, onEvent } = checkClientConfig(config)
  const transcription = copyOf(config.transcription)
  const environment: SttEnvironment = { ...platform, ...config.environment }
  const registry = getRegistry(environment.registry)
  const baseUrl = (config.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, '')
  const requestTimeoutMs = config.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS
  const profile = `api ${api} at ${baseUrl}`
  const profiles = getOrCreate(registry.profiles, appId, () => [] as string[])
  const states = new Map<string, ChannelState>()
  const timers = new Set<unknown>()
  let isDisposed = false
  profiles.push(profile)

  const context: ClientContext = {
    appId,
    api,
    baseUrl,
    environment,
    requestTimeoutMs,
    fetch: config.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    minIntervalMs: config.minIntervalMs ?? DEFAULT_MIN_INTERVAL_MS,
    gate: getOrCreate(registry.gates, appId, createGate),
    tokens: new Tokens(appId, environment, requestTimeoutMs),
    emit(details) {
      reporting(() => onEvent?.({ ...details, at: environment.now(), appId }))
    },
    after(delayMs, callback) {
      if (isDisposed) return () => {}
      const timer = environment.setTimeout(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      timers.add(timer)
      return () => environment.clearTimeout(timer)
    },
  }

  const toSlotKey = (channel: string) => `${appId}\n${channel}`
  const getState = (channel: string) =>
    getOrCreate(states, channel, () => {
      const slot = getOrCreate(registry.slots, toSlotKey(channel), createSlot)
      return new ChannelState(slot, context)
    })

  /** Works on a request that is in order; what is wrong with it shows in its channel, where it names one. */
  function perform<Result>(
    kind: OperationKind,
    request: EnableRequest,
    work: (operation: Operation) => Promise<Result>,
  ): Promise<Result> {
    let promise: Promise<Result>
    try {
      if (isDisposed) throw new ConfigError('This client is disposed. Create another one.')
      checkRequest(api, request, kind === 'enable')
      const { channel, uid = '0', tokenProvider: provider = tokenProvider } = request
      const options = copyOf(request.transcription) ?? transcription ?? (api === 'v7' ? {} : null)
      if (!provider) {
        throw new ConfigError('tokenProvider: is missing. Give one to the hook or to the client.')
      }
      const other = profiles.find((one) => one !== profile)
      if (kind === 'enable' && other) {
        throw new ConfigError(
          `Another client of this page has the same app id with ${other}, this one ${profile}: both would start tasks. Dispose one.`,
        )
      }
      const need = { channel, uid: String(uid), provider }
      const settings = options && toSettings(api, options)
      promise = work(new Operation(kind, context, getState(channel), need, settings))
    } catch (cause) {
      const error = cause as SttError
      if (!isDisposed && isChannel(request?.channel)) getState(request.channel).apply({ error })
      promise = Promise.reject(error)
    }
    // A failure that nobody listens to is no unhandled rejection.
    promise.catch(() => {})
    return promise
  }

  return {
    appId,
    api,
    enable: (request) => perform('enable', request, enableChannel),
    disable: (request) => perform('disable', request, disableChannel),
    refresh: (request) => perform('refresh', request, refreshChannel),
    getSnapshot: (channel) => states.get(channel)?.snapshot ?? DISABLED,
    subscribe(channel, listener) {
      if (!isChannel(channel)) return () => {}
      const state = getState(channel)
      const unsubscribe = state.subscribe(listener)
      return () => {
        unsubscribe()
        if (!state.isIdle) return
        const { slot } = state
        states.delete(channel)
        slot.members.delete(state)
        if (isForgettable(slot)) registry.slots.delete(toSlotKey(channel))
      }
    },
    resetError: (channel) => states.get(channel)?.apply({ error: null }),
    dispose() {
      if (isDisposed) return
      isDisposed = true
      profiles.splice(profiles.indexOf(profile), 1)
      for (const timer of timers) environment.clearTimeout(timer)
      for (const { slot } of states.values()) leave(slot)
    },
  }

  /** Follows the operations under way to their end. */
  function leave(slot: ChannelSlot): void {
    const last = slot.next?.operation ?? slot.current
    if (last) last.promise.catch(() => {}).then(() => leave(slot))
    else for (const state of states.values()) slot.members.delete(state)
  }
}

/** What the app changes in its own objects later changes nothing here; an option given as undefined is none. */
function copyOf(options: TranscriptionOptions | undefined): TranscriptionOptions | undefined {
  return options && JSON.parse(JSON.stringify(options))
}
