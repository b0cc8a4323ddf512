import { expect, test } from 'vitest'
import {
  inEveryOrder,
  linesAfter,
  linesOf,
  named,
  nameless,
  type Piece,
  toWords,
  transcriptOf,
} from './tellCaptions.js'

const german = { text: 'Guten Morgen.', isFinal: true }
const thai = { text: 'สวัสดี', isFinal: false }

test('default: by language, each newer and more final than what it was', () => {
  const [line] = inEveryOrder([
    named({ at: 300, words: [['Good morning.']] }),
    named({ at: 200, trans: { 'de-DE': ['Guten'] } }),
    named({ at: 300, trans: { 'de-DE': [['Guten Morgen.']] } }),
    named({ at: 250, trans: { 'th-TH': ['สวัสดี'] } }),
  ])
  expect(line).toMatchObject({
    text: 'Good morning.',
    translations: { 'de-DE': german, 'th-TH': thai },
  })
})

test('behaviour: in pieces, as the text is', () => {
  const [line] = inEveryOrder([
    named({ at: 300, words: [['One.', 10, 290], ' Tw'] }),
    named({ at: 300, trans: { 'de-DE': [['Eins.'], ' Zw'], 'th-TH': [['หนึ่ง']] } }),
    named({ at: 600, trans: { 'de-DE': [['Zwei.']], 'th-TH': [['สอง']] } }),
  ])
  expect(line?.translations).toEqual({
    'de-DE': { text: 'Eins. Zwei.', isFinal: true },
    'th-TH': { text: 'หนึ่งสอง', isFinal: true },
  })
})

test('behaviour: a better text and a translation that begin at the same time are both kept', () => {
  const [line] = inEveryOrder([
    named({ at: 300, words: [['Good moaning', 10, 290]] }),
    named({ at: 400, words: [['Good morning.', 10, 290]] }),
    named({ at: 400, trans: { 'de-DE': [['Guten Morgen.']] } }),
  ])
  expect(line).toMatchObject({ text: 'Good morning.', translations: { 'de-DE': german } })
})

test('behaviour: before v7.2 a final one waits for the text of its text_ts, one that is not belongs to the live line', () => {
  const transcript = transcriptOf([
    nameless({ at: 600, trans: { 'de-DE': [['Guten Morgen.']] } }),
    nameless({ at: 500, trans: { 'th-TH': ['สวัสดี'] } }),
  ])
  expect(linesOf(transcript)).toEqual([])
  transcript.ingest(nameless({ at: 900, began: 700, words: ['How are'] }))
  transcript.ingest(nameless({ at: 900, trans: { 'de-DE': ['Wie'] } }))
  transcript.ingest(nameless({ at: 600, words: [['Good morning.']] }))
  expect(linesOf(transcript)).toMatchObject([
    { text: 'Good morning.', translations: { 'de-DE': german } },
    { text: 'How are', translations: { 'de-DE': { text: 'Wie', isFinal: false } } },
  ])
})

test('behaviour: before v7.2 one that is not final is not taken for that of another sentence', () => {
  const [line] = linesAfter(
    nameless({ at: 600, words: [['Good morning.']] }),
    nameless({ at: 300, trans: { 'de-DE': ['Gute'] } }),
  )
  expect(line?.translations).toEqual({})
})

test('behaviour: a text that was lost is shown from beside its translation', () => {
  const originalTranscript = { culture: 'en-US', words: toWords([['Good morning.']]) }
  const [line] = linesAfter({
    ...named({ at: 300, trans: { 'de-DE': [['Guten Morgen.']] } }),
    originalTranscript,
  })
  expect(line).toMatchObject({ text: 'Good morning.', translations: { 'de-DE': german } })
})

test('behaviour: what came beside a translation takes the place of an older text only', () => {
  const beside = (at: number, ...pieces: Piece[]) => ({
    ...named({ at, trans: { 'de-DE': ['Guten'] } }),
    originalTranscript: { culture: 'en-US', words: toWords(pieces) },
  })
  const longer = named({ at: 300, words: ['Good morning every'] })
  const shorter = named({ at: 300, words: ['Good morning'] })
  const [line] = inEveryOrder([beside(300, 'Good morning'), longer, shorter])
  expect(line?.text).toBe('Good morning every')
  expect(inEveryOrder([beside(600, 'Good morning everybody'), longer])).toMatchObject([
    { text: 'Good morning everybody', finalText: '', isFinal: false },
  ])
})
