/** A channel's metadata, as Agora Signaling has it. */
export interface SignalingMetadata {
  majorRevision: number
  metadata: Record<
    string,
    {
      value: string
      revision: number
      /** Epoch ms by the service's clock, where the write asked for it. */
      updated?: number
    }
  >
  /** Epoch ms by the service's clock; 0 where it is not told. */
  timestamp?: number
}

/** What storage events tell: always the channel's full set. A user's own have an empty channel name. */
export interface SignalingStorageEvent {
  channelName: string
  timestamp: number
  data: SignalingMetadata
}

/** What `signalingClaimStore` uses of an `RTMClient` of `agora-rtm` 2.x. */
export interface SignalingClientLike {
  storage: {
    getChannelMetadata(channelName: string, channelType: 'MESSAGE'): Promise<SignalingMetadata>
    setChannelMetadata(
      channelName: string,
      channelType: 'MESSAGE',
      data: { key: string; value: string; revision?: number }[],
      options?: { majorRevision?: number; addTimeStamp?: boolean },
    ): Promise<unknown>
  }
  subscribe(
    channelName: string,
    options?: { withMessage?: boolean; withPresence?: boolean; withMetadata?: boolean },
  ): Promise<unknown>
  unsubscribe(channelName: string): Promise<unknown>
  addEventListener(event: 'storage', listener: (event: SignalingStorageEvent) => void): void
  addEventListener(event: 'linkState', listener: (event: { currentState: string }) => void): void
  removeEventListener(event: 'storage', listener: (event: SignalingStorageEvent) => void): void
  removeEventListener(event: 'linkState', listener: (event: { currentState: string }) => void): void
}
