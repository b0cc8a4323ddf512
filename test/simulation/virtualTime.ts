import { inflateSync } from 'node:zlib'
import type { SttEnvironment } from 'react-realtime-stt/core'

const IDLE_TURNS = 3

interface Timer {
  at: number
  callback: () => void
}

/** A clock that stands still until it is told to go on; everything that became possible meanwhile has then happened. */
export class VirtualTime {
  now = Date.UTC(2026, 10, 24)
  readonly #start = this.now
  readonly #timers = new Map<number, Timer>()
  #lastId = 0
  #seed: number

  constructor(seed = 20_261_124) {
    this.#seed = seed
  }

  /** The same for the same seed. */
  readonly random = (): number => {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 2 ** 32
    return this.#seed / 2 ** 32
  }

  readonly setTimeout = (callback: () => void, delayMs = 0): number => {
    this.#lastId += 1
    this.#timers.set(this.#lastId, { at: this.now + Math.max(0, delayMs), callback })
    return this.#lastId
  }

  readonly clearTimeout = (timer: unknown): void => {
    this.#timers.delete(timer as number)
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  /** A device of its own: what is not given here is shared by nobody. */
  environment(registry: object = {}): SttEnvironment {
    return {
      registry,
      now: () => this.now,
      monotonicNow: () => this.now - this.#start,
      setTimeout: this.setTimeout,
      clearTimeout: this.clearTimeout,
      random: this.random,
      inflate: async (bytes) => new Uint8Array(inflateSync(bytes)),
    }
  }

  async advance(ms: number): Promise<void> {
    const until = this.now + ms
    await idle()
    for (;;) {
      const next = this.#next()
      if (!next || next.timer.at > until) break
      this.now = next.timer.at
      this.#timers.delete(next.id)
      next.timer.callback()
      await idle()
    }
    this.now = until
  }

  #next(): { id: number; timer: Timer } | undefined {
    let found: { id: number; timer: Timer } | undefined
    for (const [id, timer] of this.#timers) {
      if (!found || timer.at < found.timer.at) found = { id, timer }
    }
    return found
  }
}

/** Lets promises and in-memory streams come to rest. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < IDLE_TURNS; turn++)
    await new Promise((resolve) => setImmediate(resolve))
}
