import {
  type CaptionLine,
  type CaptionMessage,
  createTranscript,
  type Transcript,
} from 'react-realtime-stt/core'
import { expect } from 'vitest'

export const AT = 1_782_717_974_000
export const BOT = '900000001'

/** `'text'` is provisional, `['text']` is final, at `startMs` where given. */
export type Piece = string | readonly [text: string, startMs?: number, durationMs?: number]

export const toWords = (pieces: readonly Piece[]) =>
  pieces.map((piece) => {
    if (typeof piece === 'string') return { text: piece, isFinal: false }
    const [text, startMs, durationMs] = piece
    return { text, isFinal: true, startMs, durationMs }
  })

const toTrans = (trans: Readonly<Record<string, readonly Piece[]>>) =>
  Object.entries(trans).flatMap(([lang, pieces]) =>
    toWords(pieces).map(({ text, isFinal }) => ({ lang, texts: [text], isFinal })),
  )

export interface Message {
  uid?: string
  /** When its text was made, in ms. */
  at: number
  words?: readonly Piece[]
  trans?: Readonly<Record<string, readonly Piece[]>>
}

/** v7.2 and later: `sentence` is its beginning, in ms. */
export function named({
  uid = '7',
  at,
  words = [],
  trans = {},
  sentence = 0,
}: Message & { sentence?: number }): CaptionMessage {
  const isFinal = [words, ...Object.values(trans)].flat().some((piece) => typeof piece !== 'string')
  return {
    uid,
    textTs: AT + at,
    sentenceId: String(AT + sentence),
    time: isFinal ? AT + sentence : 0,
    durationMs: at - sentence,
    culture: 'en-US',
    words: toWords(words),
    trans: toTrans(trans),
  }
}

/** v6 and v7.0: `began` is the beginning of its sentence, in ms. */
export function nameless({ began = 0, ...message }: Message & { began?: number }): CaptionMessage {
  return { ...named({ ...message, sentence: began }), sentenceId: undefined }
}

/** v5: nothing but its number tells which message is newer. */
export const numbered = (seqnum: number, ...words: readonly Piece[]): CaptionMessage => ({
  ...nameless({ at: 0, words }),
  textTs: undefined,
  seqnum,
})

export function transcriptOf(messages: readonly CaptionMessage[], options = {}): Transcript {
  const transcript = createTranscript(options)
  for (const message of messages) transcript.ingest(message, BOT)
  return transcript
}

export const linesOf = (transcript: Transcript) =>
  transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])

export const linesAfter = (...messages: readonly CaptionMessage[]) =>
  linesOf(transcriptOf(messages))
export const textsAfter = (...messages: readonly CaptionMessage[]) =>
  linesAfter(...messages).map(({ text }) => text)

export function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}

/** Whatever order they come in, each of them once or twice. */
export function inEveryOrder(messages: readonly CaptionMessage[]): CaptionLine[] {
  const [first = [], ...others] = permutations(messages).map((some) => linesAfter(...some, ...some))
  for (const other of others) expect(other).toEqual(first)
  return first
}
