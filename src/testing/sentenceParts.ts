import { type CaptionWire, isSince } from './captionWire.js'
import type { Hearing } from './hearSentence.js'
import { hearWords, splitWords } from './hearWords.js'
import type { SpokenSentence } from './spokenSentence.js'

/** A stretch of a sentence as one message has it. */
export interface SentencePart {
  text: string
  isFinal: boolean
  /** In ms since the conversation began. */
  startMs: number
  endMs: number
  /** By language: the same stretch. */
  translations: Readonly<Record<string, string>>
}

/** What a message says of a sentence. `from` is the first piece that it has. */
export function sentenceParts(
  sentence: SpokenSentence,
  { finals, piece: current, words, isWhole }: Hearing,
  from: number,
  wire: CaptionWire,
  random: () => number,
): SentencePart[] {
  const { pieces, corrections, translations } = sentence
  const isApart = isSince(wire, 'v7.2.3') && !isWhole
  const parts = pieces.slice(from, current + 1).flatMap((piece, offset): SentencePart[] => {
    const index = from + offset
    const isHeard = index < current
    const text = isHeard ? piece.text : hearWords(piece.words.slice(0, words), corrections, random)
    if (!text.trim()) return []
    const share = isHeard ? 1 : words / piece.words.length
    return [
      {
        text: piece.isSpaceLeftOut && (isApart || offset === 0) ? text.slice(1) : text,
        isFinal: index < finals,
        startMs: piece.startMs,
        endMs: Math.round(piece.startMs + (piece.endMs - piece.startMs) * share),
        translations: Object.fromEntries(
          translations.flatMap(({ lang, pieces: all }) => {
            if (all.length === pieces.length) return [[lang, firstWords(all[index] ?? '', share)]]
            const isEnd = index === pieces.length - 1 && isHeard
            return isEnd ? [[lang, all.join('')]] : []
          }),
        ),
      },
    ]
  })
  return isApart ? parts : asOne(parts)
}

function firstWords(text: string, share: number): string {
  const words = splitWords(text)
  return words.slice(0, Math.ceil(words.length * share)).join('')
}

/** Before v7.2.3, and where all is said once more, a message has one piece. */
function asOne(parts: readonly SentencePart[]): SentencePart[] {
  return parts.length < 2
    ? [...parts]
    : [
        parts.reduce((one, other) => ({
          text: one.text + other.text,
          isFinal: one.isFinal && other.isFinal,
          startMs: one.startMs,
          endMs: other.endMs,
          translations: Object.fromEntries(
            Object.keys({ ...one.translations, ...other.translations }).map((lang) => [
              lang,
              (one.translations[lang] ?? '') + (other.translations[lang] ?? ''),
            ]),
          ),
        })),
      ]
}
