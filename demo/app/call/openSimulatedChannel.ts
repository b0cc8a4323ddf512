import { createTranscript } from 'react-realtime-stt'
import { type PersonId, people } from '../../people.ts'
import { events, type PersonChange, type Room } from '../../protocol.ts'
import { createSimulatedRtcClient } from '../connection/createSimulatedRtcClient.ts'
import { serverLink } from '../connection/serverLink.ts'
import { createStore } from '../createStore.ts'
import type { OpenChannel, Participant } from './channelCall.ts'
import { roomStore } from './roomStore.ts'

const NO_PROBLEMS: readonly string[] = []

/** A channel of the simulated service. */
export const openSimulatedChannel: OpenChannel = ({ channel }, person) => {
  const rtcClient = createSimulatedRtcClient(channel)
  const participants = createStore(toParticipants(roomStore.get(), person.id))
  const unsubscribe = roomStore.subscribe(() => {
    participants.set(toParticipants(roomStore.get(), person.id))
  })
  return {
    rtcClient,
    transcript: createTranscript(),
    participants,
    getSpeakerName: (uid) => Object.values(people).find((one) => one.uid === uid)?.name,
    problems: createStore(NO_PROBLEMS),
    setEquipment(change) {
      serverLink.send(events.person, { id: person.id, change } satisfies PersonChange)
    },
    leave() {
      unsubscribe()
      rtcClient.leave()
    },
  }
}

function toParticipants(room: Room, self: PersonId): readonly Participant[] {
  return room.people.map(({ id, ...equipment }) => {
    const { uid, name } = people[id]
    const isSpeaking = room.speakers.includes(uid)
    return { uid, name, ...equipment, isSelf: id === self, isSpeaking, portrait: id }
  })
}
