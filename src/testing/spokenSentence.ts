import { type CaptionWire, hasSentenceIds } from './captionWire.js'
import type { ScriptedSentence } from './conversationScript.js'
import { splitWords } from './hearWords.js'

/** A part of a sentence that becomes final by itself. */
interface SpokenPiece {
  text: string
  words: readonly string[]
  /** In ms since the conversation began. */
  startMs: number
  endMs: number
  /** The service leaves out the space between clauses that it sends as pieces. */
  isSpaceLeftOut: boolean
}

/** A sentence as the caption bot of a certain version tells it apart. */
export interface SpokenSentence {
  uid: string
  language: string
  pieces: readonly SpokenPiece[]
  translations: readonly { lang: string; pieces: readonly string[] }[]
  corrections: Readonly<Record<string, string>>
  isFinished: boolean
}

const ENDS_CLAUSE = /[.,;:!?]$/
const BEGINS_SPACED_WORD = /^ [\p{scx=Latn}\p{N}]/u

export function toSpokenSentence(
  scripted: ScriptedSentence,
  wire: CaptionWire,
  random: () => number,
): SpokenSentence {
  const { uid, startMs: beganMs, durationMs, language = 'en-US', corrections = {} } = scripted
  const isOnePiece = !hasSentenceIds(wire)
  const toPieces = (text: string | readonly string[]) =>
    typeof text === 'string' ? [text] : isOnePiece ? [text.join('')] : text
  const texts = toPieces(scripted.text)
  const wordsOf = texts.map(splitWords)
  const wordMs = durationMs / Math.max(1, wordsOf.flat().length)
  const leavesOutSpaces = random() < 0.5
  let wordsBefore = 0
  const atWord = (count: number) => Math.round(beganMs + count * wordMs)
  const pieces = texts.map((text, index) => {
    const words = wordsOf[index] ?? []
    const startMs = atWord(wordsBefore)
    wordsBefore += words.length
    const endMs = atWord(wordsBefore)
    const isSpaceLeftOut =
      leavesOutSpaces && BEGINS_SPACED_WORD.test(text) && ENDS_CLAUSE.test(texts[index - 1] ?? '')
    return { text, words, startMs, endMs, isSpaceLeftOut }
  })
  const translations = Object.entries(scripted.translations ?? {}).map(([lang, text]) => ({
    lang,
    pieces: toPieces(text),
  }))
  return {
    uid,
    language,
    pieces,
    translations,
    corrections,
    isFinished: scripted.isFinished ?? true,
  }
}
