import type { CaptionMessage } from '../captions/captionMessage.js'
import { type CaptionWire, type CaptionWireOption, isSince, toCaptionWire } from './captionWire.js'
import type { ConversationScript } from './conversationScript.js'
import { type CaptionDisorder, disturb } from './disturb.js'
import { encodeCaption } from './encodeCaption.js'
import { encodeCaptionJson } from './encodeCaptionJson.js'
import { seededRandom } from './seededRandom.js'
import { type SentCaption, sentenceCaptions } from './sentenceCaptions.js'
import { toSpokenSentence } from './spokenSentence.js'

/** What {@link playConversation} takes. */
export interface PlayConversationOptions extends CaptionDisorder {
  /** Decides all that is left to chance: what the recogniser makes out when, what is lost or late. @defaultValue `1` */
  seed?: number | undefined
  /** What the caption bot sends. @defaultValue `'v7.2.3'` */
  wire?: CaptionWireOption | undefined
  /** When the conversation begins, epoch ms. @defaultValue `1_780_000_000_000` */
  epochAt?: number | undefined
  /** The caption bot's uid. @defaultValue `'900000001'` */
  botUid?: string | undefined
}

/** A message of the caption bot, as it arrives. */
export interface PlayedCaption {
  /** When it arrives, in ms since the conversation began. */
  readonly atMs: number
  /** The caption bot's uid. */
  readonly from: string
  /** The message before it is encoded. */
  readonly message: CaptionMessage
  /** The message as it is sent; new ones each time. */
  readonly bytes: Uint8Array
}

/** The vendor's id of a sentence is near its beginning, not equal to it. */
const MAX_ID_DISTANCE_MS = 20

/**
 * What the caption bot sends while people talk, in the order in which it arrives: texts that grow word by word and are
 * corrected on the way, what becomes final of them, and translations. The same script and options give the same messages;
 * `loss`, `reorder` and `duplicate` change nothing of what is sent.
 *
 * @param script who says what, and when
 * @param options which bot, and what becomes of its messages on the way
 * @example
 * ```ts
 * import { createTranscript } from 'react-realtime-stt'
 * import { playConversation } from 'react-realtime-stt/testing'
 *
 * const transcript = createTranscript()
 * const translations = { 'de-DE': 'Guten Morgen.' }
 * const captions = playConversation(
 *   [{ uid: '7', text: 'Good morning.', startMs: 0, durationMs: 900, translations }],
 *   { wire: 'v7.2', seed: 5, reorder: 300 },
 * )
 * for (const { bytes, from } of captions) transcript.ingest(bytes, from)
 * ```
 *
 * @throws `RangeError` on a wire that does not exist
 */
export function playConversation(
  script: ConversationScript,
  options: PlayConversationOptions = {},
): readonly PlayedCaption[] {
  const { seed = 1, epochAt = 1_780_000_000_000, botUid = '900000001' } = options
  const wire = toCaptionWire(options.wire ?? 'v7.2.3')
  const random = seededRandom(seed)
  const speakers = new Map<string, { sentenceId: number; lastTextMs: number }>()
  const sent: SentCaption[] = []
  for (const scripted of script.toSorted((a, b) => a.startMs - b.startMs)) {
    const { uid, startMs } = scripted
    const last = speakers.get(uid) ?? { sentenceId: 0, lastTextMs: 0 }
    const near = epochAt + startMs + Math.round((random() - 0.5) * MAX_ID_DISTANCE_MS)
    const sentenceId = Math.max(last.sentenceId + 1, near)
    const sentence = toSpokenSentence(scripted, wire, random)
    const own = sentenceCaptions(sentence, wire, { epochAt, ...last, sentenceId }, random)
    const lastTextMs = own.findLast(({ original }) => !original)?.sentMs ?? last.lastTextMs
    speakers.set(uid, { sentenceId, lastTextMs })
    sent.push(...own)
  }
  sent.sort((a, b) => a.sentMs - b.sentMs)
  if (!isSince(wire, 'v7.0')) number(sent, isSince(wire, 'v6'))
  const all = wire.format === 'json' && isSince(wire, 'v7.2.3') ? sent.flatMap(withEmpty) : sent
  return disturb(all, options, seededRandom(seed + 1)).map(({ sentMs, message }) => ({
    atMs: sentMs,
    from: botUid,
    message,
    get bytes() {
      return encode(message, wire)
    },
  }))
}

function encode(message: CaptionMessage, wire: CaptionWire): Uint8Array {
  return wire.format === 'json'
    ? encodeCaptionJson(message, { version: isSince(wire, 'v7.2.3') ? 'v7.2.3' : 'v7.2' })
    : encodeCaption(message)
}

/** JSON of v7.2.3 sends each message once more, without its segments. */
function withEmpty(caption: SentCaption): SentCaption[] {
  const { uid, time, durationMs, dataType, culture, textTs, sentenceId } = caption.message
  const message = { uid, time, durationMs, dataType, culture, textTs, sentenceId }
  return [caption, { sentMs: caption.sentMs + 1, message, original: caption.original }]
}

/** In v5 nothing but its number tells which text a translation is of. */
function number(sent: readonly SentCaption[], isTranslationCounted: boolean): void {
  let seqnum = 0
  for (const { message, original } of sent) {
    if (original && !isTranslationCounted) message.seqnum = original.message.seqnum
    else {
      seqnum += 1
      message.seqnum = seqnum
    }
  }
}
