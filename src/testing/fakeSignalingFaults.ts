/** What a simulated Signaling client can be asked: to read, to write in two ways, to begin and to end a subscription. */
export type FakeSignalingOperation = 'get' | 'set' | 'update' | 'subscribe' | 'unsubscribe'

/** Which calls or events a fault strikes. */
export interface FakeSignalingTarget {
  /** Only calls of this client. */
  userId?: string
  /** Only calls for this Signaling channel. */
  channel?: string
  /**
   * How many matching calls it strikes.
   * @defaultValue 1
   */
  times?: number
}

/** Which calls a fault strikes. */
export interface FakeSignalingCallTarget extends FakeSignalingTarget {
  /** Only calls of this kind. */
  operation?: FakeSignalingOperation
}

/** The call rejects with this code, whatever the service would have said. */
export interface FakeSignalingRefusal extends FakeSignalingCallTarget {
  /** As the vendor numbers them: -10021 throttled, -12018 timed out, -12019 Storage is not enabled. */
  errorCode: number
  /**
   * Does the service do what it was asked all the same?
   * @defaultValue false
   */
  carriedOut?: boolean
  /** Milliseconds until it rejects. */
  delayMs?: number
}

/** All goes well, but late. */
export interface FakeSignalingDelay extends FakeSignalingCallTarget {
  /** Milliseconds. `Infinity`: never answered; with `when: 'before'` never carried out either. */
  delayMs: number
  /**
   * `'after'`: carried out at once, answered late. `'before'`: arrives late and is carried out then.
   * @defaultValue 'after'
   */
  when?: 'before' | 'after'
}

/** A storage event does not reach a client, or reaches it late. */
export interface FakeSignalingEventFault extends FakeSignalingTarget {
  /** Tells this fault from others. */
  operation: 'event'
  /**
   * Milliseconds. `Infinity`: it is lost.
   * @defaultValue Infinity
   */
  delayMs?: number
}

/** What goes wrong with one of the next calls or events. */
export type FakeSignalingFault = FakeSignalingRefusal | FakeSignalingDelay | FakeSignalingEventFault

export interface FakeSignalingCall {
  operation: FakeSignalingOperation | 'event'
  userId: string
  channel: string
}

export const strikes =
  (call: FakeSignalingCall) =>
  (fault: FakeSignalingFault): boolean =>
    (fault.operation === undefined
      ? call.operation !== 'event'
      : fault.operation === call.operation) &&
    (fault.userId === undefined || fault.userId === call.userId) &&
    (fault.channel === undefined || fault.channel === call.channel)
