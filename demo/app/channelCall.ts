import type { RtcClientLike, Transcript } from 'react-realtime-stt'
import type { DemoConfig } from '../protocol.ts'
import type { Store } from './createStore.ts'

/** A channel that this page is in. */
export interface ChannelCall {
  rtcClient: RtcClientLike
  /** One for the channel, whichever window shows it, and while none does. */
  transcript: Transcript
  getSpeakerName: (uid: string) => string | undefined
  /** Why nothing is heard, as a sentence. */
  problem: Store<string | null>
  leave(): void
}

export type OpenChannel = (config: DemoConfig, channel: string) => ChannelCall
