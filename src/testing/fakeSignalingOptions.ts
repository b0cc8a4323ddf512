/** What {@link createFakeSignaling} takes. */
export interface FakeSignalingOptions {
  /**
   * The service's clock, in epoch milliseconds.
   * @defaultValue `Date.now`, looked up at each call
   */
  now?: () => number
  /** Used for delays only. @defaultValue `globalThis.setTimeout`, looked up at each call */
  setTimeout?: (callback: () => void, delayMs: number) => unknown
  /**
   * Milliseconds until a call is answered, and until an event arrives. Calls are carried out at once. With 0 no timer
   * is set.
   * @defaultValue 0
   */
  latencyMs?: number | (() => number)
  /**
   * Does a write with revision 0 go through although there is a value? That it does not is documented in one language.
   * @defaultValue false
   */
  ignoresCreateOnly?: boolean
  /**
   * Do answers tell the time? Those of agora-rtm 2.3.0 say 0, whatever its typings promise; its events tell it.
   * @defaultValue false
   */
  answersTell?: boolean
}
