import { CaptionsButton, type CaptionsLook } from './CaptionsButton.tsx'
import { useStore } from './createStore.ts'
import { type Fact, Facts } from './Facts.tsx'
import { CameraIcon, MicrophoneIcon } from './Icons.tsx'
import { Problem, type ProblemProps } from './Problem.tsx'
import { devicesStore, type Person, toggleDevice } from './people.ts'
import { Stage } from './Stage.tsx'

interface WindowFrameProps {
  person: Person
  look: CaptionsLook
  isLocked: boolean
  onPress: () => void
  /** What the captions do, as a sentence. */
  sentence: string
  problem: ProblemProps | null
  facts: readonly Fact[]
}

/** One person's window onto the call, however its captions are enabled. */
export function WindowFrame(props: WindowFrameProps) {
  const { person, look, isLocked, onPress, sentence, problem, facts } = props
  const devices = useStore(devicesStore)[person.id]
  const headingId = `heading-${person.id}`
  return (
    <section className="window" aria-labelledby={headingId} data-look={look}>
      <header className="window-bar">
        <h2 id={headingId}>{person.name}’s window</h2>
        <span>uid {person.uid}</span>
      </header>
      <Stage viewer={person} isCaptioned={look === 'on'} />
      <div className="controls">
        <button
          type="button"
          className="button button-round"
          aria-pressed={devices.isMuted}
          aria-label="Mute"
          title="Mute"
          onClick={() => toggleDevice(person.id, 'isMuted')}
        >
          <MicrophoneIcon isOff={devices.isMuted} />
        </button>
        <button
          type="button"
          className="button button-round"
          aria-pressed={devices.isCameraOff}
          aria-label="Camera off"
          title="Camera off"
          onClick={() => toggleDevice(person.id, 'isCameraOff')}
        >
          <CameraIcon isOff={devices.isCameraOff} />
        </button>
        <CaptionsButton look={look} isLocked={isLocked} onPress={onPress} />
      </div>
      <p className="sentence" aria-live="polite">
        {sentence}
      </p>
      <div role="alert">{problem && <Problem {...problem} />}</div>
      <Facts facts={facts} />
    </section>
  )
}
