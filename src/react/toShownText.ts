import type { CaptionLine } from '../captions/captionLine.js'
import { ORIGINAL } from '../captions/exportOptions.js'

/** A line in the language that somebody reads. */
export interface ShownText {
  text: string
  /** Where it is not provisional. */
  finalText: string
  isFinal: boolean
  /** Of the text; empty where the service does not say. */
  language: string
  /** Another language was asked for, and is missing. */
  isFallback: boolean
}

/** The translation, else what was said: nothing that was said is left out. */
export function toShownText(line: CaptionLine, language: string): ShownText {
  const translation = line.translations[language]
  if (translation?.text) {
    const { text, isFinal } = translation
    return { text, finalText: isFinal ? text : '', isFinal, language, isFallback: false }
  }
  const { text, finalText, isFinal } = line
  const isAsked = language === ORIGINAL || isSameLanguage(language, line.language)
  return { text, finalText, isFinal, language: line.language, isFallback: !isAsked }
}

/** `'de-AT'` is what somebody wants who wants `'de-DE'`. */
const isSameLanguage = (one: string, other: string) => primaryOf(one) === primaryOf(other)

/** `'de'` of `'de-AT'`. */
const primaryOf = (language: string): string => language.split('-')[0]?.toLowerCase() ?? ''
