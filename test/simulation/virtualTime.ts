import { inflateSync } from 'node:zlib'
import type { SttEnvironment } from 'react-realtime-stt/core'
import { TimerHeap } from './timerHeap.js'

const IDLE_TURNS = 3

interface VirtualTimeOptions {
  /** More of them where things take more turns of Node's loop to come to rest; promises alone take none. */
  idleTurns?: number
  seed?: number
}

/** A clock that stands still until it is told to go on; everything that became possible meanwhile has then happened. */
export class VirtualTime {
  now = Date.UTC(2026, 10, 24)
  /** As long as it says so, more turns are waited: something needs Node's loop. */
  isBusy = () => false
  readonly #start = this.now
  readonly #timers = new TimerHeap()
  readonly #idleTurns: number
  #seed: number

  constructor({ idleTurns = IDLE_TURNS, seed = 20_261_124 }: VirtualTimeOptions = {}) {
    this.#idleTurns = idleTurns
    this.#seed = seed
  }

  /** The same for the same seed. */
  readonly random = (): number => {
    this.#seed = (this.#seed * 1_664_525 + 1_013_904_223) % 2 ** 32
    return this.#seed / 2 ** 32
  }

  readonly setTimeout = (callback: () => void, delayMs = 0): number =>
    this.#timers.add(this.now + Math.max(0, delayMs), callback)

  readonly clearTimeout = (timer: unknown): void => {
    this.#timers.delete(timer as number)
  }

  get pendingTimers(): number {
    return this.#timers.size
  }

  /** Ms since the beginning. */
  readonly elapsed = (): number => this.now - this.#start

  readonly sleep = (delayMs: number): Promise<void> =>
    new Promise((wake) => {
      this.setTimeout(wake, delayMs)
    })

  /** A device of its own: what is not given here is shared by nobody. */
  environment(registry: object = {}): SttEnvironment {
    return {
      registry,
      now: () => this.now,
      monotonicNow: this.elapsed,
      setTimeout: this.setTimeout,
      clearTimeout: this.clearTimeout,
      random: this.random,
      locks: undefined,
      indexedDB: undefined,
      BroadcastChannel: undefined,
      inflate: async (bytes) => new Uint8Array(inflateSync(bytes)),
    }
  }

  async advance(ms: number): Promise<void> {
    const until = this.now + ms
    await this.idle()
    for (;;) {
      const next = this.#timers.takeUntil(until)
      if (!next) break
      this.now = next.at
      next.callback()
      await this.idle()
    }
    this.now = until
  }

  /** Lets promises and in-memory streams come to rest. */
  async idle(): Promise<void> {
    // Its turn comes when no promise has anything left to do.
    if (this.#idleTurns === 0) await new Promise<void>((resolve) => process.nextTick(resolve))
    for (let turn = 0; turn < this.#idleTurns || this.isBusy(); turn++)
      await new Promise((resolve) => setImmediate(resolve))
  }
}
