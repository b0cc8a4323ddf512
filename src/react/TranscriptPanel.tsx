'use client'

import { type ReactNode, useMemo, useState, useSyncExternalStore } from 'react'
import { ORIGINAL } from '../captions/exportOptions.js'
import type { Transcript } from '../captions/transcript.js'
import type { CaptionSettingsStore } from './createCaptionSettings.js'
import { createTranscriptSearch } from './createTranscriptSearch.js'
import { createTranscriptWindow } from './createTranscriptWindow.js'
import { toQuery } from './findInText.js'
import { TranscriptDownloads } from './TranscriptDownloads.js'
import { TranscriptFind } from './TranscriptFind.js'
import { TranscriptRows } from './TranscriptRows.js'
import { toLineStyle } from './toCaptionStyle.js'
import { type TranscriptPanelLabels, toPanelLabels } from './toPanelLabels.js'
import { useCaptionSettings } from './useCaptionSettings.js'
import { useTranscript } from './useTranscript.js'

/** What {@link TranscriptPanel} takes. */
export interface TranscriptPanelProps {
  /** The code of a translation, as `'de-DE'`, or `'original'`. @defaultValue what was chosen in the settings */
  language?: string | undefined
  /**
   * Gives the name of a speaker. Keep its identity between renders: another one renders every row.
   *
   * @defaultValue the uid, also where it gives nothing
   */
  getSpeakerName?: ((uid: string) => string | undefined) | undefined
  /** The name of downloads, without the ending. @defaultValue `'transcript'` */
  fileName?: string | undefined
  /** What it says in another language. @defaultValue in English */
  labels?: Partial<TranscriptPanelLabels> | undefined
  /** Goes beside `stt-panel`. */
  className?: string | undefined
  /** What is shown. @defaultValue the provider's */
  transcript?: Transcript | undefined
  /** How it looks. @defaultValue what all components of the page share */
  settings?: CaptionSettingsStore | undefined
}

/**
 * Everything that was said, however much: it can be scrolled, searched, copied and downloaded. It follows the end until
 * the reader scrolls up. Its height is `--stt-transcript-height`, 24rem unless the app says otherwise.
 *
 * @group Components
 * @param props what is shown, and how
 * @example
 * ```tsx
 * import { TranscriptPanel } from 'react-realtime-stt'
 *
 * const names = new Map([['7', 'Ada']])
 * const getSpeakerName = (uid: string) => names.get(uid)
 *
 * export const Transcript = () => (
 *   <TranscriptPanel getSpeakerName={getSpeakerName} fileName="standup" />
 * )
 * ```
 *
 * @throws {@link ConfigError} where there is no transcript
 */
export function TranscriptPanel({
  language,
  getSpeakerName,
  fileName = 'transcript',
  labels,
  className = '',
  transcript,
  settings,
}: TranscriptPanelProps): ReactNode {
  const source = useTranscript(transcript)
  const { choices } = useCaptionSettings(settings)
  const [typed, setTyped] = useState('')
  const asked = language ?? choices.language
  const { showsOriginal } = choices
  const query = toQuery(typed)
  const said = toPanelLabels(labels)
  const { speaker, time } = said

  const lineWindow = useMemo(() => createTranscriptWindow(source), [source])
  const { show } = lineWindow
  const search = useMemo(
    () =>
      createTranscriptSearch(source, {
        query,
        language: asked,
        showsOriginal,
        onCurrent: show,
      }),
    [source, query, asked, showsOriginal, show],
  )
  const { currentId } = useSyncExternalStore(
    search.subscribe,
    search.getSnapshot,
    search.getServerSnapshot,
  )
  const isEmpty = useSyncExternalStore(
    source.subscribeIds,
    () => source.getIds().length === 0,
    () => true,
  )
  const look = useMemo(
    () => ({
      transcript: source,
      language: asked,
      showsOriginal,
      query,
      toSpeaker: (uid: string) => speaker(getSpeakerName?.(uid) || uid),
      toTime: time,
      style: toLineStyle(choices),
    }),
    [source, asked, showsOriginal, query, speaker, getSpeakerName, time, choices],
  )

  return (
    <section className={`stt-panel ${className}`.trim()} aria-label={said.transcript}>
      <TranscriptFind query={typed} onQuery={setTyped} search={search} labels={said} />
      <TranscriptDownloads
        transcript={source}
        options={{ language: showsOriginal ? [asked, ORIGINAL] : asked, getSpeakerName }}
        fileName={fileName}
        labels={said}
      />
      {isEmpty ? (
        <p className="stt-empty">{said.empty}</p>
      ) : (
        <TranscriptRows
          lineWindow={lineWindow}
          look={look}
          currentId={currentId}
          label={said.lines}
          jumpLabel={said.jump}
        />
      )}
    </section>
  )
}
