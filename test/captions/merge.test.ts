import { type CaptionLine, type CaptionMessage, createTranscript } from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import {
  AT,
  BOT,
  inEveryOrder,
  linesAfter,
  linesOf,
  type Message,
  named,
  nameless,
  numbered,
  type Piece,
  textsAfter,
  transcriptOf,
} from './tellCaptions.js'

describe('lines of named sentences', () => {
  test('default: in the order of their ids, and of their speakers where those are equal', () => {
    const lines = inEveryOrder([
      named({ uid: '10', sentence: 100, at: 900, words: [['B2']] }),
      named({ uid: '9', sentence: 100, at: 950, words: [['B1']] }),
      named({ uid: '9', sentence: 0, at: 1_000, words: [['A']] }),
      named({ uid: '10', sentence: 200, at: 300, words: ['C'] }),
    ])
    expect(lines.map(({ text }) => text)).toEqual(['A', 'B1', 'B2', 'C'])
    expect(new Set(lines.map(({ id }) => id)).size).toBe(4)
  })

  test('behaviour: an id that is no moment names a sentence, and says nothing of its place', () => {
    const withId = (sentenceId: string, at: number, words: readonly Piece[]) => ({
      ...named({ at, words }),
      sentenceId,
    })
    const texts = textsAfter(
      withId('2', 300, ['Fir']),
      withId('1', 600, [['Second.']]),
      withId('2', 900, [['First.']]),
    )
    expect(texts).toEqual(['First.', 'Second.'])
  })
})

describe('what is final', () => {
  test('default: a sentence that goes on is not final any more, and its final text only grows', () => {
    const transcript = createTranscript()
    const seen = [
      named({ at: 300, words: [['One.', 10, 290]] }),
      named({ at: 400, words: ['Tw'] }),
      named({ at: 600, words: [['Two.', 300, 300]] }),
    ].map((message) => {
      transcript.ingest(message)
      return linesOf(transcript)[0]
    })
    expect(seen).toMatchObject([
      { text: 'One.', finalText: 'One.', isFinal: true },
      { text: 'One. Tw', finalText: 'One.', isFinal: false },
      { text: 'One. Two.', finalText: 'One. Two.', isFinal: true },
    ])
  })

  test('behaviour: a service that takes back what was final is not followed', () => {
    const transcript = createTranscript()
    const finalTexts = [
      named({ at: 300, words: [['One two three', 10, 290]] }),
      named({ at: 600, words: [['One', 10, 290]] }),
      named({ at: 900, words: [['One', 10, 890]] }),
    ].map((message) => {
      transcript.ingest(message)
      return linesOf(transcript)[0]?.finalText
    })
    expect(new Set(finalTexts)).toEqual(new Set(['One two three']))
  })

  test('behaviour: the line of a speaker is live until a newer one comes, or the bot leaves', () => {
    const transcript = transcriptOf([
      named({ at: 300, words: ['One'] }),
      named({ uid: '9', sentence: 100, at: 400, words: ['Other'] }),
      named({ sentence: 500, at: 600, words: [['Two.']] }),
      named({ at: 450, words: [['One.']] }),
    ])
    const isLive = () => linesOf(transcript).map((line) => [line.text, line.isLive])
    expect(isLive()).toEqual([
      ['One.', false],
      ['Other', true],
      ['Two.', true],
    ])
    transcript.endSession('9')
    expect(isLive()[2]).toEqual(['Two.', true])
    transcript.endSession(BOT)
    expect(isLive()).toEqual([
      ['One.', false],
      ['Other', false],
      ['Two.', false],
    ])
  })

  test('behaviour: numbers begin anew with the next session of the bot', () => {
    const transcript = transcriptOf([numbered(1, 'Good'), numbered(2, ['Good morning.'])])
    transcript.endSession(BOT)
    transcript.ingest(numbered(1, 'How'), BOT)
    transcript.ingest(numbered(2, ['How are you?']), BOT)
    expect(linesOf(transcript).map(({ text }) => text)).toEqual(['Good morning.', 'How are you?'])
  })
})

describe('times', () => {
  test('default: from the beginning of what is final to its end', () => {
    const pieces = [
      named({ sentence: 5, at: 100, words: ['On'] }),
      { ...named({ at: 300, words: [['One.', 10, 290]] }), sentenceId: String(AT + 5) },
      {
        ...named({ at: 600, words: [['Two.', 300, 300]] }),
        sentenceId: String(AT + 5),
        time: AT + 300,
        durationMs: 300,
      },
    ]
    expect(linesAfter(...pieces.slice(0, 1))).toMatchObject([{ startedAt: AT + 5, endedAt: null }])
    expect(linesAfter(...pieces.slice(0, 2))).toMatchObject([{ startedAt: AT, endedAt: AT + 300 }])
    expect(inEveryOrder(pieces)).toMatchObject([{ startedAt: AT, endedAt: AT + 600 }])
  })

  test('behaviour: where nothing tells the beginning, it is when the text was made', () => {
    expect(linesAfter(nameless({ at: 300, words: ['On'] }))).toMatchObject([
      { startedAt: AT + 300, endedAt: null },
    ])
  })
})

describe('speakers', () => {
  test('default: what another says in between loses nothing of a sentence', () => {
    const [begun, between, ended] = [
      named({ at: 300, words: ['I was'] }),
      named({ uid: '9', sentence: 400, at: 600, words: [['Hello.']] }),
      named({ at: 900, words: [['I was saying.']] }),
    ]
    expect(inEveryOrder([begun, between, ended]).map(({ text }) => text)).toEqual([
      'I was saying.',
      'Hello.',
    ])
    const isNameless = { sentenceId: undefined }
    expect(
      textsAfter(
        { ...begun, ...isNameless },
        { ...between, ...isNameless },
        { ...ended, ...isNameless },
      ),
    ).toEqual(['I was saying.', 'Hello.'])
  })

  test('default: all of one speaker is kept, and everybody who has not finished is shown', () => {
    const transcript = createTranscript()
    for (const [index, uid] of ['1', '2', '3', '4'].entries()) {
      transcript.ingest(named({ uid, sentence: index, at: 300, words: [`I am ${uid}`] }))
    }
    for (const number of [1, 2, 3, 4]) {
      transcript.ingest(
        named({
          uid: '1',
          sentence: number * 1_000,
          at: number * 1_000 + 300,
          words: [[`No. ${number}`]],
        }),
      )
    }
    const texts = (lines: readonly CaptionLine[]) => lines.map(({ text }) => text)
    expect(texts(linesOf(transcript))).toEqual([
      'I am 1',
      'I am 2',
      'I am 3',
      'I am 4',
      'No. 1',
      'No. 2',
      'No. 3',
      'No. 4',
    ])
    expect(texts(transcript.getLive({ max: 1 }))).toEqual(['I am 2', 'I am 3', 'I am 4', 'No. 4'])
  })

  test.each<[string, (message: Message & { sentence: number }) => CaptionMessage]>([
    ['named', named],
    ['nameless', ({ sentence, ...message }) => nameless({ ...message, began: sentence })],
  ])(
    'options: maxLines, what comes late for a line that was removed stays away (%s)',
    (_, make) => {
      const say = (number: number, ...words: Piece[]) =>
        make({ sentence: number * 1_000, at: number * 1_000 + 300, words })
      const pruned: string[] = []
      const transcript = transcriptOf([say(1, ['One.']), say(2, ['Two.']), say(3, ['Three.'])], {
        maxLines: 2,
        onPrune: (lines: readonly CaptionLine[]) => pruned.push(...lines.map(({ text }) => text)),
      })
      transcript.ingest(say(1, ['One.']))
      transcript.ingest({ ...say(1, 'On'), textTs: AT + 1_100 })
      expect(linesOf(transcript).map(({ text }) => text)).toEqual(['Two.', 'Three.'])
      expect([pruned, transcript.counters]).toMatchObject([['One.'], { pruned: 1, late: 2 }])
    },
  )

  test('options: maxLines, a line that is removed after its session stays away as well', () => {
    const transcript = transcriptOf([named({ at: 300, words: [['One.']] })], { maxLines: 1 })
    transcript.endSession(BOT)
    transcript.ingest(named({ uid: '9', sentence: 2_000, at: 2_300, words: ['Other'] }))
    transcript.ingest(named({ at: 200, words: ['On'] }))
    expect(linesOf(transcript).map(({ text }) => text)).toEqual(['Other'])
  })

  test('options: maxLines, the numbers of a session that is over keep nothing out of the next', () => {
    const transcript = transcriptOf([numbered(90, ['One.'])], { maxLines: 1 })
    transcript.endSession(BOT)
    transcript.ingest(numbered(1, ['Two.']), BOT)
    transcript.ingest(numbered(2, 'Thr'), BOT)
    expect(linesOf(transcript).map(({ text }) => text)).toEqual(['Thr'])
  })
})
