import type {
  FakeMetadata,
  FakeMetadataItem,
  FakeMetadataOptions,
} from './fakeSignalingMetadata.js'

/** What a storage event tells. */
export interface FakeStorageEvent {
  /** Always `'MESSAGE'` here. */
  channelType: 'MESSAGE' | 'STREAM'
  /** The Signaling channel. */
  channelName: string
  /** Who wrote; always empty here. */
  publisher: string
  /** Always a channel's here, never a user's. */
  storageType: 'CHANNEL'
  /** `'SNAPSHOT'`: the first after a subscription. */
  eventType: 'SNAPSHOT' | 'UPDATE'
  /** The full set. */
  data: FakeMetadata
  /** Epoch ms by the service's clock. */
  timestamp: number
}

/** What is told of a client's connection. */
export interface FakeLinkStateEvent {
  /** What it is now. */
  currentState: FakeLinkState
  /** What it was before. */
  previousState: FakeLinkState
  /** Whether subscriptions are still there. */
  isResumed: boolean
  /** Epoch ms by the service's clock. */
  timestamp: number
}

/** What a client's connection can be; `'FAILED'`: put out, and not coming back. */
export type FakeLinkState = 'CONNECTED' | 'DISCONNECTED' | 'FAILED'

/** What listeners are told, by the event's name. */
export interface FakeSignalingListeners {
  /** A channel's metadata has changed. */
  storage: (event: FakeStorageEvent) => void
  /** The connection has changed. */
  linkState: (event: FakeLinkStateEvent) => void
}

/** What every call resolves with. */
export interface FakeSignalingAnswer {
  /** Epoch ms by the service's clock; 0 unless the fake `answersTell`. */
  timestamp: number
  /** The Signaling channel. */
  channelName: string
}

/** A kind of Signaling channel; metadata of `'MESSAGE'` channels is all there is here. */
export type FakeChannelType = 'MESSAGE' | 'STREAM'

/** The part of an `RTMClient` of agora-rtm 2.3.0 that channel metadata needs. It is logged in from the start. */
export interface FakeSignalingClient {
  /** Who is logged in. */
  readonly userId: string
  /** The client's Storage. */
  readonly storage: {
    /** Reads a channel's metadata. */
    getChannelMetadata(
      channelName: string,
      channelType: FakeChannelType,
    ): Promise<FakeSignalingAnswer & FakeMetadata>
    /** Writes items, whether they are there or not. */
    setChannelMetadata(
      channelName: string,
      channelType: FakeChannelType,
      data: FakeMetadataItem[],
      options?: FakeMetadataOptions,
    ): Promise<FakeSignalingAnswer>
    /** Writes items that are there. */
    updateChannelMetadata(
      channelName: string,
      channelType: FakeChannelType,
      data: FakeMetadataItem[],
      options?: FakeMetadataOptions,
    ): Promise<FakeSignalingAnswer>
  }
  /** Begins to get a channel's storage events, with a snapshot first. */
  subscribe(
    channelName: string,
    options?: { withMessage?: boolean; withPresence?: boolean; withMetadata?: boolean },
  ): Promise<FakeSignalingAnswer>
  /** Ends what `subscribe` began. */
  unsubscribe(channelName: string): Promise<FakeSignalingAnswer>
  /** Listens to events. */
  addEventListener<Name extends keyof FakeSignalingListeners>(
    event: Name,
    listener: FakeSignalingListeners[Name],
  ): void
  /** Ends what `addEventListener` began. */
  removeEventListener<Name extends keyof FakeSignalingListeners>(
    event: Name,
    listener: FakeSignalingListeners[Name],
  ): void
}
