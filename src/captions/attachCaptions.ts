import { ConfigError } from '../errors.js'
import type { RtcClientLike, RtcUserLike } from './rtcClientLike.js'
import type { Transcript } from './transcript.js'

/** What {@link attachCaptions} takes. */
export interface AttachCaptionsOptions {
  /** Only captions of this sender are taken in. @defaultValue those of every sender whose bytes are captions */
  botUid?: string | number | null | undefined
}

interface Attachment {
  /** Who asked for it, and for which bot; the last one that named one counts. */
  holders: Map<symbol, string | null>
  end: () => void
}

const attachments = new WeakMap<RtcClientLike, Map<Transcript, Attachment>>()

/**
 * Feeds a transcript with the captions that an RTC client receives, and tells it when the bot leaves. There is one
 * attachment for each client and transcript, however often this is called; it ends when every caller has ended it.
 *
 * `useRealtimeStt({ rtcClient })` does it for the provider's transcript.
 *
 * @param rtcClient the client that is in the channel
 * @param transcript what takes the captions in
 * @param options who may send them
 * @returns ends it
 * @throws {@link ConfigError} where the client has no `on` and `off`
 * @example
 * ```ts
 * import AgoraRTC from 'agora-rtc-sdk-ng'
 * import { attachCaptions, createTranscript } from 'react-realtime-stt'
 *
 * const rtcClient = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
 * export const transcript = createTranscript()
 * export const detach = attachCaptions(rtcClient, transcript, { botUid: 900000001 })
 * ```
 */
export function attachCaptions(
  rtcClient: RtcClientLike,
  transcript: Transcript,
  { botUid }: AttachCaptionsOptions = {},
): () => void {
  if (typeof rtcClient?.on !== 'function' || typeof rtcClient.off !== 'function') {
    throw new ConfigError('rtcClient: must be an RTC client, with on() and off().')
  }
  const ofClient = attachments.get(rtcClient) ?? new Map<Transcript, Attachment>()
  attachments.set(rtcClient, ofClient)
  const attachment = ofClient.get(transcript) ?? attach(rtcClient, transcript)
  ofClient.set(transcript, attachment)
  const holder = Symbol()
  attachment.holders.set(holder, botUid === undefined || botUid === null ? null : String(botUid))
  return () => {
    const isLast = attachment.holders.delete(holder) && attachment.holders.size === 0
    if (!isLast) return
    attachment.end()
    ofClient.delete(transcript)
  }
}

function attach(rtcClient: RtcClientLike, transcript: Transcript): Attachment {
  const holders: Attachment['holders'] = new Map()
  const isStranger = (uid: string) => {
    const botUid = [...holders.values()].findLast((one) => one !== null)
    return botUid && botUid !== uid
  }
  const onMessage = (uid: string | number, payload: Uint8Array) => {
    const from = String(uid)
    if (isStranger(from)) transcript.ignore(from)
    else transcript.ingest(payload, from)
  }
  const onLeft = ({ uid }: RtcUserLike) => {
    if (!isStranger(String(uid))) transcript.endSession(String(uid))
  }
  rtcClient.on('stream-message', onMessage)
  rtcClient.on('user-left', onLeft)
  return {
    holders,
    end() {
      rtcClient.off('stream-message', onMessage)
      rtcClient.off('user-left', onLeft)
    },
  }
}
