import type { SttApiVersion } from '../agora/task.js'
import { ConfigError, SttError } from '../errors.js'
import { ChannelState, DISABLED } from './channelState.js'
import { disableChannel } from './disableChannel.js'
import { enableChannel } from './enableChannel.js'
import { platform, type SttEnvironment } from './environment.js'
import type { SttEventDetails } from './events.js'
import {
  type ChannelRequest,
  checkChannelRequest,
  checkClientConfig,
  checkEnableRequest,
  checkUpdateRequest,
  type EnableRequest,
  isChannel,
  type SttClientConfig,
  type UpdateRequest,
} from './options.js'
import { refreshChannel } from './refreshChannel.js'
import { addClient, findOtherProfile, getRegistry, getSlot, releaseSlot } from './registry.js'
import type { ServiceLine } from './serviceCalls.js'
import type { SttSession, SttSnapshot } from './session.js'
import { Timers } from './timers.js'
import { Tokens } from './tokens.js'
import { toSettings } from './transcription.js'
import { updateChannel } from './updateChannel.js'

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
  /** Changes what the running task transcribes. Changes made within 5 s of each other are sent as one. */
  update(request: UpdateRequest): Promise<SttSession>
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

/** What the operations of a client work with. */
export interface ClientContext {
  api: SttApiVersion
  line: ServiceLine
  timers: Timers
  isDisposed: () => boolean
}

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
  const timers = new Timers(environment)
  const states = new Map<string, ChannelState>()
  let isDisposed = false

  const context: ClientContext = {
    api,
    timers,
    isDisposed: () => isDisposed,
    line: {
      appId,
      baseUrl,
      environment,
      requestTimeoutMs,
      fetch: config.fetch ?? ((input, init) => globalThis.fetch(input, init)),
      minIntervalMs: config.minIntervalMs ?? DEFAULT_MIN_INTERVAL_MS,
      tokens: new Tokens(appId, environment, requestTimeoutMs),
      emit,
    },
  }

  function emit(details: SttEventDetails): void {
    if (!onEvent) return
    try {
      onEvent({ ...details, at: environment.now(), appId })
    } catch (error) {
      globalThis.reportError?.(error)
    }
  }

  function getState(channel: string): ChannelState {
    let state = states.get(channel)
    if (!state) {
      state = new ChannelState(getSlot(registry, appId, channel), environment, timers)
      states.set(channel, state)
    }
    return state
  }

  function prune(channel: string): void {
    const state = states.get(channel)
    if (!state?.isIdle) return
    states.delete(channel)
    state.dispose()
    releaseSlot(registry, appId, channel)
  }

  /** Checks a request; what is wrong with it shows in the channel as well, where there is one. */
  function accept<Request extends ChannelRequest>(
    request: Request,
    check: (request: Request) => void,
  ) {
    try {
      if (isDisposed) throw new ConfigError('This client is disposed. Create another one.')
      check(request)
      const provider = request.tokenProvider ?? tokenProvider
      if (!provider) {
        throw new ConfigError(
          'tokenProvider: is missing. Give one to the hook, to the call, or to createSttClient.',
        )
      }
      const { channel, uid = '0' } = request
      return { state: getState(channel), need: { channel, uid: String(uid), provider } }
    } catch (error) {
      const channel: unknown = request?.channel
      if (!isDisposed && isChannel(channel) && SttError.is(error)) getState(channel).fail(error)
      throw error
    }
  }

  function assertSoleProfile(): void {
    const other = findOtherProfile(registry, appId, profile)
    if (other === undefined) return
    throw new ConfigError(
      `Another client of this page uses the same app id with ${other}, this one with ${profile}: both would start tasks of their own. Dispose the other one first.`,
    )
  }

  return {
    appId,
    api,
    enable: (request) =>
      settled(() => {
        const { state, need } = accept(request, (given) => {
          checkEnableRequest(api, given)
          assertSoleProfile()
        })
        const options = request.transcription ?? transcription ?? (api === 'v7' ? {} : null)
        return enableChannel(context, state, need, options && toSettings(api, options))
      }),
    disable: (request) =>
      settled(() => {
        const { state, need } = accept(request, checkChannelRequest)
        return disableChannel(context, state, need)
      }),
    update: (request) =>
      settled(() => {
        const { state, need } = accept(request, (given) => checkUpdateRequest(api, given))
        return updateChannel(context, state, need, request.change)
      }),
    refresh: (request) =>
      settled(() => {
        const { state, need } = accept(request, checkChannelRequest)
        const settings = api === 'v7' ? toSettings(api, transcription ?? {}) : null
        return refreshChannel(context, state, need, settings)
      }),
    getSnapshot: (channel) => states.get(channel)?.snapshot ?? DISABLED,
    subscribe(channel, listener) {
      if (!isChannel(channel)) return () => {}
      const unsubscribe = getState(channel).subscribe(listener)
      return () => {
        unsubscribe()
        prune(channel)
      }
    },
    resetError: (channel) => states.get(channel)?.resetError(),
    dispose() {
      if (isDisposed) return
      isDisposed = true
      removeClient()
      timers.clear()
      for (const state of states.values()) state.disposeWhenSettled()
    },
  }
}

/** A promise whose failure, where nobody listens, is no unhandled rejection. */
function settled<Result>(work: () => Promise<Result>): Promise<Result> {
  let promise: Promise<Result>
  try {
    promise = work()
  } catch (error) {
    promise = Promise.reject(error)
  }
  promise.catch(() => {})
  return promise
}
