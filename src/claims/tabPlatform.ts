/** What a tab's store and gate take from the platform. Tests and simulations give their own. */
export interface TabPlatform {
  /** Epoch ms. */
  now: () => number
  /** Ms since any fixed moment; never goes back. */
  monotonicNow: () => number
  /** Calls back later; returns what `clearTimeout` takes. */
  setTimeout: (callback: () => void, delayMs: number) => unknown
  /** Ends what `setTimeout` returned. */
  clearTimeout: (timer: unknown) => void
  /** From 0 up to 1. */
  random: () => number
  /** Web Locks: tell whether a starter is gone. */
  locks: LockManager | undefined
  /** Where claims are stored. */
  indexedDB: IDBFactory | undefined
  /** Tells other tabs of a change. */
  BroadcastChannel: typeof globalThis.BroadcastChannel | undefined
  /** The window: `pagehide` and `pageshow` are dispatched there, the document's `freeze` and `resume` pass it. */
  page?: EventTarget | undefined
}

type Timer = ReturnType<typeof globalThis.setTimeout>

/** A server has no tabs, though its Node may have locks; reading `indexedDB` throws in a sandboxed frame. */
function inPage<Name extends keyof typeof globalThis>(name: Name) {
  try {
    return globalThis.document && (globalThis[name] ?? undefined)
  } catch {
    return undefined
  }
}

/** Every global is looked up when it is used: fake timers replace them after this module has loaded. */
export const tabPlatform: TabPlatform = {
  now: () => Date.now(),
  monotonicNow: () => performance.now(),
  setTimeout: (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
  clearTimeout: (timer) => globalThis.clearTimeout(timer as Timer),
  random: () => Math.random(),
  get locks() {
    return inPage('navigator')?.locks ?? undefined
  },
  get indexedDB() {
    return inPage('indexedDB')
  },
  get BroadcastChannel() {
    return inPage('BroadcastChannel')
  },
  get page() {
    return inPage('window')
  },
}
