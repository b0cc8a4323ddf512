import type { CaptionMessage, CaptionWord } from '../captions/captionMessage.js'
import { Text } from './generated/caption.js'

/**
 * A caption as the bot sends it in Protobuf: what the `stream-message` event of an RTC client carries. A message without
 * `dataType` gets the one that fits what it holds.
 *
 * @param message what the bot says
 * @returns the bytes
 * @throws where a number does not fit its field, or `uid` or `sentenceId` is no decimal number: `startMs` takes 32 bits
 * @example
 * ```ts
 * import { createTranscript } from 'react-realtime-stt'
 * import { encodeCaption } from 'react-realtime-stt/testing'
 *
 * const transcript = createTranscript()
 * const words = [{ text: 'Hello.', isFinal: true }]
 * transcript.ingest(encodeCaption({ uid: '42', textTs: Date.now(), words }), '900000001')
 * ```
 */
export function encodeCaption(message: CaptionMessage): Uint8Array {
  const { uid, words = [], trans = [], originalTranscript: original, sentenceId = '0' } = message
  const isTranslation = trans.length > 0 || original !== undefined
  return Text.encode({
    seqnum: message.seqnum ?? 0,
    uid,
    time: String(message.time ?? 0),
    words: words.map(toWord),
    durationMs: message.durationMs ?? 0,
    dataType: message.dataType ?? (isTranslation ? 'translate' : 'transcribe'),
    trans: trans.map(({ lang, texts, isFinal = false }) => ({ lang, texts: [...texts], isFinal })),
    culture: message.culture ?? '',
    textTs: String(message.textTs ?? 0),
    originalTranscript: original && {
      culture: original.culture ?? '',
      words: original.words.map(toWord),
    },
    sentenceId,
  }).finish()
}

function toWord({ text, isFinal = false, startMs = 0, durationMs = 0 }: CaptionWord) {
  return { text, isFinal, startMs, durationMs }
}
