import { useId } from 'react'
import { CaptionSettings, type CaptionSettingsStore } from 'react-realtime-stt'
import { LANGUAGE_NAMES, type Person, SPOKEN_LANGUAGES } from '../../people.ts'
import { SettingsIcon } from '../controls/Icons.tsx'
import { Toggle } from '../controls/Toggle.tsx'

interface CaptionSettingsButtonProps {
  person: Person
  settings: CaptionSettingsStore
  isAnnounced: boolean
  onAnnounced: (isAnnounced: boolean) => void
}

const languageName = (code: string) =>
  Object.entries(LANGUAGE_NAMES).find(([one]) => one === code)?.[1] ?? code

/** How a viewer wants captions, in a popover of the browser's own: Escape and a click beside it close it. */
export function CaptionSettingsButton(props: CaptionSettingsButtonProps) {
  const { person, settings, isAnnounced, onAnnounced } = props
  const id = useId()
  return (
    <>
      <button
        type="button"
        className="button button-round"
        popoverTarget={id}
        aria-label="Caption settings"
        title="Caption settings"
      >
        <SettingsIcon />
      </button>
      <div
        id={id}
        popover="auto"
        className="settings-popover"
        role="dialog"
        aria-label={`Caption settings of ${person.name}`}
      >
        <CaptionSettings
          settings={settings}
          languages={SPOKEN_LANGUAGES}
          labels={{ settings: `Captions for ${person.name}`, languageName }}
        />
        <Toggle label="Screen readers say captions" isOn={isAnnounced} onChange={onAnnounced} />
        <button
          type="button"
          className="button button-small"
          popoverTarget={id}
          popoverTargetAction="hide"
        >
          Done
        </button>
      </div>
    </>
  )
}
