'use client'

import { useQueryClient } from '@tanstack/react-query'
import {
  useCallback,
  useContext,
  useEffect,
  useInsertionEffect,
  useRef,
  useSyncExternalStore,
} from 'react'
import { keepAttached } from '../captions/keepAttached.js'
import type { RtcClientLike } from '../captions/rtcClientLike.js'
import type { SttError } from '../errors.js'
import type { SttClient } from '../session/createSttClient.js'
import type { ChannelRequest, EnableRequest } from '../session/options.js'
import type { SttSession, SttStatus } from '../session/session.js'
import { mirrorOperation } from './mirrorOperation.js'
import { useSttClient } from './RealtimeSttProvider.js'
import { TranscriptContext } from './useTranscript.js'

/** What {@link useRealtimeStt} takes. */
export interface UseRealtimeSttOptions extends EnableRequest {
  /** Whose channel it is. @defaultValue the provider's */
  client?: SttClient
  /**
   * The RTC client that is in this channel: what it receives as captions goes into the provider's transcript, also after
   * the component has gone, until the client is given with another channel.
   */
  rtcClient?: RtcClientLike | undefined
}

/** What {@link useRealtimeStt} gives. The functions keep their identity between renders. */
export interface UseRealtimeSttResult {
  /** What of the channel a component can show. */
  status: SttStatus
  /** Acquired or running. */
  isEnabled: boolean
  /** Enabling or disabling. */
  isPending: boolean
  /** What runs, or was acquired; else null. */
  session: SttSession | null
  /** v6: the builder token (`tokenName`), a secret; v7 has none. */
  instanceToken: string | null
  /** Of the last operation, or `session_ended`; a new operation clears it. */
  error: SttError | null
  /**
   * Starts the channel's STT, or joins what runs. Safe as an event handler: it takes nothing, and a promise that nobody
   * awaits causes no unhandled rejection. Resolves with the session, whoever started it; see {@link SttClient.enable}.
   */
  enable: () => Promise<SttSession>
  /** Stops the channel's STT for everybody; see {@link SttClient.disable}. */
  disable: () => Promise<void>
  /** Asks the service what is true; see {@link SttClient.refresh}. */
  refresh: () => Promise<SttSession | null>
  /** Clears `error`. */
  resetError: () => void
}

/**
 * A channel's Real-Time STT: what every component with the same client and channel sees, and the means to change it.
 * Rendering sends nothing; mounting reads the claim, and at most checks an old one with a query.
 *
 * @group Hooks
 * @param options which channel, and who asks
 * @example
 * ```tsx
 * import { useRealtimeStt } from 'react-realtime-stt'
 *
 * export function CaptionsButton() {
 *   const stt = useRealtimeStt({ channel: 'standup', uid: '42' })
 *   return (
 *     <button onClick={stt.isEnabled ? stt.disable : stt.enable} disabled={stt.isPending}>
 *       {stt.isEnabled ? 'Stop captions' : stt.error ? 'Try again' : 'Start captions'}
 *     </button>
 *   )
 * }
 * ```
 *
 * @throws {@link ConfigError} in render where there is no client, in an effect where `rtcClient` is none; everything else shows
 * in `error`
 */
export function useRealtimeStt(options: UseRealtimeSttOptions): UseRealtimeSttResult {
  const client = useSttClient(options.client)
  const queryClient = useQueryClient()
  const { channel } = options
  const latest = useRef({ client, queryClient, options })
  useInsertionEffect(() => {
    latest.current = { client, queryClient, options }
  })

  const { status, session, error } = useSyncExternalStore(
    useCallback(
      (listener) => client.subscribe(channel, listener, toRequest(latest.current.options)),
      [client, channel],
    ),
    () => client.getSnapshot(channel),
    client.getServerSnapshot,
  )

  const transcript = useContext(TranscriptContext)
  const { rtcClient } = options
  const botUid = toBotUid(session)
  useEffect(() => {
    if (rtcClient && transcript) keepAttached(rtcClient, channel, transcript, botUid)
  }, [rtcClient, channel, transcript, botUid])

  const enable = useCallback(() => {
    const { client, queryClient, options } = latest.current
    const operation = client.enable(toRequest(options))
    return mirrorOperation(queryClient, client, options.channel, 'enable', operation)
  }, [])

  const disable = useCallback(() => {
    const { client, queryClient, options } = latest.current
    const operation = client.disable(toChannelRequest(options))
    return mirrorOperation(queryClient, client, options.channel, 'disable', operation)
  }, [])

  const refresh = useCallback(() => {
    const { client, options } = latest.current
    return client.refresh(toChannelRequest(options))
  }, [])

  const resetError = useCallback(() => {
    const { client, options } = latest.current
    client.resetError(options.channel)
  }, [])

  return {
    status,
    isEnabled: status === 'enabled',
    isPending: status === 'enabling' || status === 'disabling',
    session,
    instanceToken: session?.instanceToken ?? null,
    error,
    enable,
    disable,
    refresh,
    resetError,
  }
}

/** Of a task that another device started only the claim may tell: this page's own options say nothing of it. */
const toBotUid = (session: SttSession | null): string | null =>
  session?.transcription?.botUid ?? (session?.origin === 'started' ? session.botUid : null)

/** What `enable()` takes. */
const toRequest = ({
  client: _,
  rtcClient: __,
  ...request
}: UseRealtimeSttOptions): EnableRequest => request

/** What every operation takes. */
const toChannelRequest = ({ channel, uid, tokenProvider }: ChannelRequest): ChannelRequest => ({
  channel,
  uid,
  tokenProvider,
})
