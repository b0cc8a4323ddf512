/** A channel's metadata, as Agora Signaling has it. */
export interface SignalingMetadata {
  /** Rises with each write to the channel. */
  majorRevision: number
  /** The items, by key. */
  metadata: Record<
    string,
    {
      /** What is stored. */
      value: string
      /** Rises with each write to the item. */
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
  /** The Signaling channel. */
  channelName: string
  /** Epoch ms by the service's clock. */
  timestamp: number
  /** The full set. */
  data: SignalingMetadata
}

/**
 * What {@link signalingClaimStore} uses of an `RTMClient` of `agora-rtm` 2.x.
 *
 * @see https://docs.agora.io/en/signaling/develop/store-channel-metadata
 */
export interface SignalingClientLike {
  /** The client's Storage. */
  storage: {
    /** Reads a channel's metadata. */
    getChannelMetadata(channelName: string, channelType: 'MESSAGE'): Promise<SignalingMetadata>
    /** Writes items of a channel's metadata, where the revisions are those given. */
    setChannelMetadata(
      channelName: string,
      channelType: 'MESSAGE',
      data: { key: string; value: string; revision?: number }[],
      options?: { majorRevision?: number; addTimeStamp?: boolean },
    ): Promise<unknown>
  }
  /** Begins to get a channel's events. */
  subscribe(
    channelName: string,
    options?: { withMessage?: boolean; withPresence?: boolean; withMetadata?: boolean },
  ): Promise<unknown>
  /** Ends what `subscribe` began. */
  unsubscribe(channelName: string): Promise<unknown>
  /** Listens to changes of metadata. */
  addEventListener(event: 'storage', listener: (event: SignalingStorageEvent) => void): void
  /** Listens to changes of the connection. */
  addEventListener(event: 'linkState', listener: (event: { currentState: string }) => void): void
  /** Ends what `addEventListener` began. */
  removeEventListener(event: 'storage', listener: (event: SignalingStorageEvent) => void): void
  /** Ends what `addEventListener` began. */
  removeEventListener(event: 'linkState', listener: (event: { currentState: string }) => void): void
}
