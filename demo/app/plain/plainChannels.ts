import { attachCaptions } from 'react-realtime-stt'
import type { Person, PersonId } from '../../people.ts'
import type { DemoConfig } from '../../protocol.ts'
import type { ChannelCall } from '../call/channelCall.ts'
import { openSimulatedChannel } from '../call/openSimulatedChannel.ts'

/** Where the same people are without the package, so that the two bills can be told apart. */
export const toPlainChannel = (channel: string) => `${channel}-without`

const open = new Map<PersonId, { key: string; channelCall: ChannelCall }>()

/** A person's place in the plain channel; opened once, and left where the app or the channel changes. */
export function plainChannelOf({ appId, channel }: DemoConfig, person: Person): ChannelCall {
  const key = `${appId}/${channel}`
  const found = open.get(person.id)
  if (found?.key === key) return found.channelCall
  found?.channelCall.leave()
  const channelCall = openSimulatedChannel({ appId, channel: toPlainChannel(channel) }, person)
  // Whatever arrives is shown: with two tasks, two bots write down the same.
  attachCaptions(channelCall.rtcClient, channelCall.transcript)
  open.set(person.id, { key, channelCall })
  return channelCall
}
