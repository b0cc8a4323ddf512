import type { FakeSignalingClient } from './fakeSignalingClient.js'
import type { FakeSignalingFault } from './fakeSignalingFaults.js'
import type { FakeMetadata } from './fakeSignalingMetadata.js'

/** How often clients called; throttled calls count as such only. */
export interface FakeSignalingCounts {
  /** Calls of `getChannelMetadata`. */
  reads: number
  /** Calls of `setChannelMetadata` and `updateChannelMetadata`. */
  writes: number
  /** Calls of `subscribe`. */
  subscribes: number
  /** Calls of `unsubscribe`. */
  unsubscribes: number
  /** Calls that were refused because there were too many. */
  throttled: number
  /** Storage events that arrived. */
  events: number
}

/** A simulated Agora Signaling service, as far as channel metadata goes. */
export interface FakeSignaling {
  /**
   * Logs a user in. Who was logged in under that id is put out, as by the service.
   *
   * @param userId what `RTM(appId, userId)` gets elsewhere
   */
  createClient(userId: string): FakeSignalingClient
  /**
   * Cuts a client off; events are lost meanwhile. `'reject'`: it knows, and its calls fail with -10025. `'hang'`: it does
   * not know, and its calls time out after 10 s.
   *
   * @param userId whose client
   * @param as `'reject'` unless it is given
   */
  disconnect(userId: string, as?: 'reject' | 'hang'): void
  /**
   * Connects it again. Without `restores` its subscriptions are gone, as after a long time.
   *
   * @param userId whose client
   * @param options what it finds
   */
  reconnect(
    userId: string,
    options?: {
      /** Its subscriptions are still there. @defaultValue `false` */
      restores?: boolean
    },
  ): void
  /**
   * While the service is down every call times out after 10 s, and nothing is carried out.
   *
   * @param isDown false: it is up again
   */
  setDown(isDown: boolean): void
  /**
   * Lets the next call or event (that matches) go wrong. Faults queue; the first that matches is used.
   *
   * @param fault what goes wrong, and for whom
   */
  failNext(fault: FakeSignalingFault): void
  /**
   * A channel's metadata now.
   *
   * @param channel the Signaling channel
   */
  metadata(channel: string): FakeMetadata
  /**
   * Who gets a channel's storage events.
   *
   * @param channel the Signaling channel
   */
  subscribers(channel: string): readonly string[]
  /**
   * Stores a value past every limit, and tells the subscribers.
   *
   * @param channel the Signaling channel
   * @param key of the item
   * @param value what to store
   */
  put(channel: string, key: string, value: string): void
  /**
   * Removes a channel's metadata and tells so; with `forgets` silently, and revisions begin anew.
   *
   * @param channel the Signaling channel
   * @param options how it goes
   */
  wipe(
    channel: string,
    options?: {
      /** Nobody is told, and revisions begin anew. @defaultValue `false` */
      forgets?: boolean
    },
  ): void
  /**
   * How often clients called.
   *
   * @param userId of one client; of all unless it is given
   */
  counts(userId?: string): FakeSignalingCounts
  /** Forgets metadata, clients, counts and faults, and is up again. */
  reset(): void
}
