import { gunzipSync } from 'node:zlib'
import { type CaptionMessage, encodeCaptionJson } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'

const unpack = (...given: Parameters<typeof encodeCaptionJson>): unknown =>
  JSON.parse(String(gunzipSync(encodeCaptionJson(...given))))

const TRANSCRIPT: CaptionMessage = {
  uid: '42',
  time: 1_000,
  durationMs: 500,
  culture: 'en-US',
  textTs: 5_000,
  sentenceId: '10',
  words: [
    { text: 'Hello.', isFinal: true, startMs: 1_000, durationMs: 200 },
    { text: ' How', startMs: 1_300 },
  ],
}
const TRANSLATION: CaptionMessage = {
  uid: '42',
  textTs: 5_000,
  sentenceId: '10',
  trans: [
    { lang: 'de-DE', texts: ['Hallo.'], isFinal: true },
    { lang: 'it-IT', texts: ['Ciao.'], isFinal: true },
    { lang: 'de-DE', texts: [' Wie', '?'] },
  ],
  originalTranscript: {
    culture: 'en-US',
    words: [{ text: 'Hello.', isFinal: true }, { text: ' How?' }],
  },
}

const TRANSCRIPT_HEAD = { uid: 42, offset: 1_000, duration: 500, textTs: 5_000, language: 'en-US' }
const TRANSLATION_HEAD = { uid: 42, offset: 0, duration: 0, textTs: 5_000 }

test('default: a transcript in segments', () => {
  const transcript = {
    ...TRANSCRIPT_HEAD,
    sentenceId: 10,
    text: 'Hello.',
    isFinal: true,
    results: [
      { text: 'Hello.', isFinal: true, offset: 1_000, duration: 200 },
      { text: ' How', isFinal: false, offset: 1_300 },
    ],
  }
  expect(unpack(TRANSCRIPT)).toEqual({ transcript })
  expect(unpack(TRANSCRIPT, { version: 'v7.2.3' })).toEqual({ transcript })
})

test('default: a translation in segments', () => {
  expect(unpack(TRANSLATION)).toEqual({
    translation: {
      ...TRANSLATION_HEAD,
      sentenceId: 10,
      isFinal: true,
      results0: { language: 'de-DE', texts: ['Hallo.'] },
      results: [
        { language: 'de-DE', texts: ['Hallo.'], isFinal: true },
        { language: 'it-IT', texts: ['Ciao.'], isFinal: true },
        { language: 'de-DE', texts: [' Wie', '?'], isFinal: false },
      ],
      original_transcript: {
        language: 'en-US',
        text: 'Hello. How?',
        results: [
          { text: 'Hello.', isFinal: true },
          { text: ' How?', isFinal: false },
        ],
      },
    },
  })
})

test('behaviour: without segments it is the message that follows each other', () => {
  expect(unpack({ ...TRANSCRIPT, words: [] })).toMatchObject({ transcript: { results: [] } })
  const repeat = { ...TRANSLATION, trans: [], originalTranscript: { words: [] } }
  expect(unpack(repeat)).toMatchObject({
    translation: { results: [], original_transcript: { results: [] } },
  })
  const { originalTranscript: _, ...alone } = { ...repeat, dataType: 'translate' }
  expect(unpack(alone)).toMatchObject({ translation: { results: [] } })
})

test('options: version v7.2 makes a transcript of one text', () => {
  expect(unpack(TRANSCRIPT, { version: 'v7.2' })).toEqual({
    transcript: { ...TRANSCRIPT_HEAD, text: 'Hello. How', isFinal: false },
  })
})

test('options: version v7.2 makes a translation of one text a language', () => {
  expect(unpack(TRANSLATION, { version: 'v7.2' })).toEqual({
    translation: {
      ...TRANSLATION_HEAD,
      isFinal: false,
      results0: { language: 'de-DE', texts: ['Hallo.', ' Wie', '?'] },
      results1: { language: 'it-IT', texts: ['Ciao.'] },
      original_transcript: { language: 'en-US', text: 'Hello. How?' },
    },
  })
})

test('behaviour: every reader of gzip takes texts of any length', () => {
  for (const length of [0, 1, 65_000, 65_535, 65_536, 200_000]) {
    const text = 'ä'.repeat(length)
    expect(unpack({ uid: '7', words: [{ text }] }, { version: 'v7.2' })).toMatchObject({
      transcript: { text },
    })
  }
})
