import type { Transcript } from '../captions/transcript.js'

const LOOKED_AT_LINES = 50

/** Into which languages what was said lately is translated: their codes, in order. */
export function findLanguages(transcript: Transcript): string[] {
  const languages = new Set<string>()
  for (const id of transcript.getIds().slice(-LOOKED_AT_LINES)) {
    const { translations = {} } = transcript.getLine(id) ?? {}
    for (const language of Object.keys(translations)) languages.add(language)
  }
  return [...languages].sort()
}
