import type { SttApiVersion } from '../agora/task.js'
import { tabClaimStore } from '../claims/tabClaimStore.js'
import { ConfigError, type SttError } from '../errors.js'
import { reporting } from '../reporting.js'
import { CHECKING, ChannelState, DISABLED } from './channelState.js'
import { disableChannel } from './disableChannel.js'
import { enableChannel } from './enableChannel.js'
import { platform } from './environment.js'
import { type Asker, type ClientContext, Operation, type OperationKind } from './operation.js'
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
  getAppShare,
  getOrCreate,
  isForgettable,
} from './registry.js'
import type { SttSession, SttSnapshot } from './session.js'
import { createTokens, type TokenProvider } from './tokens.js'
import { type TranscriptionOptions, toSettings } from './transcription.js'

/** One app's Real-Time STT: state and operations by channel, outside React. */
export interface SttClient {
  /** The project's app id. */
  readonly appId: string
  /** The generation of the REST API that is called. */
  readonly api: SttApiVersion
  /**
   * Starts the channel's STT, or joins what runs. Any number of simultaneous calls are one, whichever component, client or
   * copy of the package of this page they came from. Sends nothing where the session was confirmed within 60 s, and for
   * `minIntervalMs` after a success or a refusal: the outcome is the same then. A promise that nobody awaits causes no
   * unhandled rejection.
   *
   * @param request the channel, who asks, and what is transcribed
   * @returns the session, whoever started it
   * @throws {@link SttError}, as a rejection; {@link SupersededError} where a later `disable()` won
   */
  enable(request: EnableRequest): Promise<SttSession>
  /**
   * Stops the channel's STT for everybody. Sends nothing where neither the page nor the claim knows of a task, unless the
   * claims reach other devices: then the service is asked what runs. Resolves without stopping where a later `enable()`
   * won.
   *
   * @param request the channel, and who asks
   * @throws {@link SttError}, as a rejection
   */
  disable(request: ChannelRequest): Promise<void>
  /**
   * Asks the service what is true, and shows it. v6: only of a task that this page started; else the claim is shown.
   *
   * @param request the channel, and who asks
   * @returns the session; null where nothing runs
   * @throws {@link SttError}, as a rejection
   */
  refresh(request: ChannelRequest): Promise<SttSession | null>
  /**
   * What of a channel is known. Sends nothing.
   *
   * @param channel the RTC channel's name
   * @returns the same object until something in it changes
   */
  getSnapshot(channel: string): SttSnapshot
  /**
   * Calls a listener when the channel's snapshot has changed. What others have claimed shows without a REST call; with a
   * `request`, or a token provider of the client's own, an old claim is checked with one. Does nothing on a disposed
   * client, and for what is no channel.
   *
   * @param channel the RTC channel's name
   * @param listener called without anything
   * @param request who asks, and what would be transcribed
   * @returns ends the subscription
   */
  subscribe(
    channel: string,
    listener: () => void,
    request?: Omit<EnableRequest, 'channel'>,
  ): () => void
  /** What is shown before anything can be known: on a server, and until a page is hydrated. */
  getServerSnapshot(): SttSnapshot
  /**
   * Clears the snapshot's `error`. Does nothing where there is none.
   *
   * @param channel the RTC channel's name
   */
  resetError(channel: string): void
  /** Idempotent. Operations under way settle, new ones reject with `ConfigError`; no timer is left. */
  dispose(): void
}

/**
 * Makes a client. One per app, at module scope; nothing is sent before the first call. It keeps the vendor's two rules: a
 * lock around the start, and at most one REST call a second for the app.
 *
 * @param config the app, the API, and who gives tokens
 * @example
 * ```ts
 * import { createSttClient } from 'react-realtime-stt'
 *
 * export const sttClient = createSttClient({
 *   appId: '0123456789abcdef0123456789abcdef',
 *   api: 'v7',
 *   tokenProvider: async ({ channel, uid, purpose }) => {
 *     const body = new URLSearchParams({ channel, uid })
 *     const response = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body })
 *     return response.ok ? response.text() : Promise.reject(new Error(`HTTP ${response.status}`))
 *   },
 * })
 * ```
 *
 * @throws {@link ConfigError} for a bad option, at once
 * @see https://docs.agora.io/en/realtime-media/speech-to-text/build/start-transcribing-and-translating/enable-service
 */
export function createSttClient(config: SttClientConfig): SttClient {
  const {
    appId,
    api,
    tokenProvider,
    onEvent,
    environment,
    fetch = (input, init) => globalThis.fetch(input, init),
    baseUrl = 'https://api.agora.io',
    minIntervalMs = 1_000,
    requestTimeoutMs = 10_000,
    onClaimsUnavailable = 'start',
  } = checkClientConfig(config)
  const transcription = copyOf(config.transcription)
  const settings = {
    ...platform,
    ...environment,
    appId,
    api,
    fetch,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    minIntervalMs,
    requestTimeoutMs,
    onClaimsUnavailable,
  }
  const share = getAppShare(settings, appId)
  const { gate, profiles, slots } = share
  const profile = `api ${api} at ${settings.baseUrl}`
  const states = new Map<string, ChannelState>()
  const timers = new Set<unknown>()
  let isDisposed = false
  profiles.push(profile)

  const ownClaims = !config.claims && settings.indexedDB ? tabClaimStore(settings) : null
  const context: ClientContext = {
    ...settings,
    share,
    claims: config.claims ?? ownClaims ?? share.claims,
    gate,
    tokens: createTokens(settings),
    emit(details) {
      reporting(() => onEvent?.({ ...details, at: context.now(), appId }))
    },
    after(delayMs, callback) {
      if (isDisposed) return () => {}
      const timer = context.setTimeout(() => {
        timers.delete(timer)
        callback()
      }, delayMs)
      timers.add(timer)
      return () => {
        timers.delete(timer)
        context.clearTimeout(timer)
      }
    },
  }

  const initial = context.claims.reach === 'page' ? DISABLED : CHECKING

  const toAsker = (request: EnableRequest): Asker => {
    const { channel, uid = '0', tokenProvider: provider = tokenProvider } = request
    const options = copyOf(request.transcription) ?? transcription ?? (api === 'v7' ? {} : null)
    const need = { channel, uid: String(uid), provider: provider as TokenProvider }
    return { need, settings: options && toSettings(api, options) }
  }

  const getState = (request: EnableRequest) =>
    getOrCreate(states, request.channel, () => {
      const slot = getOrCreate(slots, request.channel, createSlot)
      return new ChannelState(slot, context, toAsker(request))
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
      const asker = toAsker(request)
      if (!asker.need.provider) {
        throw new ConfigError('tokenProvider: is missing. Give one to the hook or to the client.')
      }
      const other = profiles.find((one) => one !== profile)
      if (kind === 'enable' && other) {
        throw new ConfigError(
          `Another client has this app id with ${other}, this one ${profile}. Dispose one: both would start tasks.`,
        )
      }
      const state = getState(request)
      state.asker = asker
      promise = work(new Operation(kind, state))
    } catch (cause) {
      const error = cause as SttError
      if (!isDisposed && isChannel(request?.channel))
        getState({ channel: request.channel }).apply({ error })
      promise = Promise.reject(error)
    }
    // A failure that nobody listens to is no unhandled rejection.
    promise.catch(() => {})
    return promise
  }

  function isGood(channel: string, request: Omit<EnableRequest, 'channel'> = {}): boolean {
    try {
      checkRequest(api, { ...request, channel }, true)
      return true
    } catch {
      return false
    }
  }

  return {
    appId,
    api,
    enable: (request) => perform('enable', request, enableChannel),
    disable: (request) => perform('disable', request, disableChannel),
    refresh: (request) => perform('refresh', request, refreshChannel),
    getSnapshot: (channel) => states.get(channel)?.snapshot ?? initial,
    subscribe(channel, listener, request) {
      if (isDisposed || !isChannel(channel)) return () => {}
      const state = getState(isGood(channel, request) ? { ...request, channel } : { channel })
      const unsubscribe = state.subscribe(listener)
      return () => {
        unsubscribe()
        if (!state.isIdle) return
        const { slot } = state
        states.delete(channel)
        state.register.dispose()
        slot.members.delete(state)
        if (isForgettable(slot, context.monotonicNow())) slots.delete(channel)
      }
    },
    getServerSnapshot: () => (config.claims ? initial : DISABLED),
    resetError: (channel) => states.get(channel)?.apply({ error: null }),
    dispose() {
      if (isDisposed) return
      isDisposed = true
      profiles.splice(profiles.indexOf(profile), 1)
      for (const timer of timers) context.clearTimeout(timer)
      const leaving = [...states.values()].map(({ slot }) => leave(slot))
      Promise.all(leaving).then(() => ownClaims?.dispose?.())
    },
  }

  /** Follows the operations under way to their end. */
  async function leave(slot: ChannelSlot): Promise<void> {
    for (let last = slot.next ?? slot.current; last; last = slot.next ?? slot.current) {
      await last.settled
    }
    for (const state of states.values()) {
      if (slot.members.delete(state)) state.register.dispose()
      if (slot.members.size === 0) slot.settled = null
    }
  }
}

/** What the app changes in its own objects later changes nothing here; an option given as undefined is none. */
function copyOf(options: TranscriptionOptions | undefined): TranscriptionOptions | undefined {
  return options && JSON.parse(JSON.stringify(options))
}
