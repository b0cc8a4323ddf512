'use client'

import { type ReactNode, useMemo, useSyncExternalStore } from 'react'
import type { Transcript } from '../captions/transcript.js'
import { CaptionAnnouncer } from './CaptionAnnouncer.js'
import { CaptionText } from './CaptionText.js'
import type { CaptionSettingsStore } from './createCaptionSettings.js'
import { createShownCaptions } from './createShownCaptions.js'
import { isLanguageMissing } from './isLanguageMissing.js'
import { toLineStyle, toOverlayStyle } from './toCaptionStyle.js'
import { toLanguageAttributes } from './toLanguageAttributes.js'
import { toLanguageName } from './toLanguageName.js'
import { toShownText } from './toShownText.js'
import { useCaptionSettings } from './useCaptionSettings.js'
import { useTranscript } from './useTranscript.js'

/** What {@link CaptionOverlay} says by itself. */
export interface CaptionOverlayLabels {
  /** Names the captions. @defaultValue `'Captions'` */
  captions: string
  /** Names what a screen reader says. @defaultValue `'Captions, as they are spoken'` */
  announcements: string
  /** What stands before a text. @defaultValue `` (name) => `${name}:` `` */
  speaker: (name: string) => string
  /** Where nobody translates into the language that was chosen. @defaultValue in English, with the language's name */
  missing: (language: string) => string
}

/** What {@link CaptionOverlay} takes. */
export interface CaptionOverlayProps {
  /** How many of the newest lines; whoever has not finished comes on top. @defaultValue `3` */
  max?: number | undefined
  /** The code of a translation, as `'de-DE'`, or `'original'`. @defaultValue what was chosen in the settings */
  language?: string | undefined
  /** Gives the name of a speaker. @defaultValue the uid, also where it gives nothing */
  getSpeakerName?: ((uid: string) => string | undefined) | undefined
  /** How fast people read, in words a minute: a finished line stays that long, 2–8 s. @defaultValue `200` */
  wordsPerMinute?: number | undefined
  /** Also lets screen readers say each sentence, once, when it is final. @defaultValue `false` */
  announce?: boolean | undefined
  /** What it says in another language. @defaultValue in English */
  labels?: Partial<CaptionOverlayLabels> | undefined
  /** Goes beside `stt-overlay`. */
  className?: string | undefined
  /** What is shown. @defaultValue the provider's */
  transcript?: Transcript | undefined
  /** How it looks. @defaultValue what all components of the page share */
  settings?: CaptionSettingsStore | undefined
}

const LABELS: CaptionOverlayLabels = {
  captions: 'Captions',
  announcements: 'Captions, as they are spoken',
  speaker: (name) => `${name}:`,
  missing: (language) =>
    `There are no captions in ${toLanguageName(language, 'en')}. This is what is being said.`,
}

/**
 * Captions over a call: the newest lines, and everybody who is speaking. A line goes when it has been read. It looks as
 * the app's style sheet says, or `react-realtime-stt/captions.css`; what a person chose in {@link CaptionSettings} comes
 * first. Shows no line on a server, and until the page is hydrated.
 *
 * @group Components
 * @param props what is shown, and how
 * @example
 * ```tsx
 * import { CaptionOverlay } from 'react-realtime-stt'
 * import 'react-realtime-stt/captions.css'
 *
 * export const Captions = ({ names }: { names: ReadonlyMap<string, string> }) => (
 *   <CaptionOverlay getSpeakerName={(uid) => names.get(uid)} announce />
 * )
 * ```
 *
 * @throws {@link ConfigError} where there is no transcript
 */
export function CaptionOverlay({
  max = 3,
  language,
  getSpeakerName,
  wordsPerMinute = 200,
  announce = false,
  labels,
  className = '',
  transcript,
  settings,
}: CaptionOverlayProps): ReactNode {
  const source = useTranscript(transcript)
  const { choices } = useCaptionSettings(settings)
  const asked = language ?? choices.language
  const shown = useMemo(
    () => createShownCaptions(source, { max, wordsPerMinute }),
    [source, max, wordsPerMinute],
  )
  const lines = useSyncExternalStore(shown.subscribe, shown.getSnapshot, shown.getServerSnapshot)
  const isMissing = useSyncExternalStore(
    source.subscribe,
    () => isLanguageMissing(source, asked),
    () => false,
  )
  const said = { ...LABELS, ...labels }
  const toSpeaker = (uid: string) => said.speaker(getSpeakerName?.(uid) || uid)

  return (
    <section
      className={`stt-overlay ${className}`.trim()}
      aria-label={said.captions}
      data-position={choices.position ?? 'bottom'}
      style={toOverlayStyle(choices)}
    >
      {isMissing && lines.length > 0 && <p className="stt-notice">{said.missing(asked)}</p>}
      {lines.map((line) => {
        const { text, language, isFallback } = toShownText(line, asked)
        if (!text) return null
        return (
          <p
            key={line.id}
            className={`stt-line ${isFallback ? 'stt-fallback' : ''}`.trim()}
            dir={toLanguageAttributes(language).dir}
            style={toLineStyle(choices)}
          >
            <bdi className="stt-speaker">{toSpeaker(line.uid)}</bdi>{' '}
            <CaptionText line={line} language={asked} showsOriginal={choices.showsOriginal} />
          </p>
        )
      })}
      {announce && (
        <CaptionAnnouncer
          transcript={source}
          language={asked}
          label={said.announcements}
          toSpeaker={toSpeaker}
        />
      )}
    </section>
  )
}
