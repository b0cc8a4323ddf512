import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { encodeCaption, encodeCaptionJson } from 'react-realtime-stt/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { readJsonCaption } from '../../src/captions/readJsonCaption.ts'
import { captionMessage } from './captionArbitrary.ts'

const pack = (value: unknown) => Uint8Array.from(gzipSync(JSON.stringify(value)))
const read = (value: unknown) => readJsonCaption(pack(value))

/** A transcript of v7.2.3 without its segments. */
const BODY = {
  uid: 42,
  textTs: 1_782_717_975_642,
  offset: 1_782_717_975_303,
  duration: 900,
  language: 'en-US',
  text: 'Hello.',
  isFinal: true,
  sentenceId: 1_782_717_974_915,
}

afterEach(() => vi.unstubAllGlobals())

describe('up to v7.2.2', () => {
  test('default: a transcript', async () => {
    const { sentenceId: _, ...transcript } = BODY
    expect(await read({ transcript })).toEqual([
      {
        uid: '42',
        time: 1_782_717_975_303,
        durationMs: 900,
        dataType: 'transcribe',
        culture: 'en-US',
        textTs: 1_782_717_975_642,
        words: [{ text: 'Hello.', isFinal: true, startMs: 1_782_717_975_303, durationMs: 900 }],
      },
    ])
  })

  test('default: an interim transcript has no time', async () => {
    const [message] = (await read({ transcript: { ...BODY, isFinal: false } })) ?? []
    expect(message?.time).toBeUndefined()
    expect(message?.durationMs).toBeUndefined()
    expect(message?.words).toMatchObject([{ text: 'Hello.', isFinal: false }])
  })

  test('default: a translation, with what was said', async () => {
    const translation = {
      uid: 42,
      isFinal: true,
      offset: 1_000,
      duration: 200,
      textTs: 5_000,
      results0: { language: 'es-ES', texts: ['Hola', '.'] },
      original_transcript: { language: 'en-US', text: 'Hello.' },
    }
    const expected = {
      uid: '42',
      time: 1_000,
      durationMs: 200,
      dataType: 'translate',
      culture: 'en-US',
      textTs: 5_000,
      trans: [{ lang: 'es-ES', texts: ['Hola', '.'], isFinal: true }],
      originalTranscript: {
        culture: 'en-US',
        words: [{ text: 'Hello.', isFinal: true, startMs: 1_000, durationMs: 200 }],
      },
    }
    expect(await read({ translation })).toEqual([expected])
    const { original_transcript: _, ...alone } = translation
    expect(await read({ translation: alone })).toEqual([
      { ...expected, culture: undefined, originalTranscript: undefined },
    ])
  })

  test('behaviour: a second language stands beside the first', async () => {
    const translation = {
      uid: 42,
      isFinal: true,
      results0: { language: 'es-ES', texts: ['Hola.'] },
      results1: { language: 'de-DE', texts: ['Hallo.'] },
      results: null,
      results2: 'what is no segment is skipped',
      resultsCount: 2,
    }
    expect(await read({ translation })).toMatchObject([
      {
        trans: [
          { lang: 'es-ES', texts: ['Hola.'], isFinal: true },
          { lang: 'de-DE', texts: ['Hallo.'], isFinal: true },
        ],
      },
    ])
  })

  test('behaviour: what was said counts without a translation', async () => {
    const translation = { uid: 42, original_transcript: { language: 'en-US', text: 'Hello.' } }
    expect(await read({ translation })).toMatchObject([
      { trans: [], originalTranscript: { words: [{ text: 'Hello.', isFinal: false }] } },
    ])
  })
})

describe('v7.2.3', () => {
  test('default: a final part and what may still change', async () => {
    const results = [
      { text: 'Hello.', isFinal: true, offset: 1_000, duration: 200 },
      { text: ' How', isFinal: false, offset: 1_300, duration: 200 },
    ]
    const transcript = { ...BODY, offset: 1_000, duration: 500, results }
    expect(await read({ transcript })).toEqual([
      {
        uid: '42',
        time: 1_000,
        durationMs: 200,
        dataType: 'transcribe',
        culture: 'en-US',
        textTs: 1_782_717_975_642,
        sentenceId: '1782717974915',
        words: [
          { text: 'Hello.', isFinal: true, startMs: 1_000, durationMs: 200 },
          { text: ' How', isFinal: false, startMs: 1_300, durationMs: 200 },
        ],
      },
    ])
  })

  test('default: a translation in segments, with what was said in as many', async () => {
    const translation = {
      ...BODY,
      text: undefined,
      isFinal: true,
      offset: 1_000,
      duration: 500,
      results0: { language: 'es-ES', texts: ['Hola.'] },
      results: [
        { language: 'es-ES', texts: ['Hola.'], isFinal: true },
        { language: 'es-ES', texts: ['Mundo.'], isFinal: false },
      ],
      original_transcript: {
        language: 'en-US',
        text: 'Hello.',
        results: [
          { text: 'Hello.', isFinal: true },
          { text: 'world', isFinal: false },
        ],
      },
    }
    expect(await read({ translation })).toEqual([
      {
        uid: '42',
        time: 1_000,
        durationMs: 500,
        dataType: 'translate',
        culture: 'en-US',
        textTs: 1_782_717_975_642,
        sentenceId: '1782717974915',
        trans: [
          { lang: 'es-ES', texts: ['Hola.'], isFinal: true },
          { lang: 'es-ES', texts: ['Mundo.'], isFinal: false },
        ],
        originalTranscript: {
          culture: 'en-US',
          words: [
            { text: 'Hello.', isFinal: true, startMs: 1_000, durationMs: 500 },
            { text: 'world', isFinal: false, startMs: 1_001, durationMs: 499 },
          ],
        },
      },
    ])
  })

  test('behaviour: a message again without its segments is a caption, and changes nothing', async () => {
    expect(await read({ transcript: { ...BODY, results: [] } })).toEqual([])
    const translation = {
      ...BODY,
      results0: { language: 'es-ES', texts: ['Hola.'] },
      results: [],
      original_transcript: { language: 'en-US', text: 'Hello.', results: [] },
    }
    expect(await read({ translation })).toEqual([])
  })

  test('behaviour: a segment takes what it lacks from its message', async () => {
    const transcript = { ...BODY, results: [{ text: 'Hello.' }] }
    expect(await read({ transcript })).toEqual(await read({ transcript: BODY }))
    const results = [{ language: 'es-ES', texts: ['Hola.'] }]
    expect(await read({ translation: { ...BODY, results } })).toMatchObject([
      { time: BODY.offset, durationMs: 900, trans: [{ isFinal: true }] },
    ])
  })

  test('behaviour: segments without times do not all get the same', async () => {
    const results = [{ text: 'One.' }, { text: ' Two,', offset: 1_400 }, { text: ' three.' }]
    const transcript = { ...BODY, offset: 1_000, duration: 900, results }
    expect(await read({ transcript })).toMatchObject([
      {
        time: 1_000,
        durationMs: 900,
        words: [
          { startMs: 1_000, durationMs: 400 },
          { startMs: 1_400, durationMs: 500 },
          { startMs: 1_401, durationMs: 499 },
        ],
      },
    ])
  })

  test('behaviour: segments of several sentences are several messages', async () => {
    const transcript = {
      ...BODY,
      results: [
        { text: 'Done.', isFinal: true, offset: 1_000, duration: 100, sentenceId: 10 },
        { text: ' Really.', isFinal: true, offset: 1_100, duration: 100, sentenceId: 10 },
        {
          text: 'Next',
          isFinal: false,
          offset: 2_000,
          sentenceId: 11,
          textTs: 9,
          language: 'it-IT',
        },
        { text: 'rest', isFinal: false, offset: 3_000 },
      ],
    }
    expect(await read({ transcript })).toMatchObject([
      { sentenceId: '10', time: 1_000, durationMs: 200, culture: 'en-US', textTs: BODY.textTs },
      { sentenceId: '11', culture: 'it-IT', textTs: 9, words: [{ text: 'Next' }] },
      { sentenceId: '1782717974915', words: [{ text: 'rest' }] },
    ])
  })

  test('behaviour: translations go with the segments that they translate', async () => {
    const said = [
      { text: 'Done.', isFinal: true, offset: 1_000, duration: 100, sentenceId: 10 },
      { text: 'Next', isFinal: false, offset: 2_000, duration: 100, sentenceId: 11 },
    ]
    const translated = [
      { language: 'de-DE', texts: ['Fertig.'], isFinal: true },
      { language: 'it-IT', texts: ['Fatto.'], isFinal: true },
      { language: 'it-IT', texts: ['Poi'], isFinal: false },
      { language: 'de-DE', texts: ['Dann'], isFinal: false },
    ]
    const body = { uid: 42, textTs: 7, results: translated }
    const expected = [
      {
        sentenceId: '10',
        time: 1_000,
        trans: [{ texts: ['Fertig.'] }, { texts: ['Fatto.'] }],
        originalTranscript: { words: [{ text: 'Done.' }] },
      },
      {
        sentenceId: '11',
        trans: [{ texts: ['Poi'] }, { texts: ['Dann'] }],
        originalTranscript: { words: [{ text: 'Next' }] },
      },
    ]
    const original_transcript = { language: 'en-US', results: said }
    expect(await read({ translation: { ...body, original_transcript } })).toMatchObject(expected)

    const named = translated.map((segment, index) => ({
      ...segment,
      sentenceId: index < 2 ? 10 : 11,
    }))
    expect(await read({ translation: { ...body, results: named } })).toMatchObject(
      expected.map(({ sentenceId, trans }) => ({ sentenceId, trans })),
    )
    const unnamed = said.map(({ sentenceId: _, ...segment }) => segment)
    const pairs = [named[0], named[3]]
    expect(
      await read({
        translation: { ...body, results: pairs, original_transcript: { results: unnamed } },
      }),
    ).toMatchObject(
      expected.map(({ sentenceId, originalTranscript }) => ({ sentenceId, originalTranscript })),
    )
  })

  test('behaviour: a transcript and a translation in one are both read', async () => {
    const results = [{ language: 'es-ES', texts: ['Hola.'] }]
    expect(await read({ transcript: BODY, translation: { ...BODY, results } })).toMatchObject([
      { dataType: 'transcribe' },
      { dataType: 'translate' },
    ])
  })
})

test('behaviour: numbers may be text, what is absent may be null, what is unknown is ignored', async () => {
  const transcript = {
    ...BODY,
    uid: '-1',
    offset: '1000',
    duration: '900',
    textTs: '9007199254740993',
    sentenceId: '9007199254740993',
    results: null,
    added: { by: 'a later version' },
  }
  expect(await read({ transcript, translation: null, added: [1] })).toMatchObject([
    { uid: '4294967295', time: 1_000, durationMs: 900, textTs: 0, sentenceId: '9007199254740993' },
  ])
  for (const sentenceId of [0, '0', '', null]) {
    const [message] = (await read({ transcript: { ...BODY, sentenceId } })) ?? []
    expect(message).toMatchObject({ uid: '42' })
    expect(message?.sentenceId).toBeUndefined()
  }
})

test('behaviour: what is no caption is null', async () => {
  for (const value of [
    null,
    7,
    'caption',
    [],
    {},
    { transcript: null },
    { transcript: [] },
    { transcript: 'Hello.' },
    { transcript: {} },
    { transcript: { ...BODY, text: '' } },
    { transcript: { ...BODY, text: 7 } },
    { transcript: { ...BODY, results: {} } },
    { transcript: { ...BODY, results: [{ text: '' }] } },
    { transcript: { ...BODY, results: ['Hello.'] } },
    { translation: { ...BODY } },
    { translation: { ...BODY, results: [{ language: 'es-ES', texts: 'Hola.' }] } },
    { translation: { ...BODY, results: [{ language: 'es-ES', texts: [''] }] } },
  ]) {
    expect(await read(value)).toBeNull()
  }
})

test('behaviour: damaged bytes are null', async () => {
  const packed = pack({ transcript: BODY })
  expect(await readJsonCaption(packed)).toHaveLength(1)
  for (let length = 0; length < packed.length; length++) {
    expect(await readJsonCaption(packed.slice(0, length))).toBeNull()
  }
  const wrongChecksum = packed.slice()
  wrongChecksum[packed.length - 8] = (packed.at(-8) ?? 0) ^ 1
  for (const bytes of [
    wrongChecksum,
    Uint8Array.from([...packed, 1, 2, 3]),
    Uint8Array.from(gzipSync('{"transcript":')),
    Uint8Array.from(gzipSync(Buffer.from('{"transcript":{"text":"\xc3("}}', 'latin1'))),
    encodeCaption({ uid: '42', words: [{ text: 'Hello.' }] }),
    null as unknown as Uint8Array,
  ]) {
    expect(await readJsonCaption(bytes)).toBeNull()
  }
})

test('behaviour: a text between two chunks stays whole', async () => {
  const text = '漢字かな交じり文'.repeat(2_000)
  const [message] = (await read({ transcript: { ...BODY, text } })) ?? []
  expect(message?.words?.[0]?.text).toBe(text)
})

test('behaviour: bytes of another realm are bytes', async () => {
  const packed = pack({ transcript: BODY })
  const foreign = runInNewContext('Uint8Array').from(packed)
  expect(await readJsonCaption(foreign)).toEqual(await readJsonCaption(packed))
})

test('behaviour: of 60 MB in 60 kB, little more than 1 MiB is unpacked', async () => {
  const bomb = Uint8Array.from(gzipSync(Buffer.alloc(60_000_000, 0x20)))
  expect(bomb.length).toBeLessThan(65_536)
  let unpackedBytes = 0
  const Platform = DecompressionStream
  class CountingStream {
    readonly writable
    readonly readable
    constructor(format: CompressionFormat) {
      const { writable, readable } = new Platform(format)
      this.writable = writable
      const counter = new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          unpackedBytes += chunk.length
          controller.enqueue(chunk)
        },
      })
      this.readable = readable.pipeThrough(counter)
    }
  }
  vi.stubGlobal('DecompressionStream', CountingStream)
  expect(await readJsonCaption(bomb)).toBeNull()
  expect(unpackedBytes).toBeGreaterThan(1_048_576)
  expect(unpackedBytes).toBeLessThan(1_200_000)
  expect(await read({ transcript: { ...BODY, text: 'a'.repeat(1_000_000) } })).toHaveLength(1)
})

test('behaviour: more than 64 KiB is no caption', async () => {
  const readOf = (length: number) =>
    readJsonCaption(encodeCaptionJson({ uid: '7', words: [{ text: 'a'.repeat(length) }] }))
  // Each text is in it twice.
  expect(await readOf(32_000)).toHaveLength(1)
  expect(await readOf(33_000)).toBeNull()
})

test('behaviour: a browser without DecompressionStream reads nothing, and nothing is thrown', async () => {
  vi.stubGlobal('DecompressionStream', undefined)
  expect(await read({ transcript: BODY })).toBeNull()
})

describe('what encodeCaptionJson() makes', () => {
  /** JSON has no `seqnum`, its uids and ids are numbers, its words begin at epoch ms. */
  const asJson = fc
    .tuple(captionMessage, fc.nat().map(String), fc.maxSafeNat())
    .map(([{ seqnum: _, ...message }, uid, id]) => ({
      ...message,
      uid,
      sentenceId: String(id + 1),
      words: (message.words ?? []).map((word, index) => ({ ...word, startMs: 1_000 + index })),
    }))

  test('default: of any transcript', async () => {
    await fc.assert(
      fc.asyncProperty(asJson, async (message) => {
        const read = await readJsonCaption(encodeCaptionJson({ ...message, trans: [] }))
        const { words, uid, sentenceId, textTs, culture } = message
        const isCaption = words.some(({ text }) => text !== '')
        const transcript = read?.find(({ dataType }) => dataType === 'transcribe')
        expect(transcript !== undefined).toBe(isCaption)
        if (isCaption) expect(transcript).toMatchObject({ uid, sentenceId, textTs, culture, words })
      }),
    )
  })

  test('default: of any translation', async () => {
    await fc.assert(
      fc.asyncProperty(asJson, async (message) => {
        const read = await readJsonCaption(encodeCaptionJson({ ...message, words: [] }))
        const { uid, sentenceId, trans, originalTranscript: original } = message
        const isCaption =
          trans?.some(({ texts }) => texts.join('') !== '') ||
          original?.words.some(({ text }) => text !== '')
        expect(read !== null && read.length > 0).toBe(isCaption ?? false)
        if (!isCaption) return
        expect(read).toMatchObject([{ uid, sentenceId, trans }])
        const said = original?.words.map(({ text, isFinal }) => ({ text, isFinal })) ?? []
        expect(read?.[0]?.originalTranscript?.words ?? []).toMatchObject(said)
      }),
    )
  })

  test('options: version v7.2 tells the same text', async () => {
    const words = [{ text: 'Hello.', isFinal: true, startMs: 1_000, durationMs: 900 }]
    const message = { uid: '7', time: 1_000, durationMs: 900, culture: 'en-US', textTs: 5, words }
    expect(await readJsonCaption(encodeCaptionJson(message, { version: 'v7.2' }))).toEqual(
      await readJsonCaption(encodeCaptionJson(message)),
    )
    const trans = [
      { lang: 'de-DE', texts: ['Hallo', '.'], isFinal: true },
      { lang: 'it-IT', texts: ['Ciao.'], isFinal: true },
    ]
    const translation = { ...message, words: [], trans, originalTranscript: { words } }
    expect(await readJsonCaption(encodeCaptionJson(translation, { version: 'v7.2' }))).toEqual(
      await readJsonCaption(encodeCaptionJson(translation)),
    )
  })
})
