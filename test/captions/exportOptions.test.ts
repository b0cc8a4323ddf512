import {
  type CaptionLine,
  ConfigError,
  type ExportedLine,
  type ExportOptions,
  jsonChunks,
  srtChunks,
  textChunks,
  toJson,
  toSrt,
  toText,
  toWebVtt,
  webVttChunks,
} from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import { BEGAN_AT, toLine } from './spokenLines.ts'

const EXPORTERS = [
  ['toWebVtt', toWebVtt, webVttChunks],
  ['toSrt', toSrt, srtChunks],
  ['toText', toText, textChunks],
  ['toJson', toJson, jsonChunks],
] as const

const inGerman = (text: string) => ({ 'de-DE': { text, isFinal: true } })
const fromJson = (json: string): ExportedLine[] => JSON.parse(json)

/** What is shown, without times. */
const rowsOf = (lines: readonly CaptionLine[], options?: ExportOptions) =>
  toText(lines, options)
    .trimEnd()
    .split('\n')
    .map((row) => row.replace(/^\[\d+:\d\d:\d\d\] /, ''))

/** The times of each cue. */
const timesOf = (lines: readonly CaptionLine[], options?: ExportOptions) =>
  toWebVtt(lines, options)
    .split('\n')
    .filter((row) => row.includes('-->'))

describe.each(EXPORTERS)('%s', (_, toFile, toChunks) => {
  test('default: nobody has said anything', () => {
    const empty = { toWebVtt: 'WEBVTT\n', toSrt: '', toText: '', toJson: '[\n]\n' }
    expect(toFile([])).toBe(empty[toFile.name as keyof typeof empty])
  })

  test('default: chunks make the whole, and a long file is more than one', () => {
    const lines = Array.from({ length: 1_000 }, (_, index) =>
      toLine({ text: `Sentence ${index}.`, startedAt: BEGAN_AT + index * 700 }),
    )
    const chunks = [...toChunks(lines)]
    expect(chunks.join('')).toBe(toFile(lines))
    expect(chunks.length).toBeGreaterThan(3)
    for (const chunk of chunks) expect(chunk.length).toBeLessThan(150_000)
    for (const count of [1, 254, 255, 256, 257, 511, 512, 513]) {
      const some = lines.slice(0, count)
      expect([...toChunks(some)].join('')).toBe(toFile(some))
      expect(toFile(some).match(/(?:: |>|"text":")Sentence/g)).toHaveLength(count)
    }
  })

  test('default: lines may come from anything that has them, and are left as they are', () => {
    const lines = [toLine({ startedAt: BEGAN_AT + 9 }), toLine()].map((line) => Object.freeze(line))
    const given = Object.freeze(lines)
    expect(toFile(new Set(given))).toBe(toFile(given))
    expect([...toChunks(given.values())].join('')).toBe(toFile(given))
  })

  test('default: lines are in the order in which they began, then in that of the uids', () => {
    const said = (text: string, uid: string, afterMs: number) =>
      toLine({ text, uid, startedAt: BEGAN_AT + afterMs })
    const lines = [
      said('fifth', '7', 400),
      said('third', '12', 0),
      said('second', '9', 0),
      said('first', '7', -1),
      said('fourth', '4294967295', 0),
    ]
    const words = ['first', 'second', 'third', 'fourth', 'fifth']
    expect(toFile(lines).match(new RegExp(`(${words.join('|')})(?=\\n|","isFinal)`, 'g'))).toEqual(
      words,
    )
    expect(toFile([...lines].reverse())).toBe(toFile(lines))
  })

  test('default: only what is final, or left behind by its speaker', () => {
    const lines = [
      toLine({ text: 'Final and current.', isLive: true }),
      toLine({ text: 'Left behind.', isFinal: false, endedAt: null }),
      toLine({ text: 'Being spoken.', isFinal: false, isLive: true, endedAt: null }),
    ]
    const file = toFile(lines)
    expect(file).toContain('Final and current.')
    expect(file).toContain('Left behind.')
    expect(file).not.toContain('Being spoken.')
  })

  test('options: includeLive adds what is being spoken', () => {
    const line = toLine({ text: 'Being spo', isFinal: false, isLive: true, endedAt: null })
    expect(toFile([line], { includeLive: true })).toContain('Being spo')
    expect(toFile([line], { includeLive: false })).toBe(toFile([]))
  })

  test('behaviour: a line without anything to read is left out, and does not count', () => {
    const nothing = ['', ' ', '\n', '\0', '\u2028 \t'].map((text) => toLine({ text }))
    expect(toFile(nothing)).toBe(toFile([]))
    const file = toFile([...nothing, toLine(), ...nothing])
    expect(file.replaceAll(/line-\d+/g, '')).toBe(toFile([toLine()]).replaceAll(/line-\d+/g, ''))
  })

  test('options: getSpeakerName is asked at the time of the export', () => {
    const lines = [toLine({ uid: '7' }), toLine({ uid: '8' }), toLine({ uid: '9' })]
    const names = new Map([
      ['7', 'Ada'],
      ['8', ' \n '],
    ])
    const file = toFile(lines, { getSpeakerName: (uid) => names.get(uid) })
    expect(file).toContain('Ada')
    const speakers = fromJson(toJson(lines, { getSpeakerName: (uid) => names.get(uid) }))
    expect(speakers.map(({ speaker }) => speaker)).toEqual(['Ada', '8', '9'])
    names.set('7', 'Grace')
    expect(toFile(lines, { getSpeakerName: (uid) => names.get(uid) })).toContain('Grace')
  })

  const bad = [
    ['language', 3],
    ['language', null],
    ['language', ['de-DE', 3]],
    ['getSpeakerName', 'Ada'],
    ['startAt', '0'],
    ['startAt', new Date(0)],
    ['startAt', Number.NaN],
    ['startAt', Number.POSITIVE_INFINITY],
    ['includeLive', 1],
    ['lang', 'de-DE'],
    ['format', 'vtt'],
    ['constructor', 'x'],
  ] as const

  test.each(bad)('options: %s cannot be %s, and that is said at once', (name, value) => {
    const options = { [name]: value } as ExportOptions
    for (const run of [() => toFile([], options), () => toChunks([], options)]) {
      expect(run).toThrow(ConfigError)
      expect(run).toThrow(`${name}: must be `)
      expect(run).toThrow(String(value))
    }
  })

  test('options: one that is undefined is left out', () => {
    const lines = [toLine()]
    const options = {
      language: undefined,
      getSpeakerName: undefined,
      startAt: undefined,
      includeLive: undefined,
    }
    expect(toFile(lines, options)).toBe(toFile(lines))
  })
})

test('default: text has the time, the speaker and what was spoken', () => {
  const lines = [toLine(), toLine({ uid: '12', text: 'Hi.', startedAt: BEGAN_AT + 3_661_999 })]
  expect(toText(lines)).toBe('[00:00:00] 7: Good morning.\n[01:01:01] 12: Hi.\n')
})

test('default: JSON has all that is known, also in other languages', () => {
  const line = toLine({ text: ' Good\nmorning. ', translations: inGerman('Guten\nMorgen.') })
  const unended = toLine({ startedAt: BEGAN_AT + 500, endedAt: null, isFinal: false })
  const shared = { uid: '7', speaker: '7', language: 'en-US' }
  const exported = [
    {
      ...shared,
      id: line.id,
      text: ' Good\nmorning. ',
      isFinal: true,
      startedAt: BEGAN_AT,
      endedAt: BEGAN_AT + 2_000,
      startMs: 0,
      endMs: 2_000,
      translations: { 'de-DE': { text: 'Guten\nMorgen.', isFinal: true } },
    },
    {
      ...shared,
      id: unended.id,
      text: 'Good morning.',
      isFinal: false,
      startedAt: BEGAN_AT + 500,
      endedAt: null,
      startMs: 500,
      endMs: 1_500,
      translations: {},
    },
  ]
  expect(fromJson(toJson([line, unended]))).toEqual(exported)
  expect(fromJson(toJson([line, unended], { language: 'fr-FR' }))).toEqual(exported)
})

test('behaviour: a lone half of a character does not break JSON', () => {
  const [line] = fromJson(toJson([toLine({ text: 'a\ud83d' })]))
  expect(line?.text).toBe('a\ud83d')
})

test('options: language is that of a translation, else what was spoken stands', () => {
  const lines = [
    toLine({ text: 'Good morning.', translations: inGerman('Guten Morgen.') }),
    toLine({
      text: 'Guten Tag.',
      language: 'de-DE',
      translations: { 'en-US': { text: 'Hello.', isFinal: true } },
    }),
    toLine({ text: 'Not translated yet.' }),
    toLine({ text: 'Translated to nothing.', translations: inGerman(' ') }),
  ]
  expect(rowsOf(lines, { language: 'de-DE' })).toEqual([
    '7: Guten Morgen.',
    '7: Guten Tag.',
    '7: Not translated yet.',
    '7: Translated to nothing.',
  ])
  const asSpoken = ['Good morning.', 'Guten Tag.', 'Not translated yet.', 'Translated to nothing.']
  expect(rowsOf(lines)).toEqual(asSpoken.map((text) => `7: ${text}`))
  expect(rowsOf(lines, { language: 'original' })).toEqual(rowsOf(lines))
})

test('options: language may be several, one under the other', () => {
  const lines = [
    toLine({ text: 'Good morning.', translations: inGerman('Guten Morgen.') }),
    toLine({ text: 'Guten Tag.', language: 'de-DE' }),
    toLine({ text: 'Not translated.' }),
  ]
  const both = ['7: Good morning.', 'Guten Morgen.', '7: Guten Tag.', '7: Not translated.']
  expect(rowsOf(lines, { language: ['original', 'de-DE'] })).toEqual(both)
  expect(rowsOf(lines, { language: ['en-US', 'de-DE'] })).toEqual(both)
  const [line] = lines
  expect(rowsOf([line as CaptionLine], { language: ['de-DE', 'original'] })).toEqual([
    '7: Guten Morgen.',
    'Good morning.',
  ])
  expect(rowsOf(lines, { language: ['fr-FR', 'it-IT'] })).toEqual(rowsOf(lines))
  expect(toWebVtt(lines, { language: ['original', 'de-DE'] })).toContain(
    '\n<v 7>Good morning.\nGuten Morgen.\n\n',
  )
  expect(toSrt(lines, { language: ['original', 'de-DE'] })).toContain(
    '\n7: Good morning.\nGuten Morgen.\n\n2\n',
  )
})

test('behaviour: what came only in translation is not left out', () => {
  const line = toLine({ text: '', translations: inGerman('Guten Morgen.') })
  for (const language of [undefined, 'original', 'fr-FR']) {
    expect(rowsOf([line], { language })).toEqual(['7: Guten Morgen.'])
  }
})

test('behaviour: a language that is named like a method is no language', () => {
  for (const language of ['constructor', '__proto__', 'toString']) {
    expect(rowsOf([toLine()], { language })).toEqual(['7: Good morning.'])
  }
})

test('options: startAt is 0:00, and what ended before is left out', () => {
  const said = (text: string, afterMs: number) => toLine({ text, startedAt: BEGAN_AT + afterMs })
  const lines = [said('one', 0), said('two', 1_000), said('three', 2_500)]
  expect(timesOf(lines, { startAt: BEGAN_AT - 5_000 })).toEqual([
    '00:00:05.000 --> 00:00:07.000',
    '00:00:06.000 --> 00:00:08.000',
    '00:00:07.500 --> 00:00:09.500',
  ])
  expect(timesOf(lines, { startAt: BEGAN_AT + 2_000 })).toEqual([
    '00:00:00.000 --> 00:00:01.000',
    '00:00:00.500 --> 00:00:02.500',
  ])
  expect(toSrt(lines, { startAt: BEGAN_AT + 2_000 })).toMatch(
    /^1\n.*\n7: two\n\n2\n.*\n7: three\n\n$/,
  )
  expect(rowsOf(lines, { startAt: BEGAN_AT + 2_000 })).toEqual(['7: two', '7: three'])
  const [line] = fromJson(toJson(lines, { startAt: BEGAN_AT + 2_000 }))
  expect(line).toMatchObject({ text: 'two', startMs: 0, endMs: 1_000, startedAt: BEGAN_AT + 1_000 })
})

test('options: startAt need not be whole', () => {
  const lines = [0, 1, 2].map((ms) =>
    toLine({ startedAt: BEGAN_AT + ms, endedAt: BEGAN_AT + ms + 1 }),
  )
  expect(timesOf(lines, { startAt: BEGAN_AT + 0.4 })).toEqual([
    '00:00:00.000 --> 00:00:00.001',
    '00:00:00.000 --> 00:00:00.001',
    '00:00:00.001 --> 00:00:00.002',
  ])
})

test('behaviour: a line without an end, or with one that cannot be, stays until it has been read', () => {
  const lasts = (text: string, endedAt: number | null) => timesOf([toLine({ text, endedAt })])[0]
  const forOneSecond = '00:00:00.000 --> 00:00:01.000'
  for (const endedAt of [null, 0, BEGAN_AT, BEGAN_AT - 1]) {
    expect(lasts('Short.', endedAt)).toBe(forOneSecond)
  }
  expect(lasts('Short.', BEGAN_AT + 1)).toBe('00:00:00.000 --> 00:00:00.001')
  expect(lasts('x'.repeat(100), null)).toBe('00:00:00.000 --> 00:00:06.000')
})
