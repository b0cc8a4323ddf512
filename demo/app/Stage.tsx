import { useStore } from './createStore.ts'
import { MicrophoneIcon } from './Icons.tsx'
import { Portrait } from './Portrait.tsx'
import { devicesStore, type Person, people } from './people.ts'

interface StageProps {
  viewer: Person
  isCaptioned: boolean
}

/** Everyone in the call, as one of them sees it. */
export function Stage({ viewer, isCaptioned }: StageProps) {
  const devices = useStore(devicesStore)
  return (
    <ul className="stage" aria-label={`Participants, as ${viewer.name} sees them`}>
      {people.map(({ id, name }) => (
        <li key={id} className={`tile tile-${id}`}>
          {devices[id].isCameraOff ? (
            <span className="initial" aria-hidden="true">
              {name[0]}
            </span>
          ) : (
            <Portrait id={id} />
          )}
          <span className="name-tag">
            {devices[id].isMuted && <MicrophoneIcon isOff />}
            {name}
            {id === viewer.id && ' (you)'}
            {devices[id].isMuted && <span className="visually-hidden">, muted</span>}
          </span>
          {id === viewer.id && isCaptioned && <span className="captions-badge">CC on</span>}
        </li>
      ))}
    </ul>
  )
}
