import { participants } from '../participants.ts'
import type { Call } from './callStore.ts'
import { useStore } from './createStore.ts'
import { MicrophoneIcon, SpeakingIcon } from './Icons.tsx'
import { Portrait } from './Portrait.tsx'
import { devicesStore, type Viewer, viewers } from './people.ts'
import { useSpeakers } from './useSpeakers.ts'

interface StageProps {
  viewer: Viewer
  call: Call
  isCaptioned: boolean
}

/** Everyone in the call, as one of them sees it. The caption bot is nobody. */
export function Stage({ viewer, call, isCaptioned }: StageProps) {
  const devices = useStore(devicesStore)
  const speakers = useSpeakers(call.channelCall.transcript)
  const shown = call.config.isReal ? viewers : Object.values(participants)
  return (
    <ul className="stage" aria-label={`Participants, as ${viewer.name} sees them`}>
      {shown.map(({ id, name, uid }) => {
        const { isMuted, isCameraOff } = devices[id]
        const isSpeaking = speakers.includes(uid)
        return (
          <li key={id} className={`tile tile-${id}`} data-speaking={isSpeaking}>
            {isCameraOff ? (
              <span className="initial" aria-hidden="true">
                {name[0]}
              </span>
            ) : (
              <Portrait id={id} />
            )}
            <span className="tile-tags">
              <span className="name-tag">
                {isMuted && <MicrophoneIcon isOff />}
                {isSpeaking && <SpeakingIcon />}
                {name}
                {id === viewer.id && ' (you)'}
                {isMuted && <span className="visually-hidden">, muted</span>}
                {isSpeaking && <span className="visually-hidden">, speaking</span>}
              </span>
              {id === viewer.id && isCaptioned && <span className="captions-badge">CC on</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
