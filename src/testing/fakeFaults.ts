import type { FakeOperation } from './fakeGateway.js'
import { faultQueue } from './faultQueue.js'

/** Which requests a fault strikes. */
export interface FakeFaultTarget {
  /** Only requests of this kind. */
  operation?: FakeOperation
  /** Only requests for this channel; acquiring a builder token names none. */
  channel?: string
  /**
   * How many matching requests it strikes.
   * @defaultValue 1
   */
  times?: number
}

/** The answer is this one, whatever the service would have said. */
export interface FakeStatusFault extends FakeFaultTarget {
  /** The HTTP status. */
  status: number
  /** An object is sent as JSON, a string as text. */
  body?: unknown
  /** Beside those that tell the kind of body. */
  headers?: Record<string, string>
  /**
   * Does the service do what it was asked before it answers so?
   * @defaultValue false
   */
  carriedOut?: boolean
  /** The answer comes this many milliseconds late. */
  delayMs?: number
}

/** The request never reaches the service; `fetch` rejects. */
export interface FakeNetworkFault extends FakeFaultTarget {
  /** Tells this fault from others. */
  networkError: true
  /** Milliseconds until `fetch` rejects. */
  delayMs?: number
}

/** The service does what it was asked, the answer is lost; `fetch` rejects. */
export interface FakeDroppedResponse extends FakeFaultTarget {
  /** Tells this fault from others. */
  dropResponse: true
  /** Milliseconds; see `when`. */
  delayMs?: number
  /** As in {@link FakeDelay}. @defaultValue `'after'` */
  when?: 'before' | 'after'
}

/** All goes well, but late. */
export interface FakeDelay extends FakeFaultTarget {
  /** Milliseconds. `Infinity`: never answered; with `when: 'before'` never carried out either. */
  delayMs: number
  /**
   * `'after'`: carried out at once, answered late. `'before'`: arrives late and is carried out then, even if the client
   * has given up meanwhile.
   * @defaultValue 'after'
   */
  when?: 'before' | 'after'
}

/** What goes wrong with one of the next requests. */
export type FakeFault = FakeStatusFault | FakeNetworkFault | FakeDroppedResponse | FakeDelay

/** The faults that wait for their request, oldest first. */
export interface FakeFaults {
  add(fault: FakeFault): void
  take(operation: FakeOperation, channel: string | null): FakeFault | undefined
  clear(): void
}

export function fakeFaults(): FakeFaults {
  const { add, take, clear } = faultQueue<FakeFault>()
  return {
    add,
    clear,
    take: (operation, channel) =>
      take(
        (fault) =>
          (fault.operation === undefined || fault.operation === operation) &&
          (fault.channel === undefined || fault.channel === channel),
      ),
  }
}
