import type { ReactNode } from 'react'
import type { CaptionLine } from '../captions/captionLine.js'
import { ORIGINAL } from '../captions/exportOptions.js'
import { findInText } from './findInText.js'
import { toLanguageAttributes } from './toLanguageAttributes.js'
import { toShownText } from './toShownText.js'

interface CaptionTextProps {
  line: CaptionLine
  /** The code of a translation, or `'original'`. */
  language: string
  /** Under a translation, also what was said. */
  showsOriginal: boolean
  /** What is looked for, by `toQuery`; it is marked. */
  query?: string
}

/** What a line says, in the language that somebody reads. */
export function CaptionText({
  line,
  language,
  showsOriginal,
  query = '',
}: CaptionTextProps): ReactNode {
  const shown = toShownText(line, language)
  const original = toShownText(line, ORIGINAL)
  const isTranslation = shown.text !== original.text
  return (
    <>
      <span className="stt-text" {...toLanguageAttributes(shown.language)}>
        {toParts(shown.text, shown.finalText, query)}
      </span>
      {showsOriginal && isTranslation && original.text && (
        <>
          {' '}
          <span className="stt-original" {...toLanguageAttributes(original.language)}>
            {toParts(original.text, original.finalText, query)}
          </span>
        </>
      )}
    </>
  )
}

function toParts(text: string, finalText: string, query: string): ReactNode {
  const finalPart = text.startsWith(finalText) ? finalText : ''
  const tail = text.slice(finalPart.length)
  return (
    <>
      {finalPart && toMarked(finalPart, query)}
      {tail && <span className="stt-interim">{toMarked(tail, query)}</span>}
    </>
  )
}

function toMarked(given: string, query: string): ReactNode {
  const text = given.normalize('NFC')
  const ranges = findInText(text, query)
  if (ranges.length === 0) return given
  const parts: ReactNode[] = []
  let at = 0
  for (const { start, end } of ranges) {
    parts.push(text.slice(at, start), <mark key={start}>{text.slice(start, end)}</mark>)
    at = end
  }
  return [...parts, text.slice(at)]
}
