'use client'

import { type ReactNode, useId, useMemo, useSyncExternalStore } from 'react'
import type { ExportOptions } from '../captions/exportOptions.js'
import type { ExportFormat } from '../captions/exportTranscript.js'
import type { Transcript } from '../captions/transcript.js'
import { createTranscriptFiles, type TranscriptFilesState } from './createTranscriptFiles.js'

/** What the buttons that copy and download a transcript say. */
export interface TranscriptDownloadsLabels {
  /** On the button that copies. @defaultValue `'Copy'` */
  copy: string
  /** Stands before the buttons of the formats. @defaultValue `'Download'` */
  download: string
  /** The names of the formats. @defaultValue `'WebVTT'`, `'SRT'`, `'Text'`, `'JSON'` */
  formats: Record<ExportFormat, string>
  /** What became of it. @defaultValue in English */
  states: Record<TranscriptFilesState, string>
}

interface TranscriptDownloadsProps {
  transcript: Transcript
  /** As the transcript is shown. */
  options: ExportOptions
  /** Without its ending. */
  fileName: string
  labels: TranscriptDownloadsLabels
}

const FORMATS: readonly ExportFormat[] = ['vtt', 'srt', 'text', 'json']

/** Buttons that copy the transcript, or download it. */
export function TranscriptDownloads({
  transcript,
  options,
  fileName,
  labels,
}: TranscriptDownloadsProps): ReactNode {
  const id = useId()
  const files = useMemo(() => createTranscriptFiles(transcript), [transcript])
  const state = useSyncExternalStore(files.subscribe, files.getSnapshot, files.getServerSnapshot)
  return (
    <div className="stt-downloads">
      <button type="button" className="stt-button" onClick={() => files.copy(options)}>
        {labels.copy}
      </button>{' '}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for what can be filled in */}
      <span role="group" aria-labelledby={id} className="stt-formats">
        <span id={id} className="stt-label">
          {labels.download}
        </span>{' '}
        {FORMATS.map((format) => (
          <button
            key={format}
            type="button"
            className="stt-button"
            aria-label={`${labels.download} ${labels.formats[format]}`}
            onClick={() => files.save(format, fileName, options)}
          >
            {labels.formats[format]}
          </button>
        ))}
      </span>{' '}
      <span role="status" className="stt-status">
        {labels.states[state]}
      </span>
    </div>
  )
}
