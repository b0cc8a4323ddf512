import type { Transcript } from '../captions/transcript.js'
import { toShownText } from './toShownText.js'

const LOOKED_AT_LINES = 8
/** One alone may just be waiting for its translation. */
const MIN_MISSING = 2

/** Whether nobody translates what is being said into this language. */
export function isLanguageMissing(transcript: Transcript, language: string): boolean {
  let missing = 0
  for (const id of transcript.getIds().slice(-LOOKED_AT_LINES)) {
    const line = transcript.getLine(id)
    if (!line) continue
    if (line.translations[language]) return false
    if (line.isFinal && toShownText(line, language).isFallback) missing += 1
  }
  return missing >= MIN_MISSING
}
