import type { ConversationScript } from 'react-realtime-stt/testing'
import { CROWD, type PersonId, people, TEAM } from '../people.ts'
import type { Equipment, PersonChange, Room } from '../protocol.ts'
import { type Conversation, crowd, meeting } from './conversation.ts'

/** Who is in the call and what they say, whether or not anybody writes it down. */
export interface Talk {
  /** Another one after each new beginning. */
  readonly round: Readonly<{ beganAt: number; conversation: Conversation }>
  readonly room: Room
  isHeard(uid: string): boolean
  change(change: PersonChange): void
  /** Begins anew. */
  restart(isCrowded: boolean): void
}

const ALL_ON: Equipment = { isMuted: false, isCameraOff: false }

/** @param now epoch ms */
export function createTalk(now: () => number): Talk {
  let round = { beganAt: now(), conversation: meeting }
  let equipment = new Map<PersonId, Equipment>()

  const equipmentOf = (id: PersonId) => equipment.get(id) ?? ALL_ON
  const idOf = (uid: string) => Object.values(people).find((one) => one.uid === uid)?.id

  function isHeard(uid: string): boolean {
    const id = idOf(uid)
    return id !== undefined && !equipmentOf(id).isMuted
  }

  return {
    get round() {
      return round
    },
    get room() {
      const { beganAt, conversation } = round
      const { script, lengthMs } = conversation
      const ids: readonly PersonId[] = conversation === crowd ? CROWD : TEAM
      const atMs = (now() - beganAt) % lengthMs
      return {
        people: ids.map((id) => ({ id, ...equipmentOf(id) })),
        speakers: speakersAt(script, atMs).filter(isHeard),
      }
    },
    isHeard,
    change({ id, change }) {
      equipment.set(id, { ...equipmentOf(id), ...change })
    },
    restart(isCrowded) {
      round = { beganAt: now(), conversation: isCrowded ? crowd : meeting }
      equipment = new Map()
    },
  }
}

function speakersAt(script: ConversationScript, atMs: number): string[] {
  const speaking = script.filter(
    ({ startMs, durationMs }) => startMs <= atMs && atMs < startMs + durationMs,
  )
  return [...new Set(speaking.map(({ uid }) => uid))]
}
