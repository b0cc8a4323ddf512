import type { SttApiVersion } from '../agora/task.js'
import { ConfigError, type SttError } from '../errors.js'
import { ChannelState, DISABLED } from './channelState.js'
import { disableChannel } from './disableChannel.js'
import { enableChannel } from './enableChannel.js'
import { platform, type SttEnvironment } from './environment.js'
import {
  type ChannelRequest,
  checkChannelRequest,
  checkClientConfig,
  checkEnableRequest,
  type EnableRequest,
  isChannel,
  type SttClientConfig,
} from './options.js'
import { refreshChannel } from './refreshChannel.js'
import { addClient, getGate, getProfiles, getRegistry, getSlot, releaseSlot } from './registry.js'
import { reporting } from './reporting.js'
import type { ClientContext } from './run.js'
import type { SttSession, SttSnapshot } from './session.js'
import { type TokenNeed, Tokens } from './tokens.js'
import { toSettings } from './transcription.js'

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
  const { appId, api, tokenProvider, transcription, onEvent } = checkClientConfig(config)
  const environment: SttEnvironment = { ...platform, ...config.environment }
  const registry = getRegistry(environment.registry)
  const baseUrl = (config.baseUrl ?? DEFAULT_BASE_URL).replace(/\/+$/, '')
  const requestTimeoutMs = config.requestTimeoutMs ?? DEFAULT_REQUEST_TIMEOUT_MS
  const profile = `api ${api} at ${baseUrl}`
  const removeClient = addClient(registry, appId, profile)
  const states = new Map<string, ChannelState>()
  const timers = new Set<unknown>()
  let isDisposed = false

  const context: ClientContext = {
    appId,
    api,
    baseUrl,
    environment,
    requestTimeoutMs,
    fetch: config.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    minIntervalMs: config.minIntervalMs ?? DEFAULT_MIN_INTERVAL_MS,
    gate: getGate(registry, appId),
    tokens: new Tokens(appId, environment, requestTimeoutMs),
    isDisposed: () => isDisposed,
    emit(details) {
      reporting(() => onEvent?.({ ...details, at: environment.now(), appId }))
    },
    after(delayMs, callback) {
      const timer = environment.setTimeout(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      timers.add(timer)
      return () => {
        timers.delete(timer)
        environment.clearTimeout(timer)
      }
    },
  }

  function getState(channel: string): ChannelState {
    const state =
      states.get(channel) ?? new ChannelState(getSlot(registry, appId, channel), context)
    states.set(channel, state)
    return state
  }

  /** Works on a request that is in order; what is wrong with it shows in its channel, where it names one. */
  function perform<Result>(
    request: ChannelRequest,
    check: () => void,
    work: (state: ChannelState, need: TokenNeed) => Promise<Result>,
  ): Promise<Result> {
    let promise: Promise<Result>
    try {
      if (isDisposed) throw new ConfigError('This client is disposed. Create another one.')
      check()
      const { channel, uid = '0', tokenProvider: provider = tokenProvider } = request
      if (!provider) {
        throw new ConfigError(
          'tokenProvider: is missing. Give one to the hook, to the call, or to createSttClient.',
        )
      }
      promise = work(getState(channel), { channel, uid: String(uid), provider })
    } catch (error) {
      const isShown = !isDisposed && isChannel(request?.channel)
      if (isShown) getState(request.channel).apply({ error: error as SttError })
      promise = Promise.reject(error)
    }
    // A failure that nobody listens to is no unhandled rejection.
    promise.catch(() => {})
    return promise
  }

  function assertSoleProfile(): void {
    const other = getProfiles(registry, appId).find((one) => one !== profile)
    if (other === undefined) return
    throw new ConfigError(
      `Another client of this page uses the same app id with ${other}, this one ${profile}: both would start tasks. Dispose the other one first.`,
    )
  }

  return {
    appId,
    api,
    enable(request) {
      const check = () => {
        checkEnableRequest(api, request)
        assertSoleProfile()
      }
      return perform(request, check, (state, need) => {
        const options = request.transcription ?? transcription ?? (api === 'v7' ? {} : null)
        return enableChannel(context, state, need, options && toSettings(api, options))
      })
    },
    disable(request) {
      const check = () => checkChannelRequest(request)
      return perform(request, check, (state, need) => disableChannel(context, state, need))
    },
    refresh(request) {
      const check = () => checkChannelRequest(request)
      const settings = transcription || api === 'v7' ? toSettings(api, transcription ?? {}) : null
      return perform(request, check, (state, need) =>
        refreshChannel(context, state, need, settings),
      )
    },
    getSnapshot: (channel) => states.get(channel)?.snapshot ?? DISABLED,
    subscribe(channel, listener) {
      if (!isChannel(channel)) return () => {}
      const state = getState(channel)
      const unsubscribe = state.subscribe(listener)
      return () => {
        unsubscribe()
        if (!state.isIdle) return
        states.delete(channel)
        state.dispose()
        releaseSlot(registry, appId, channel)
      }
    },
    resetError: (channel) => states.get(channel)?.apply({ error: null }),
    dispose() {
      if (isDisposed) return
      isDisposed = true
      removeClient()
      for (const timer of timers) environment.clearTimeout(timer)
      for (const state of states.values()) state.disposeWhenSettled()
    },
  }
}
