import { expect, test } from 'vitest'
import {
  linesAfter,
  linesOf,
  nameless,
  numbered,
  permutations,
  textsAfter,
  transcriptOf,
} from './tellCaptions.js'

test('default: a final text takes over the line that has grown', () => {
  const transcript = transcriptOf([nameless({ at: 300, words: ['Good mor'] })])
  const ids = transcript.getIds()
  transcript.ingest(nameless({ at: 600, words: [['Good morning.']] }))
  transcript.ingest(nameless({ at: 900, began: 700, words: ['How'] }))
  expect(linesOf(transcript)).toMatchObject([
    { id: ids[0], text: 'Good morning.', isFinal: true, isLive: false },
    { text: 'How', isFinal: false, isLive: true },
  ])
})

test('behaviour: what is provisional belongs to the first final text after it', () => {
  const final = nameless({ at: 600, words: [['Good morning.']] })
  const late = nameless({ at: 300, words: ['Good mor'] })
  expect(textsAfter(late, final)).toEqual(['Good morning.'])
  expect(textsAfter(final, late)).toEqual(['Good morning.'])
})

test('behaviour: what is newer than a final text that comes late gets a line of its own', () => {
  const lines = linesAfter(
    nameless({ at: 300, words: ['Good mor'] }),
    nameless({ at: 900, began: 700, words: ['How are'] }),
    nameless({ at: 600, words: [['Good morning.']] }),
  )
  expect(lines).toMatchObject([
    { text: 'Good morning.', isFinal: true, isLive: false },
    { text: 'How are', isFinal: false, isLive: true },
  ])
})

test('behaviour: a final text older than another stands in front of it', () => {
  const transcript = transcriptOf([nameless({ at: 900, began: 700, words: [['How are you?']] })])
  const [id] = transcript.getIds()
  transcript.ingest(nameless({ at: 600, words: [['Good morning.']] }))
  expect(linesOf(transcript)).toMatchObject([
    { text: 'Good morning.', isLive: false },
    { id, text: 'How are you?', isLive: true },
  ])
})

test('behaviour: a final text and what follows it, in one message, are two lines', () => {
  const mixed = nameless({ at: 600, words: [['Good morning.'], 'How'] })
  const next = nameless({ at: 900, words: ['How are'] })
  const last = nameless({ at: 1_200, began: 700, words: [['How are you?']] })
  for (const messages of permutations([mixed, next, last])) {
    expect(textsAfter(...messages)).toEqual(['Good morning.', 'How are you?'])
  }
  expect(linesAfter(mixed)).toMatchObject([
    { text: 'Good morning.', isFinal: true },
    { text: 'How', isFinal: false },
  ])
})

test('behaviour: numbers of v5 are an order as good as any', () => {
  const texts = textsAfter(
    numbered(2, 'Good morning'),
    numbered(5, ['How are you?']),
    numbered(4, 'How are'),
    numbered(3, ['Good morning.']),
    numbered(1, 'Good mor'),
  )
  expect(texts).toEqual(['Good morning.', 'How are you?'])
})
