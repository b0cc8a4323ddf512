import { useState } from 'react'
import { CaptionOverlay } from 'react-realtime-stt'
import type { Person } from '../../people.ts'
import { CameraIcon, MicrophoneIcon } from '../controls/Icons.tsx'
import { useStore } from '../createStore.ts'
import { CaptionSettingsButton } from './CaptionSettingsButton.tsx'
import { CaptionsButton, type CaptionsLook } from './CaptionsButton.tsx'
import { captionSettingsOf } from './captionSettings.ts'
import type { ChannelCall } from './channelCall.ts'
import { type Fact, Facts } from './Facts.tsx'
import { Problem, type ProblemProps } from './Problem.tsx'
import { Stage } from './Stage.tsx'

interface CallWindowProps {
  person: Person
  /** What tells it from the other windows. */
  title: string
  /** The level of the title's heading. */
  level?: 1 | 2 | 3
  channelCall: ChannelCall
  look: CaptionsLook
  isLocked: boolean
  onPress: () => void
  /** What the captions do, as a sentence. */
  sentence: string
  problem: ProblemProps | null
  facts: readonly Fact[]
}

/** One person's window onto the call, however its captions are enabled. */
export function CallWindow(props: CallWindowProps) {
  const { person, title, level = 2, channelCall, look, isLocked, onPress, sentence } = props
  const { problem, facts } = props
  const { transcript, getSpeakerName } = channelCall
  const participants = useStore(channelCall.participants)
  const problems = useStore(channelCall.problems)
  const [isAnnounced, setIsAnnounced] = useState(false)
  const self = participants.find(({ isSelf }) => isSelf)
  const settings = captionSettingsOf(person)
  const Heading = `h${level}` as const
  return (
    <section className="window" aria-label={title} data-look={look}>
      <header className="window-bar">
        <Heading>{title}</Heading>
        <span key={look} className="live" data-look={look}>
          {look === 'on' ? 'CC' : 'CC off'}
        </span>
      </header>
      <div className="screen">
        <Stage participants={participants} label={`Participants, as ${person.name} sees them`} />
        <CaptionOverlay
          max={2}
          transcript={transcript}
          settings={settings}
          getSpeakerName={getSpeakerName}
          announce={isAnnounced}
          labels={{
            captions: `Captions on ${title}`,
            announcements: `Captions on ${title}, as they are spoken`,
          }}
        />
      </div>
      <div className="control-bar">
        <button
          type="button"
          className="button button-round"
          aria-pressed={self?.isMuted ?? true}
          aria-label="Mute"
          title="Mute"
          onClick={() => channelCall.setEquipment({ isMuted: !self?.isMuted })}
        >
          <MicrophoneIcon isOff={self?.isMuted ?? true} />
        </button>
        <button
          type="button"
          className="button button-round"
          aria-pressed={self?.isCameraOff ?? true}
          aria-label="Camera off"
          title="Camera off"
          onClick={() => channelCall.setEquipment({ isCameraOff: !self?.isCameraOff })}
        >
          <CameraIcon isOff={self?.isCameraOff ?? true} />
        </button>
        <CaptionSettingsButton
          person={person}
          settings={settings}
          isAnnounced={isAnnounced}
          onAnnounced={setIsAnnounced}
        />
        <CaptionsButton look={look} isLocked={isLocked} onPress={onPress} />
      </div>
      <p className="sentence" aria-live="polite">
        {sentence}
      </p>
      <div role="alert">
        {problems.map((message) => (
          <Problem key={message} message={message} />
        ))}
        {problem && <Problem {...problem} />}
      </div>
      <Facts facts={facts} />
    </section>
  )
}
