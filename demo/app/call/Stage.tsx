import type { Participant } from './channelCall.ts'
import { Tile } from './Tile.tsx'

interface StageProps {
  label: string
  participants: readonly Participant[]
}

/** Everyone in the call. */
export function Stage({ label, participants }: StageProps) {
  return (
    <ul className="stage" aria-label={label} data-crowded={participants.length > 4}>
      {participants.map((participant) => (
        <Tile key={participant.uid} {...participant} />
      ))}
    </ul>
  )
}
