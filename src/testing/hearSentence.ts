import { type CaptionWire, hasSentenceIds, isSince } from './captionWire.js'
import type { SpokenSentence } from './spokenSentence.js'

/** How much of a sentence a recogniser has made out at a moment. */
export interface Hearing {
  /** In ms since the conversation began. */
  heardMs: number
  /** How many pieces are final. */
  finals: number
  /** Which piece is being spoken, and how many words of it were heard. */
  piece: number
  words: number
  /** Everything is said once more as one piece. */
  isWhole: boolean
}

const INTERIM_DELAY_MS = 200
const FINAL_DELAY_MS = 350
const MAX_WORDS_AT_ONCE = 3
const MIXED_CHANCE = 0.7
const LATE_FINAL_CHANCE = 0.2

export function hearSentence(
  { pieces, isFinished }: SpokenSentence,
  wire: CaptionWire,
  random: () => number,
): Hearing[] {
  const hearings: Hearing[] = []
  const upTo = (max: number) => 1 + Math.floor(random() * max)
  const hasMixed = isSince(wire, 'v7.2.3')
  let finals = 0
  let heardOfNext = 0
  for (const [index, { words, startMs, endMs }] of pieces.entries()) {
    const isLast = index === pieces.length - 1
    let count = heardOfNext
    while (count < words.length) {
      count = Math.min(words.length, count + upTo(MAX_WORDS_AT_ONCE))
      const share = count / words.length
      const heardMs = Math.round(startMs + (endMs - startMs) * share) + INTERIM_DELAY_MS
      hearings.push({ heardMs, finals, piece: index, words: count, isWhole: false })
    }
    heardOfNext = 0
    if (isLast && !isFinished) return hearings
    if (!isLast && hasMixed && random() < LATE_FINAL_CHANCE) continue
    finals = index + 1
    if (hasMixed && random() < MIXED_CHANCE) {
      heardOfNext = Math.min(upTo(MAX_WORDS_AT_ONCE), pieces[finals]?.words.length ?? 0)
    }
    const heardMs = endMs + FINAL_DELAY_MS
    hearings.push({ heardMs, finals, piece: finals, words: heardOfNext, isWhole: false })
  }
  const last = hearings.at(-1)
  if (last && wire.hasWholeAtEnd && hasSentenceIds(wire)) {
    hearings.push({ ...last, heardMs: last.heardMs + FINAL_DELAY_MS, isWhole: true })
  }
  return hearings
}
