import { createTranscript } from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import { inEveryOrder, linesAfter, linesOf, named, type Piece } from './tellCaptions.js'

describe('one text', () => {
  test('default: what is newer takes the place of what was provisional', () => {
    const lines = inEveryOrder([
      named({ at: 300, words: ['their'] }),
      named({ at: 600, words: ['there is'] }),
      named({ at: 900, words: ['there is a'] }),
    ])
    expect(lines).toMatchObject([{ text: 'there is a', finalText: '', isFinal: false }])
  })

  test('behaviour: messages of the same text_ts are all taken in, in whatever order', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: ['I'] }),
      named({ at: 300, words: ['I do', ' not'] }),
      named({ at: 300, words: [['I do.']] }),
      named({ at: 300, words: ['A do'] }),
    ])
    expect(line).toMatchObject({ text: 'I do.', isFinal: true })
  })

  test('behaviour: what is provisional, and late, changes nothing of what is final', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: ['I'] }),
      named({ at: 600, words: ['I do not'] }),
      named({ at: 900, words: [['I do.']] }),
    ])
    expect(line).toMatchObject({ text: 'I do.', isFinal: true })
  })
})

describe('segments', () => {
  test('default: what follows the last final segment is provisional, the rest is not', () => {
    const [line] = linesAfter(
      named({ at: 900, words: [['Good morning,'], ' every', ['body'], '. How'] }),
    )
    expect(line).toMatchObject({
      text: 'Good morning, everybody. How',
      finalText: 'Good morning, everybody',
      isFinal: false,
    })
  })

  test('behaviour: only the newest message says what is provisional', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['Good morning.', 10, 290], ' Haw'] }),
      named({ at: 600, words: [[' How are you?', 300, 300]] }),
    ])
    expect(line).toMatchObject({ text: 'Good morning. How are you?', isFinal: true })
  })
})

describe('several final pieces of a sentence', () => {
  test('default: a piece alone goes on from those before it, which are not sent again', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['One.', 10, 290], ' Tw'] }),
      named({ at: 600, words: [['Two.', 300, 300], 'Th'] }),
      named({ at: 900, words: [['Three.', 600, 300]] }),
    ])
    expect(line?.text).toBe('One. Two. Three.')
  })

  test('default: pieces that are sent again with each other are not doubled', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['One.', 10, 290], ' Tw'] }),
      named({ at: 600, words: [['One.', 10, 290], ['Two.', 300, 300], 'Th'] }),
      named({
        at: 900,
        words: [
          ['One.', 10, 290],
          ['Two.', 300, 300],
          ['Three.', 600, 300],
        ],
      }),
    ])
    expect(line?.text).toBe('One. Two. Three.')
  })

  test('behaviour: a whole sentence sent again takes the place of its pieces', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['one', 10, 290]] }),
      named({ at: 600, words: [[' two', 300, 300]] }),
      named({ at: 900, words: [['One, two!', 10, 590]] }),
    ])
    expect(line?.text).toBe('One, two!')
  })

  test('behaviour: of the same piece, the longer text counts', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['I do', 10, 290]] }),
      named({ at: 400, words: [['I do not', 10, 290]] }),
      named({ at: 600, words: [[' know.', 300, 300]] }),
    ])
    expect(line?.text).toBe('I do not know.')
  })

  test('behaviour: a piece sent again leaves the one that follows where it is', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['好好', 10, 290]] }),
      named({ at: 600, words: [['好', 300, 300]] }),
      named({ at: 900, words: [['好好', 10, 290]] }),
    ])
    expect(line?.text).toBe('好好好')
  })

  test('behaviour: a piece that begins like the one before is not taken for it', () => {
    const [line] = inEveryOrder([
      named({ at: 300, words: [['Yes.', 10, 290]] }),
      named({ at: 600, words: [['Yes. I do.', 300, 300]] }),
    ])
    expect(line?.text).toBe('Yes. Yes. I do.')
  })

  test.each<[string, readonly (readonly Piece[])[], string]>([
    [
      'sent again with each other',
      [[['One']], [['One'], [' two']], [['One'], [' two'], [' three']]],
      'One two three',
    ],
    ['as one text that grows', [[['One']], [['One two']], [['One two three']]], 'One two three'],
    ['alone', [[['One']], [[' two']], [[' three']]], 'One two three'],
    ['alone, and then the whole', [[['One']], [[' two']], [['One two']]], 'One two'],
    [
      'of which one ends like the one before',
      [[['はい']], [['そうです、はい']]],
      'はいそうです、はい',
    ],
    ['of which one is said twice', [[['No']], [[' no']], [[' no']]], 'No no no'],
  ])('behaviour: without starts, pieces %s', (_, pieces, text) => {
    const messages = pieces.map((words, index) => named({ at: 300 * (index + 1), words }))
    expect(inEveryOrder(messages)[0]?.text).toBe(text)
  })

  test('behaviour: a whole that comes before one of its pieces is known by what was said', () => {
    const messages = [
      named({ at: 600, words: [[' two']] }),
      named({ at: 900, words: [['One two']] }),
      named({ at: 300, words: [['One']] }),
    ]
    const transcript = createTranscript()
    const seen = messages.map((message) => {
      transcript.ingest(message)
      return linesOf(transcript)[0]?.text
    })
    expect(seen).toEqual([' two', 'One two', 'One two'])
  })
})

describe('joining pieces', () => {
  test.each<[string, string, string]>([
    ['Good morning,', 'everybody', 'Good morning, everybody'],
    ['Good morning,', ' everybody', 'Good morning, everybody'],
    ['Good morn', 'ing', 'Good morning'],
    ['He said "no."', 'Then', 'He said "no." Then'],
    ['Yes.', '42', 'Yes. 42'],
    ['Oui !', '«Non»', 'Oui !«Non»'],
    ['你好。', '世界', '你好。世界'],
    ['你好.', '世界', '你好.世界'],
    ['สวัสดี.', 'ครับ', 'สวัสดี.ครับ'],
    ['Да.', 'Нет', 'Да. Нет'],
    ['네.', '아니요', '네. 아니요'],
    ['نعم،', 'لا', 'نعم، لا'],
  ])('default: %j and %j', (left, right, text) => {
    const words: Piece[] = [
      [left, 10, 290],
      [right, 300, 300],
    ]
    expect(linesAfter(named({ at: 600, words }))[0]?.finalText).toBe(text)
    const apart = words.map((word, index) => named({ at: 300 * (index + 1), words: [word] }))
    expect(linesAfter(...apart)[0]?.finalText).toBe(text)
    expect(linesAfter(named({ at: 600, words: [left, right] }))[0]?.text).toBe(text)
  })
})
