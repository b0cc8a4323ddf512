/** What a transcript takes from the platform. Tests and simulations give their own. */
export interface TranscriptEnvironment {
  /** Epoch ms. */
  now: () => number
  /** Calls back later; returns what `clearTimeout` takes. */
  setTimeout: (callback: () => void, ms: number) => unknown
  /** Ends what `setTimeout` returned. */
  clearTimeout: (timer: unknown) => void
  /** Calls back before the next frame. undefined: there are no frames, as in Node, and a timer is used. */
  requestAnimationFrame: ((callback: () => void) => number) | undefined
  /** Ends what `requestAnimationFrame` returned. */
  cancelAnimationFrame: (frame: number) => void
}

/** Looks the globals up when they are used, so that a test's clock can take their place. */
export const transcriptPlatform: TranscriptEnvironment = {
  now: () => Date.now(),
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as number),
  get requestAnimationFrame() {
    return globalThis.requestAnimationFrame?.bind(globalThis)
  },
  cancelAnimationFrame: (frame) => globalThis.cancelAnimationFrame(frame),
}
