import fc from 'fast-check'
import {
  type CaptionMessage,
  type CaptionWireVersion,
  type ConversationScript,
  encodeCaption,
  type PlayConversationOptions,
  playConversation,
} from 'react-realtime-stt/testing'
import { describe, expect, test } from 'vitest'

const EPOCH_AT = 1_780_000_000_000

const SCRIPT: ConversationScript = [
  {
    uid: '7',
    text: ['Good morning,', ' everybody.', ' How are you doing in their new house?'],
    startMs: 1_000,
    durationMs: 4_000,
    corrections: { their: 'there', morning: 'moaning' },
    translations: {
      'de-DE': ['Guten Morgen,', ' alle zusammen.', ' Wie geht es euch in ihrem neuen Haus?'],
      'zh-CN': '大家早上好。你们在他们的新家过得怎么样？',
    },
  },
  { uid: '42', text: 'はい、元気です。', language: 'ja-JP', startMs: 3_500, durationMs: 2_000 },
  { uid: '7', text: 'I am glad', startMs: 6_000, durationMs: 1_000, isFinished: false },
]

const WHOLE = 'Good morning, everybody. How are you doing in their new house?'

const messagesOf = (options: PlayConversationOptions, script = SCRIPT) =>
  playConversation(script, options).map(({ message }) => message)

const textOf = ({ words = [] }: CaptionMessage) => words.map(({ text }) => text).join('')
const isFinal = ({ words = [], trans = [] }: CaptionMessage) =>
  [...words, ...trans].some((piece) => piece.isFinal)
const said = (messages: readonly CaptionMessage[], uid = '7') =>
  messages.filter((message) => message.uid === uid && message.words)

test('default: words come one after the other, some are heard wrong at first, and all is final in the end', () => {
  const messages = said(messagesOf({ wire: 'v6', seed: 2 }))
  const texts = messages.map(textOf)
  expect(texts[0]).toMatch(/^Go/)
  expect(texts.some((text) => text.includes(' there'))).toBe(true)
  expect(messages.filter(isFinal).map(textOf)).toEqual([WHOLE])
  const first = messages.slice(0, texts.indexOf(WHOLE))
  expect(first.length).toBeGreaterThan(4)
  expect(first.map(({ durationMs = 0 }) => durationMs)).toEqual(
    first.map(({ durationMs = 0 }) => durationMs).sort((a, b) => a - b),
  )
  expect(texts.at(-1)).toBe('I am glad')
  expect(isFinal(messages.at(-1) ?? { uid: '' })).toBe(false)
})

test('default: each arrives after it was said, translations after their text', () => {
  const captions = playConversation(SCRIPT)
  const arrivals = captions.map(({ atMs }) => atMs)
  expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b))
  expect(arrivals[0]).toBeGreaterThan(1_000)
  for (const { atMs, message, from } of captions) {
    expect(from).toBe('900000001')
    const { textTs = 0, trans } = message
    expect(textTs - 1_780_000_000_000).toBeLessThan(atMs)
    if (!trans) continue
    const text = captions.find((one) => one.message.words && one.message.textTs === textTs)
    expect(text?.atMs).toBeLessThan(atMs)
  }
})

test('default: the same seed gives the same messages, another one others', () => {
  const play = (seed?: number) => JSON.stringify(messagesOf({ seed }))
  expect(play(3)).toBe(play(3))
  expect(play()).toBe(play(1))
  expect(play(3)).not.toBe(play(4))
})

test('behaviour: scripts without spaces come by the letter', () => {
  const texts = said(messagesOf({ wire: 'v6', seed: 3 }), '42').map(textOf)
  expect(texts.at(-1)).toBe('はい、元気です。')
  expect(texts.slice(0, -1).every((text) => 'はい、元気です。'.startsWith(text))).toBe(true)
  expect(texts.length).toBeGreaterThan(3)
})

describe('options: wire', () => {
  const fields = (version: CaptionWireVersion) => {
    const messages = messagesOf({ wire: version })
    return [...new Set(messages.flatMap((message) => Object.keys(message)))].sort()
  }

  test('v5, numbers that rise, and the same for a translation', () => {
    expect(fields('v5')).toEqual(['durationMs', 'seqnum', 'time', 'trans', 'uid', 'words'])
    const messages = messagesOf({ wire: 'v5' })
    const numbers = messages.filter(({ words }) => words).map(({ seqnum }) => seqnum)
    expect(numbers).toEqual(numbers.map((_, index) => index + 1))
    expect(messages.filter(({ trans }) => trans).every(({ seqnum = 0 }) => seqnum in numbers)).toBe(
      true,
    )
  })

  test('v6, also when a text was made, and its language', () => {
    expect(fields('v6')).toEqual([
      'culture',
      'dataType',
      'durationMs',
      'seqnum',
      'textTs',
      'time',
      'trans',
      'uid',
      'words',
    ])
    const messages = messagesOf({ wire: 'v6' })
    expect(messages.map(({ seqnum }) => seqnum)).toEqual(messages.map((_, index) => index + 1))
    const made = new Set(messages.flatMap(({ words, textTs }) => (words ? [textTs] : [])))
    expect(messages.every(({ textTs }) => made.has(textTs))).toBe(true)
  })

  test('v7.0, no numbers, and what was said beside a translation', () => {
    expect(fields('v7.0')).not.toContain('seqnum')
    const original = messagesOf({ wire: 'v7.0' }).findLast(({ trans }) => trans)?.originalTranscript
    expect(original?.words.map(({ text }) => text)).toEqual([WHOLE])
    const without = messagesOf({ wire: { version: 'v7.0', hasOriginal: false } })
    expect(without.some(({ originalTranscript }) => originalTranscript)).toBe(false)
  })

  test('v7.2, ids near the beginning of each sentence, and final pieces', () => {
    const messages = messagesOf({ wire: { version: 'v7.2', prefix: 'tail' } })
    const ids = [...new Set(said(messages).map(({ sentenceId }) => Number(sentenceId)))]
    expect(ids).toHaveLength(2)
    for (const [index, startMs] of [1_000, 6_000].entries()) {
      expect(Math.abs((ids[index] ?? 0) - EPOCH_AT - startMs)).toBeLessThanOrEqual(10)
    }
    const finals = said(messages).filter(isFinal).map(textOf)
    expect(finals.map((text) => text.trim())).toEqual([
      'Good morning,',
      'everybody.',
      'How are you doing in their new house?',
    ])
    expect(
      said(messagesOf({ wire: 'v7.2' }))
        .filter(isFinal)
        .map(textOf),
    ).toEqual(['Good morning,', 'Good morning, everybody.', WHOLE])
  })

  test('v7.2.3, final pieces and what follows them in one message', () => {
    const mixed = said(messagesOf({ wire: 'v7.2.3' })).filter(
      ({ words = [] }) => words[0]?.isFinal && words.at(-1)?.isFinal === false,
    )
    expect(mixed.length).toBeGreaterThan(0)
    expect(mixed[0]?.words?.[0]?.text).toBe('Good morning,')
  })

  test.each(['again', 'tail'] as const)('prefix %s', (prefix) => {
    const messages = said(messagesOf({ wire: { version: 'v7.2.3', prefix }, seed: 2 }))
    const last = messages.findLast(isFinal)
    const first = last?.words?.[0]?.text
    expect(first === 'Good morning,').toBe(prefix === 'again')
    expect(last?.words?.at(-1)?.text.trim()).toBe('How are you doing in their new house?')
  })

  test.each(['protobuf', 'json'] as const)('hasStarts, in %s', (format) => {
    const starts = (hasStarts: boolean) => {
      const messages = messagesOf({ wire: { version: 'v7.2.3', format, hasStarts } })
      return said(messages)
        .findLast(isFinal)
        ?.words?.map(({ startMs }) => startMs)
    }
    const [first = 0, ...others] = starts(true) ?? []
    expect(first - (format === 'json' ? EPOCH_AT : 0)).toBe(format === 'json' ? 1_000 : 6_000)
    expect(others.every((start = 0) => start > first)).toBe(true)
    expect(starts(false)?.every((start) => start === undefined)).toBe(true)
  })

  test('hasWholeAtEnd', () => {
    const finals = (hasWholeAtEnd: boolean) =>
      said(messagesOf({ wire: { version: 'v7.2.3', prefix: 'tail', hasWholeAtEnd } })).filter(
        isFinal,
      )
    expect(finals(true).at(-1)?.words).toMatchObject([
      { text: WHOLE, isFinal: true, durationMs: 4_000 },
    ])
    expect(finals(true)).toHaveLength(finals(false).length + 1)
  })

  test('JSON of v7.2.3 sends every message again without its pieces', () => {
    const messages = messagesOf({ wire: { version: 'v7.2.3', format: 'json' } })
    const empty = messages.filter(({ words, trans }) => !words && !trans)
    expect(empty).toHaveLength(messages.length / 2)
  })

  test('behaviour: what there never was is refused', () => {
    expect(() => messagesOf({ wire: { version: 'v6', format: 'json' } })).toThrow('v6')
    expect(() => messagesOf({ wire: 'v8' as 'v7.0' })).toThrow('v8')
  })
})

test('behaviour: time is told only of what is final', () => {
  for (const wire of ['v5', 'v7.2.3'] as const) {
    for (const message of messagesOf({ wire })) {
      expect((message.time ?? 0) > 0).toBe(isFinal(message))
    }
  }
})

test('behaviour: translations come by piece, or as a whole with the end', () => {
  const messages = messagesOf({ wire: { version: 'v7.2.3', prefix: 'again' } })
  const last = (lang: string) =>
    messages
      .findLast(({ trans }) => trans?.some((one) => one.lang === lang && one.isFinal))
      ?.trans?.filter((one) => one.lang === lang)
      .map(({ texts }) => texts.join(''))
  expect(last('de-DE')).toEqual(SCRIPT[0]?.translations?.['de-DE'])
  expect(last('zh-CN')).toEqual([SCRIPT[0]?.translations?.['zh-CN']])
})

test('default: bytes are those of the message, new ones each time', () => {
  const [caption] = playConversation(SCRIPT)
  expect(caption?.bytes).toEqual(encodeCaption(caption?.message ?? { uid: '' }))
  expect(caption?.bytes).not.toBe(caption?.bytes)
  const [json] = playConversation(SCRIPT, { wire: { version: 'v7.0', format: 'json' } })
  expect([...(json?.bytes.slice(0, 2) ?? [])]).toEqual([0x1f, 0x8b])
})

test('options: epochAt and botUid', () => {
  const [caption] = playConversation(SCRIPT, { epochAt: 5_000_000, botUid: '12' })
  expect(caption?.from).toBe('12')
  expect((caption?.message.textTs ?? 0) - 5_000_000).toBeLessThan(5_000)
})

describe('on the way', () => {
  const sorted = (messages: readonly CaptionMessage[]) =>
    messages.map((message) => JSON.stringify(message)).sort()
  const all = sorted(messagesOf({}))

  test('options: loss, of what is not final unless all can be lost', () => {
    const arrived = messagesOf({ loss: 1 })
    expect(arrived.every(isFinal)).toBe(true)
    expect(sorted(arrived)).toEqual(sorted(messagesOf({}).filter(isFinal)))
    expect(messagesOf({ loss: 1, lossOf: 'all' })).toEqual([])
    const some = messagesOf({ loss: 0.5, lossOf: 'all' })
    expect(some.length).toBeGreaterThan(0)
    expect(some.length).toBeLessThan(all.length)
  })

  test('options: reorder changes the order, and nothing else', () => {
    const late = messagesOf({ reorder: 2_000 })
    expect(sorted(late)).toEqual(all)
    expect(late).not.toEqual(messagesOf({}))
    const [clean, delayed] = [playConversation(SCRIPT), playConversation(SCRIPT, { reorder: 50 })]
    expect(delayed.at(-1)?.atMs).toBeLessThanOrEqual((clean.at(-1)?.atMs ?? 0) + 50)
  })

  test('options: duplicate lets some come twice', () => {
    const twice = sorted(messagesOf({ duplicate: 1 }))
    expect(twice).toEqual([...all, ...all].sort())
    expect(new Set(sorted(messagesOf({ duplicate: 0.5 }))).size).toBe(all.length)
  })
})

test('behaviour: whatever is said, the last final texts are what the script says', () => {
  const script = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(script, fc.integer(), (texts, seed) => {
      const sentences = texts.map((text, index) => ({
        uid: '7',
        text,
        startMs: index * 1_000,
        durationMs: 900,
      }))
      const finals = messagesOf({ wire: 'v6', seed }, sentences).filter(isFinal).map(textOf)
      expect(finals).toEqual(texts.filter((text) => text.trim()))
    }),
    { seed: 20_261_124 },
  )
})
