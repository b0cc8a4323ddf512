import { AgoraRTC } from 'agora-rtc-sdk-ng/esm'
import type { ChannelCall } from '../../demo/app/call/channelCall.ts'
import { agoraSdk } from '../../demo/app/call/real/agoraSdk.ts'
import { openRealChannelWith } from '../../demo/app/call/real/openRealChannelWith.ts'
import { people } from '../../demo/people.ts'

/** What a test does with a client of `agora-rtc-sdk-ng` that the demo's call follows. */
export interface RealClientPage {
  /** In the client's own way of telling its listeners. */
  emit(event: string, ...told: unknown[]): void
  holdSoundBack(): void
  countListeners(): number
  others(): readonly { uid: string; isMuted: boolean }[]
  problems: () => readonly string[]
  leave: ChannelCall['leave']
}

const client = agoraSdk.createClient() as ReturnType<typeof agoraSdk.createClient> & {
  emit(event: string, ...told: unknown[]): void
  getListeners(event: string): unknown[]
}
const listenersBefore = countListeners()
const call = openRealChannelWith(
  { ...agoraSdk, createClient: () => client },
  // Never joins.
  () => new Promise(() => {}),
)({ appId: '0123456789abcdef0123456789abcdef', channel: 'standup' }, people.ada)

function countListeners(): number {
  return [
    'user-joined',
    'user-left',
    'user-published',
    'user-unpublished',
    'user-info-updated',
    'volume-indicator',
    'connection-state-change',
    'token-privilege-will-expire',
    'token-privilege-did-expire',
  ].reduce((sum, event) => sum + client.getListeners(event).length, 0)
}

const page: RealClientPage = {
  emit: (event, ...told) => client.emit(event, ...told),
  holdSoundBack: () => AgoraRTC.emit('autoplay-failed'),
  countListeners: () => countListeners() - listenersBefore,
  others: () =>
    call.participants
      .get()
      .slice(1)
      .map(({ uid, isMuted }) => ({ uid, isMuted })),
  problems: call.problems.get,
  leave: call.leave,
}

Object.assign(globalThis, { call: page })
