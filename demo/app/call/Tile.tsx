import { memo } from 'react'
import { MicrophoneIcon, SpeakingIcon } from '../controls/Icons.tsx'
import { Camera } from './Camera.tsx'
import type { Participant } from './channelCall.ts'
import { Portrait } from './Portrait.tsx'

/** One participant: a face, a camera's picture or an initial, and what their microphone does. */
export const Tile = memo(function Tile(participant: Participant) {
  const { name, isSelf, isMuted, isSpeaking, portrait } = participant
  return (
    <li className="tile" data-person={portrait} data-speaking={isSpeaking}>
      <Picture {...participant} />
      <span className="name-tag">
        {isMuted && <MicrophoneIcon isOff />}
        {isSpeaking && <SpeakingIcon />}
        {name}
        {isSelf && ' (you)'}
        {isMuted && <span className="visually-hidden">, muted</span>}
        {isSpeaking && <span className="visually-hidden">, speaking</span>}
      </span>
    </li>
  )
})

function Picture({ name, isCameraOff, portrait, showCamera }: Participant) {
  if (!isCameraOff && showCamera) return <Camera show={showCamera} />
  if (!isCameraOff && portrait) return <Portrait id={portrait} />
  return (
    <span className="initial" aria-hidden="true">
      {name[0]}
    </span>
  )
}
