import fc from 'fast-check'
import type { CaptionMessage } from 'react-realtime-stt/core'

const text = fc.string({ unit: 'grapheme', maxLength: 80 })
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const word = fc.record({
  text,
  isFinal: fc.boolean(),
  startMs: fc.nat(),
  durationMs: fc.nat(),
})

/** Messages with every field, as `decodeCaption` gives them; some of them hold no text. */
export const captionMessage: fc.Arbitrary<CaptionMessage> = fc.record({
  uid: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
  seqnum: int32,
  time: fc.maxSafeNat(),
  durationMs: int32,
  dataType: fc.constantFrom('transcribe', 'translate', 'other'),
  culture: fc.constantFrom('', 'en-US', 'zh-CN-shandong'),
  textTs: fc.maxSafeNat(),
  sentenceId: fc.option(fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String), {
    nil: undefined,
  }),
  words: fc.array(word, { maxLength: 4 }),
  trans: fc.array(
    fc.record({
      lang: fc.constantFrom('de-DE', 'ja-JP'),
      texts: fc.array(text, { maxLength: 3 }),
      isFinal: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  originalTranscript: fc.option(
    fc.record({ culture: fc.constantFrom('', 'en-US'), words: fc.array(word, { maxLength: 3 }) }),
    { nil: undefined },
  ),
})
