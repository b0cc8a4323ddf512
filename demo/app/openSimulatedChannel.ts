import { createTranscript } from 'react-realtime-stt'
import { participants } from '../participants.ts'
import type { OpenChannel } from './channelCall.ts'
import { createSimulatedRtcClient } from './createSimulatedRtcClient.ts'
import { createStore } from './createStore.ts'
import { devicesStore } from './people.ts'

const findPerson = (uid: string) => Object.values(participants).find((one) => one.uid === uid)

/** A channel of the simulated service. */
export const openSimulatedChannel: OpenChannel = (_config, channel) => {
  const rtcClient = createSimulatedRtcClient(channel, isHeard)
  return {
    rtcClient,
    transcript: createTranscript(),
    getSpeakerName: (uid) => findPerson(uid)?.name,
    problem: createStore<string | null>(null),
    leave: rtcClient.leave,
  }
}

/** The talk comes from a script, but whoever is muted here says nothing. */
function isHeard(uid: string): boolean {
  const person = findPerson(uid)
  return !person || !devicesStore.get()[person.id].isMuted
}
