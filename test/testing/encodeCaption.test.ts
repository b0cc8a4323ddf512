import { encodeCaption } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { decodeVendorText, encodeVendorText } from '../captions/vendorSchema.ts'

test('default: bytes as the vendor’s schema makes them', () => {
  const bytes = encodeCaption({
    uid: '4294967295',
    seqnum: 3,
    time: 1_753_359_518_654,
    durationMs: 770,
    culture: 'en-US',
    textTs: 1_753_359_520_754,
    sentenceId: '9223372036854775807',
    words: [{ text: 'Hello,', isFinal: true, startMs: 1_200, durationMs: 770 }, { text: ' how' }],
  })
  const message = {
    seqnum: 3,
    uid: '4294967295',
    time: '1753359518654',
    words: [
      { text: 'Hello,', start_ms: 1_200, duration_ms: 770, is_final: true },
      { text: ' how' },
    ],
    duration_ms: 770,
    data_type: 'transcribe',
    culture: 'en-US',
    text_ts: '1753359520754',
    sentence_id: '9223372036854775807',
  }
  expect(bytes).toEqual(encodeVendorText(message))
})

test('behaviour: without dataType a message gets the one that fits', () => {
  const typeOf = (message: object) =>
    decodeVendorText(encodeCaption({ uid: '7', ...message })).data_type
  expect(typeOf({})).toBe('transcribe')
  expect(typeOf({ trans: [{ lang: 'de-DE', texts: ['Ja.'] }] })).toBe('translate')
  expect(typeOf({ originalTranscript: { words: [{ text: 'Yes.' }] } })).toBe('translate')
  expect(typeOf({ dataType: 'other' })).toBe('other')
})

test('behaviour: what does not fit its field throws', () => {
  const now = 1_753_359_518_654
  expect(() => encodeCaption({ uid: 'Ada' })).toThrow('Ada')
  expect(() => encodeCaption({ uid: '7', time: 0.5 })).toThrow('0.5')
  expect(() => encodeCaption({ uid: '7', words: [{ text: 'Hi', startMs: now }] })).toThrow('int32')
})
