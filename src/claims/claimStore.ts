import type { ClaimValue } from './claimValue.js'

/** Whose claim it is. */
export interface ClaimKey {
  /** The project's app id. */
  appId: string
  /** The RTC channel's name: 1–64 bytes of any script. */
  channel: string
}

/** A claim as a store has it. */
export interface Claim {
  /** What it says. */
  value: ClaimValue
  /** Differs after each write, after a deletion too. */
  revision: string
  /** Ms since the write, by the store's own clock: two devices' clocks are never compared. */
  ageMs: number
}

/**
 * A compare-and-set register per channel, which decides who may start. The algorithm above it is one; a store is a
 * small adapter over something that has compare-and-set already. `checkClaimStore` of the testing door tells whether
 * one of your own keeps its promises.
 *
 * A call that rejects, or takes more than 3 s, has no answer: whether it was applied is then unknown. Reject with a
 * {@link ClaimStoreBusyError} where trying again shortly will do.
 *
 * {@link tabClaimStore}, {@link signalingClaimStore} and {@link memoryClaimStore} are such stores.
 */
export interface ClaimStore {
  /** Who shares it: this page, the tabs of this origin, or every device. */
  readonly reach: 'page' | 'browser' | 'devices'
  /**
   * Gives the claim of a channel. What cannot be read as a claim is given as it is stored, with its revision.
   *
   * @param key whose claim
   * @returns null: nobody ever claimed
   */
  read(key: ClaimKey): Promise<Claim | null>
  /**
   * Writes a claim only if the stored revision is still `expected`.
   *
   * @param key whose claim
   * @param value what to write
   * @param expected the revision that was read; null: only if there is no claim
   * @returns the claim as it is stored then; null when somebody else was first
   */
  compareAndSet(key: ClaimKey, value: ClaimValue, expected: string | null): Promise<Claim | null>
  /**
   * Tells of every change in order, late or twice rather than never; reads again by itself after a reconnect or wake-up.
   *
   * @param key whose claim
   * @param listener called with the claim; null: it was removed
   * @returns ends the subscription
   */
  subscribe(key: ClaimKey, listener: (claim: Claim | null) => void): () => void
  /**
   * Whether nobody is there any more to write what became of a `starting`. Left out: only time tells.
   *
   * @param claim as it was read
   */
  isStarterGone?(claim: Claim): Promise<boolean>
  /**
   * Says that this page is there for `attempt`, until the function it resolves to is called or the page ends.
   * `'starter'`: before `starting` is written; alone. `'holder'`: knows the running task; with others.
   *
   * @param attempt the claim's
   * @param as which of the two
   * @returns ends it
   */
  hold?(attempt: string, as: 'starter' | 'holder'): Promise<() => void>
  /**
   * Whether any page holds the `running` claim. Left out: it counts as fresh for 60 s.
   *
   * @param claim as it was read
   */
  isHeld?(claim: Claim): Promise<boolean>
  /** Ends what it keeps open. A store that the client made itself is ended with it. */
  dispose?(): void
}

/**
 * What a store rejects with where it is there but cannot serve just now: the client waits and asks again.
 *
 * @group Errors
 * @example
 * ```ts
 * import { ClaimStoreBusyError } from 'react-realtime-stt'
 *
 * export async function send(url: string, init: RequestInit): Promise<Response> {
 *   const reply = await fetch(url, init)
 *   if (reply.status === 429) throw new ClaimStoreBusyError('The claim endpoint is busy.')
 *   return reply
 * }
 * ```
 */
export class ClaimStoreBusyError extends Error {
  /** The class's name, whatever a minifier made of it. */
  override readonly name = 'ClaimStoreBusyError'
  /** Told by this, across two copies of the package. */
  readonly isBusy = true
}
