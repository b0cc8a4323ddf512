'use client'

import { type CSSProperties, memo, type ReactNode } from 'react'
import type { Transcript } from '../captions/transcript.js'
import { CaptionText } from './CaptionText.js'
import { toLanguageAttributes } from './toLanguageAttributes.js'
import { toShownText } from './toShownText.js'
import { useCaption } from './useCaption.js'

/** What all rows have in common; the same object until one of it changes. */
export interface RowLook {
  transcript: Transcript
  language: string
  showsOriginal: boolean
  /** By `toQuery`. */
  query: string
  toSpeaker: (uid: string) => string
  toTime: (startedAt: number) => string
  style: CSSProperties
}

interface TranscriptRowProps {
  id: string
  look: RowLook
  /** The one that was found, and is shown. */
  isCurrent: boolean
}

/** One line; it renders again only when this line changes. Always one element: the window counts them. */
export const TranscriptRow = memo(function TranscriptRow({
  id,
  look,
  isCurrent,
}: TranscriptRowProps): ReactNode {
  const { transcript, language, showsOriginal, query, toSpeaker, toTime, style } = look
  const line = useCaption(id, { transcript })
  if (!line) return <p hidden />
  const shown = toShownText(line, language)
  if (!shown.text) return <p hidden />
  return (
    <p
      className={`stt-row ${isCurrent ? 'stt-current' : ''}`.trim()}
      dir={toLanguageAttributes(shown.language).dir}
      style={style}
    >
      <time className="stt-time" dateTime={new Date(line.startedAt).toISOString()}>
        {toTime(line.startedAt)}
      </time>{' '}
      <bdi className="stt-speaker">{toSpeaker(line.uid)}</bdi>{' '}
      <CaptionText line={line} language={language} showsOriginal={showsOriginal} query={query} />
    </p>
  )
})
