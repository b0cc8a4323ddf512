import { attachCaptions } from './attachCaptions.js'
import type { RtcClientLike } from './rtcClientLike.js'
import type { Transcript } from './transcript.js'

interface Kept {
  channel: string
  /** What ends the attachment of each transcript, and for which bot it is. */
  ends: Map<Transcript, { botUid: string | null; end: () => void }>
}

const keptOf = new WeakMap<RtcClientLike, Kept>()

/**
 * Attaches a transcript for as long as the client is in this channel, whatever becomes of the components that ask for it:
 * what is said while none is mounted is not lost.
 *
 * @param botUid null: not known
 */
export function keepAttached(
  rtcClient: RtcClientLike,
  channel: string,
  transcript: Transcript,
  botUid: string | null,
): void {
  const before = keptOf.get(rtcClient)
  const isSameCall = before?.channel === channel
  const kept: Kept = isSameCall ? before : { channel, ends: new Map() }
  const own = kept.ends.get(transcript)
  if (!own || (botUid !== null && own.botUid !== botUid)) {
    kept.ends.set(transcript, { botUid, end: attachCaptions(rtcClient, transcript, { botUid }) })
    own?.end()
  }
  keptOf.set(rtcClient, kept)
  if (!isSameCall) for (const { end } of before?.ends.values() ?? []) end()
}
