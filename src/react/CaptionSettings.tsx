'use client'

import { type ReactNode, useContext, useId, useSyncExternalStore } from 'react'
import { ORIGINAL } from '../captions/exportOptions.js'
import type { Transcript } from '../captions/transcript.js'
import { CaptionSelect } from './CaptionSelect.js'
import type { CaptionSettingsStore } from './createCaptionSettings.js'
import { findLanguages } from './findLanguages.js'
import { toLineStyle } from './toCaptionStyle.js'
import { type CaptionSettingsLabels, toSettingsLabels } from './toSettingsLabels.js'
import { useCaptionSettings } from './useCaptionSettings.js'
import { TranscriptContext } from './useTranscript.js'

/** What {@link CaptionSettings} takes. */
export interface CaptionSettingsProps {
  /** The codes of the translations on offer. @defaultValue those of what was said lately */
  languages?: readonly string[] | undefined
  /** What it says in another language. @defaultValue in English */
  labels?: Partial<CaptionSettingsLabels> | undefined
  /** Goes beside `stt-settings`. */
  className?: string | undefined
  /** Where `languages` are looked for. @defaultValue the provider's, if there is one */
  transcript?: Transcript | undefined
  /** Where choices are kept. @defaultValue what all components of the page share */
  settings?: CaptionSettingsStore | undefined
}

const SIZES = [0.75, 1, 1.25, 1.5, 2, 3]
const OPACITIES = [0, 0.25, 0.5, 0.75, 1]
const POSITIONS = ['bottom', 'top'] as const

const toPercent = (value: number) => [value, `${value * 100}%`] as const
const listenToNothing = () => () => {}

/**
 * How a person wants captions to look, and in which language: native controls and a preview. What is chosen is kept in
 * this browser, and shows at once in every component and tab.
 *
 * @group Components
 * @param props what is on offer
 * @example
 * ```tsx
 * import { CaptionSettings } from 'react-realtime-stt'
 *
 * export const Settings = () => <CaptionSettings languages={['de-DE', 'fr-FR']} />
 * ```
 */
export function CaptionSettings({
  languages,
  labels,
  className = '',
  transcript,
  settings,
}: CaptionSettingsProps): ReactNode {
  const originalId = useId()
  const provided = useContext(TranscriptContext)
  const source = transcript ?? provided
  const { choices, choose, reset } = useCaptionSettings(settings)
  // A string: the same while the languages are.
  const seen = useSyncExternalStore(
    source?.subscribe ?? listenToNothing,
    () => (source ? findLanguages(source).join(' ') : ''),
    () => '',
  )
  const said = toSettingsLabels(labels)
  const offered = languages ?? seen.split(' ').filter(Boolean)
  const isOffered = choices.language === ORIGINAL || offered.includes(choices.language)
  const colors = Object.entries(said.colors)
  const toColors = (chosen: string | undefined) =>
    chosen === undefined || chosen in said.colors ? colors : [...colors, [chosen, chosen] as const]

  return (
    <fieldset className={`stt-settings ${className}`.trim()}>
      <legend className="stt-legend">{said.settings}</legend>
      <CaptionSelect
        label={said.language}
        value={choices.language}
        choices={[
          [ORIGINAL, said.original],
          ...[...offered, ...(isOffered ? [] : [choices.language])].map(
            (code) => [code, said.languageName(code)] as const,
          ),
        ]}
        onChoose={(language) => choose({ language: language ?? ORIGINAL })}
      />
      <div className="stt-field">
        <input
          id={originalId}
          type="checkbox"
          className="stt-checkbox"
          checked={choices.showsOriginal}
          onChange={({ target }) => choose({ showsOriginal: target.checked })}
        />{' '}
        <label htmlFor={originalId} className="stt-label">
          {said.showsOriginal}
        </label>
      </div>
      <CaptionSelect
        label={said.textSize}
        unsetLabel={said.unset}
        value={choices.textSize}
        choices={SIZES.map(toPercent)}
        onChoose={(textSize) => choose({ textSize })}
      />
      <CaptionSelect
        label={said.textColor}
        unsetLabel={said.unset}
        value={choices.textColor}
        choices={toColors(choices.textColor)}
        onChoose={(textColor) => choose({ textColor })}
      />
      <CaptionSelect
        label={said.backgroundColor}
        unsetLabel={said.unset}
        value={choices.backgroundColor}
        choices={toColors(choices.backgroundColor)}
        onChoose={(backgroundColor) => choose({ backgroundColor })}
      />
      <CaptionSelect
        label={said.backgroundOpacity}
        unsetLabel={said.unset}
        value={choices.backgroundOpacity}
        choices={OPACITIES.map(toPercent)}
        onChoose={(backgroundOpacity) => choose({ backgroundOpacity })}
      />
      <CaptionSelect
        label={said.position}
        unsetLabel={said.unset}
        value={choices.position}
        choices={POSITIONS.map((position) => [position, said[position]] as const)}
        onChoose={(position) => choose({ position })}
      />
      <div className="stt-preview">
        <p className="stt-line" style={toLineStyle(choices)}>
          {said.sample}
        </p>
      </div>
      <button type="button" className="stt-button" onClick={reset}>
        {said.reset}
      </button>
    </fieldset>
  )
}
