import type { RtcClientLike, Transcript } from 'react-realtime-stt'
import type { Person, PersonId } from '../../people.ts'
import type { DemoConfig, Equipment } from '../../protocol.ts'
import type { Store } from '../createStore.ts'

/** Somebody in the call, as this page shows them. */
export interface Participant extends Equipment {
  uid: string
  name: string
  isSelf: boolean
  isSpeaking: boolean
  /** Whose face is drawn where there is no camera picture. */
  portrait?: PersonId | undefined
  /** Plays the camera's picture in an element; gives what ends that. */
  showCamera?: ((element: HTMLElement) => () => void) | undefined
}

/** A channel that this page is in. */
export interface ChannelCall {
  rtcClient: RtcClientLike
  /** Goes on whether or not anything shows it. */
  transcript: Transcript
  /** Oneself first. Without the caption bot, which is nobody. */
  participants: Store<readonly Participant[]>
  getSpeakerName: (uid: string) => string | undefined
  /** What is wrong with the call itself, each as a sentence. */
  problems: Store<readonly string[]>
  /** Mutes oneself, or switches one's camera off, or back on. */
  setEquipment(change: Partial<Equipment>): void
  leave(): void
}

export type OpenChannel = (
  config: Pick<DemoConfig, 'appId' | 'channel'>,
  person: Person,
) => ChannelCall
