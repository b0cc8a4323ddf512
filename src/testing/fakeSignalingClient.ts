import type {
  FakeMetadata,
  FakeMetadataItem,
  FakeMetadataOptions,
} from './fakeSignalingMetadata.js'

/** What a storage event tells. */
export interface FakeStorageEvent {
  channelType: 'MESSAGE' | 'STREAM'
  channelName: string
  publisher: string
  storageType: 'CHANNEL'
  eventType: 'SNAPSHOT' | 'UPDATE'
  data: FakeMetadata
  timestamp: number
}

/** What is told of a client's connection. */
export interface FakeLinkStateEvent {
  currentState: FakeLinkState
  previousState: FakeLinkState
  isResumed: boolean
  timestamp: number
}

export type FakeLinkState = 'CONNECTED' | 'DISCONNECTED' | 'FAILED'

export interface FakeSignalingListeners {
  storage: (event: FakeStorageEvent) => void
  linkState: (event: FakeLinkStateEvent) => void
}

export interface FakeAnswer {
  timestamp: number
  channelName: string
}

export type FakeChannelType = 'MESSAGE' | 'STREAM'

/** The part of an `RTMClient` of agora-rtm 2.3.0 that channel metadata needs. It is logged in from the start. */
export interface FakeSignalingClient {
  readonly userId: string
  readonly storage: {
    getChannelMetadata(
      channelName: string,
      channelType: FakeChannelType,
    ): Promise<FakeAnswer & FakeMetadata>
    setChannelMetadata(
      channelName: string,
      channelType: FakeChannelType,
      data: FakeMetadataItem[],
      options?: FakeMetadataOptions,
    ): Promise<FakeAnswer>
    updateChannelMetadata(
      channelName: string,
      channelType: FakeChannelType,
      data: FakeMetadataItem[],
      options?: FakeMetadataOptions,
    ): Promise<FakeAnswer>
  }
  subscribe(
    channelName: string,
    options?: { withMessage?: boolean; withPresence?: boolean; withMetadata?: boolean },
  ): Promise<FakeAnswer>
  unsubscribe(channelName: string): Promise<FakeAnswer>
  addEventListener<Name extends keyof FakeSignalingListeners>(
    event: Name,
    listener: FakeSignalingListeners[Name],
  ): void
  removeEventListener<Name extends keyof FakeSignalingListeners>(
    event: Name,
    listener: FakeSignalingListeners[Name],
  ): void
}
