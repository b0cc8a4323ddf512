import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { encodeCaption } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { decodeCaption, isGzipped } from '../../src/captions/decodeCaption.ts'
import { holdsText } from '../../src/captions/holdsText.ts'
import { captionMessage } from './captionArbitrary.ts'
import { decodeVendorText, encodeInt32Sender, encodeVendorText } from './vendorSchema.ts'

const TRANSCRIPT = {
  uid: '123456',
  time: '1753359518654',
  words: [{ text: 'Hello, how are you?', is_final: true, start_ms: 1_200, duration_ms: 770 }],
  duration_ms: 770,
  data_type: 'transcribe',
  culture: 'en-US',
  text_ts: '1753359520754',
  sentence_id: '1753359518654',
}

/** "Hi", as the field text of a word, and as the field words of a message. */
const text = [0x0a, 2, 0x48, 0x69]
const word = [0x52, text.length, ...text]

test('default: a transcript', () => {
  expect(decodeCaption(encodeVendorText(TRANSCRIPT))).toEqual({
    uid: '123456',
    seqnum: 0,
    time: 1_753_359_518_654,
    words: [{ text: 'Hello, how are you?', isFinal: true, startMs: 1_200, durationMs: 770 }],
    durationMs: 770,
    dataType: 'transcribe',
    trans: [],
    culture: 'en-US',
    textTs: 1_753_359_520_754,
    originalTranscript: undefined,
    sentenceId: '1753359518654',
  })
})

test('default: a translation, with what was said', () => {
  const bytes = encodeVendorText({
    uid: 7,
    data_type: 'translate',
    trans: [
      { lang: 'es-ES', texts: ['Hola, ', '¿cómo estás?'], is_final: true },
      { lang: 'es-ES', texts: ['Yo'] },
    ],
    original_transcript: {
      culture: 'en-US',
      words: [{ text: 'Hello, how are you?', is_final: true }, { text: 'I' }],
    },
  })
  expect(decodeCaption(bytes)).toMatchObject({
    uid: '7',
    words: [],
    trans: [
      { lang: 'es-ES', texts: ['Hola, ', '¿cómo estás?'], isFinal: true },
      { lang: 'es-ES', texts: ['Yo'], isFinal: false },
    ],
    originalTranscript: {
      culture: 'en-US',
      words: [
        { text: 'Hello, how are you?', isFinal: true },
        { text: 'I', isFinal: false },
      ],
    },
  })
})

test('default: what encodeCaption() makes of any message', () => {
  fc.assert(
    fc.property(captionMessage, (message) => {
      expect(decodeCaption(encodeCaption(message))).toEqual(holdsText(message) ? message : null)
    }),
  )
})

test('behaviour: fields that are not read change nothing', () => {
  const [word] = TRANSCRIPT.words
  const bytes = encodeVendorText({
    ...TRANSCRIPT,
    vendor: 1,
    version: -2,
    flag: 3,
    lang: 4,
    starttime: 2_147_483_647,
    offtime: 6,
    end_of_segment: true,
    sentence_end_index: 9,
    words: [{ ...word, confidence: 0.87 }],
  })
  expect(decodeCaption(bytes)).toEqual(decodeCaption(encodeVendorText(TRANSCRIPT)))
})

test('behaviour: fields of versions to come are skipped', () => {
  const added = [
    // Field 20: a number of ten bytes, a double, a text, a group with a number in it, a float.
    ...[0xa0, 1, ...Array<number>(9).fill(0xff), 1],
    ...[0xa1, 1, 1, 2, 3, 4, 5, 6, 7, 8],
    ...[0xa2, 1, 3, 0xff, 0xff, 0xff],
    ...[0xa3, 1, 8, 1, 0xa4, 1],
    ...[0xa5, 1, 1, 2, 3, 4],
  ]
  expect(decodeCaption(withBytes(...added))).toEqual(decodeCaption(withBytes()))
})

test('behaviour: a uid is the number that RTC clients know', () => {
  const words = [{ text: 'Hi' }]
  expect(decodeCaption(encodeInt32Sender({ uid: -1, words }))?.uid).toBe('4294967295')
  expect(decodeCaption(encodeInt32Sender({ uid: -2_147_483_648, words }))?.uid).toBe('2147483648')
  expect(decodeCaption(encodeVendorText({ uid: -2, words }))?.uid).toBe('4294967294')
  expect(decodeCaption(encodeVendorText({ uid: 4_294_967_295, words }))?.uid).toBe('4294967295')
  expect(decodeCaption(encodeVendorText({ words }))?.uid).toBe('0')
})

test('behaviour: 64 bits', () => {
  const read = (sentence_id: string, time: string) =>
    decodeCaption(encodeVendorText({ words: [{ text: 'Hi' }], sentence_id, time, text_ts: time }))
  expect(read('9223372036854775807', '9007199254740991')).toMatchObject({
    sentenceId: '9223372036854775807',
    time: 9_007_199_254_740_991,
    textTs: 9_007_199_254_740_991,
  })
  expect(read('0', '9007199254740992')).toMatchObject({
    sentenceId: undefined,
    time: undefined,
    textTs: undefined,
  })
})

test('behaviour: what has no text is no caption', () => {
  for (const message of [
    {},
    { uid: 7, time: 1_753_359_518_654, culture: 'en-US', data_type: 'transcribe' },
    { words: [{}, { text: '', is_final: true }] },
    { trans: [{ lang: 'de-DE' }, { lang: 'de-DE', texts: [''] }] },
    { original_transcript: { culture: 'en-US', words: [{}] } },
  ]) {
    expect(decodeCaption(encodeVendorText(message))).toBeNull()
  }
  for (const message of [
    { words: [{}, { text: ' ' }] },
    { trans: [{ texts: ['', 'a'] }] },
    { original_transcript: { words: [{ text: 'a' }] } },
  ]) {
    expect(decodeCaption(encodeVendorText(message))).not.toBeNull()
  }
})

test.each([
  ['a tag 0', [...word, 0]],
  ['a tag 0, and a caption after it', [0, ...word]],
  ['a tag 0 inside', [0x52, text.length + 1, ...text, 0]],
  ['the end of a group that none began', [...word, 0x0c]],
  ['the end of a group inside', [0x52, text.length + 1, ...text, 0x0c]],
  ['the end of another group', [...word, 0xa3, 1, 0xac, 1]],
  ['a group without an end', [...word, 0xa3, 1]],
  ['field 0', [...word, 2, 0]],
  ['a wire type that there is not', [...word, 0xa6, 1]],
  ['a tag of more than 32 bits', [0xd2, 0x80, 0x80, 0x80, 0x10, text.length, ...text]],
  ['a tag of six bytes', [0xd2, 0x80, 0x80, 0x80, 0x80, 0, text.length, ...text]],
  ['a length of six bytes', [0x52, 0x84, 0x80, 0x80, 0x80, 0x80, 0, ...text]],
  ['a length of more than 32 bits', [0x52, 0x84, 0x80, 0x80, 0x80, 0x10, ...text]],
  ['a number that breaks off', [...word, 0x20, 0x80]],
  ['a double that breaks off', [...word, 0xa1, 1, 1, 2, 3]],
  ['a text that breaks off', [...word, 0x6a, 3, 0x61]],
  ['a word that breaks off', [0x52, text.length + 1, ...text]],
  ['a text past the end of its word', [0x52, 3, ...text]],
  ['a number past the end of its word', [0x52, text.length + 2, ...text, 0x20, 0x81, 1]],
  ['a text that is no UTF-8', [0x52, 4, 0x0a, 2, 0xc3, 0x28]],
  ['half a character', [0x52, 4, 0x0a, 2, 0xe6, 0xbc]],
])('behaviour: a caption with %s is none', (_, bytes) => {
  expect(decodeCaption(Uint8Array.from(word))).toMatchObject({ words: [{ text: 'Hi' }] })
  expect(decodeCaption(Uint8Array.from(bytes))).toBeNull()
  expect(() => decodeVendorText(Uint8Array.from(bytes))).toThrow()
})

test('behaviour: a caption with a number of more than ten bytes is none', () => {
  const number = (length: number) => [0xa0, 1, ...Array<number>(length - 1).fill(0x80), 0]
  expect(decodeCaption(withBytes(...number(10)))).not.toBeNull()
  expect(decodeCaption(withBytes(...number(11)))).toBeNull()
})

test('behaviour: a length of 2 GB allocates nothing', () => {
  const gigantic = [0xff, 0xff, 0xff, 0xff, 7]
  const before = process.memoryUsage().arrayBuffers
  for (const tag of [[0x52], [0x6a], [0x72], [0x92, 1], [0xa2, 1], [0x52, 7, 0x0a]]) {
    expect(decodeCaption(withBytes(...tag, ...gigantic))).toBeNull()
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000)
})

test('behaviour: more than 64 KiB is no caption', () => {
  const read = (length: number) =>
    decodeCaption(encodeVendorText({ words: [{ text: 'a'.repeat(length) }] }))
  expect(read(65_528)).not.toBeNull()
  expect(read(65_529)).toBeNull()
})

test('behaviour: bytes of another realm, and parts of larger buffers, are bytes', () => {
  const bytes = encodeVendorText(TRANSCRIPT)
  const foreign = runInNewContext('Uint8Array').from(bytes)
  expect(foreign).not.toBeInstanceOf(Uint8Array)
  expect(decodeCaption(foreign)).toEqual(decodeCaption(bytes))
  const larger = new Uint8Array(bytes.length + 40).fill(9)
  larger.set(bytes, 13)
  expect(decodeCaption(larger.subarray(13, 13 + bytes.length))).toEqual(decodeCaption(bytes))
  expect(decodeCaption(Buffer.from(bytes))).toEqual(decodeCaption(bytes))
})

test('behaviour: what is no bytes is no caption', () => {
  for (const thing of [null, undefined, 7, 'caption', [0x52, 2], {}, new ArrayBuffer(8)]) {
    expect(decodeCaption(thing as unknown as Uint8Array)).toBeNull()
  }
  expect(decodeCaption(new Uint8Array())).toBeNull()
})

test('behaviour: gzip is told from Protobuf', () => {
  const packed = new Uint8Array(gzipSync('{}'))
  expect(isGzipped(packed)).toBe(true)
  expect(decodeCaption(packed)).toBeNull()
  expect(isGzipped(encodeVendorText(TRANSCRIPT))).toBe(false)
  expect(isGzipped(new Uint8Array([0x1f]))).toBe(false)
})

/** A caption, and more. */
function withBytes(...more: number[]): Uint8Array {
  return Uint8Array.from([...encodeVendorText(TRANSCRIPT), ...more])
}
