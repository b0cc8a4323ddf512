import { type Inflate, inflateStream } from '../agora/accessToken.js'

/**
 * What the client takes from the platform. Tests and simulations give their own; anything left out is the platform's.
 * Clients with different registries are different devices.
 */
export interface SttEnvironment {
  /** Where the page-wide registry hangs. @defaultValue `globalThis` */
  registry: object
  /** Epoch ms. */
  now: () => number
  /** Ms since any fixed moment; never goes back. */
  monotonicNow: () => number
  setTimeout: (callback: () => void, delayMs: number) => unknown
  clearTimeout: (timer: unknown) => void
  /** From 0 to below 1. */
  random: () => number
  /** Undoes zlib's deflate. @defaultValue through `DecompressionStream` */
  inflate: Inflate
}

type Timer = ReturnType<typeof globalThis.setTimeout>

/** Every global is looked up when it is called: fake timers replace them after this module has loaded. */
export const platform: SttEnvironment = {
  registry: globalThis,
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as Timer),
  random: () => Math.random(),
  inflate: inflateStream,
}
