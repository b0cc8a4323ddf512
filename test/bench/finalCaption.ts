import type { CaptionMessage } from 'react-realtime-stt/core'

const SPEAKERS = 8
const BEGUN_AT = 1_780_000_000_000
const SENTENCE_MS = 900

/** The whole of a sentence, in one message; each index is a line of its own. */
export function toFinalCaption(index: number): CaptionMessage {
  const time = BEGUN_AT + index * SENTENCE_MS
  return {
    uid: String(1_000 + (index % SPEAKERS)),
    culture: 'en-US',
    sentenceId: String(time),
    textTs: time + 850,
    time,
    durationMs: 800,
    words: [{ text: `What was said some time ago is this, number ${index}.`, isFinal: true }],
  }
}
