import { useState } from 'react'
import { CaptionOverlay } from 'react-realtime-stt'
import { CaptionSettingsButton } from './CaptionSettingsButton.tsx'
import { CaptionsButton, type CaptionsLook } from './CaptionsButton.tsx'
import type { Call } from './callStore.ts'
import { captionSettings } from './captionSettings.ts'
import { useStore } from './createStore.ts'
import { type Fact, Facts } from './Facts.tsx'
import { CameraIcon, MicrophoneIcon } from './Icons.tsx'
import { Problem, type ProblemProps } from './Problem.tsx'
import { devicesStore, toggleDevice, type Viewer } from './people.ts'
import { Stage } from './Stage.tsx'

interface WindowFrameProps {
  viewer: Viewer
  call: Call
  look: CaptionsLook
  onPress: () => void
  /** What the captions do, as a sentence. */
  sentence: string
  problem: ProblemProps | null
  facts: readonly Fact[]
}

/** One person's window onto the call, however its captions are enabled. */
export function WindowFrame(props: WindowFrameProps) {
  const { viewer, call, look, onPress, sentence, problem, facts } = props
  const { transcript, getSpeakerName, problem: channelProblem } = call.channelCall
  const devices = useStore(devicesStore)[viewer.id]
  const unheard = useStore(channelProblem)
  const [isAnnounced, setIsAnnounced] = useState(false)
  const headingId = `heading-${viewer.id}`
  const settings = captionSettings[viewer.id]
  return (
    <section className="window" aria-labelledby={headingId} data-look={look}>
      <header className="window-bar">
        <h2 id={headingId}>{viewer.name}’s window</h2>
        <span>uid {viewer.uid}</span>
      </header>
      <div className="screen">
        <Stage viewer={viewer} call={call} isCaptioned={look === 'on'} />
        <CaptionOverlay
          max={2}
          transcript={transcript}
          settings={settings}
          getSpeakerName={getSpeakerName}
          announce={isAnnounced}
          labels={{
            captions: `Captions, as ${viewer.name} reads them`,
            announcements: `Captions for ${viewer.name}, as they are spoken`,
          }}
        />
      </div>
      <div className="controls">
        <button
          type="button"
          className="button button-round"
          aria-pressed={devices.isMuted}
          aria-label="Mute"
          title="Mute"
          onClick={() => toggleDevice(viewer.id, 'isMuted')}
        >
          <MicrophoneIcon isOff={devices.isMuted} />
        </button>
        <button
          type="button"
          className="button button-round"
          aria-pressed={devices.isCameraOff}
          aria-label="Camera off"
          title="Camera off"
          onClick={() => toggleDevice(viewer.id, 'isCameraOff')}
        >
          <CameraIcon isOff={devices.isCameraOff} />
        </button>
        <CaptionSettingsButton
          viewer={viewer}
          settings={settings}
          isAnnounced={isAnnounced}
          onAnnounced={setIsAnnounced}
        />
        <CaptionsButton look={look} isLocked={call.isSwitching} onPress={onPress} />
      </div>
      <p className="sentence" aria-live="polite">
        {sentence}
      </p>
      <div role="alert">
        {unheard && <Problem message={unheard} />}
        {problem && <Problem {...problem} />}
      </div>
      <Facts facts={facts} />
    </section>
  )
}
