import { inflateSync } from 'node:zlib'
import type { SttEnvironment } from 'react-realtime-stt/core'
import { TimerHeap } from './timerHeap.js'

const IDLE_TURNS = 3

/** A clock that stands still until it is told to go on; everything that became possible meanwhile has then happened. */
export class VirtualTime {
  now = Date.UTC(2026, 10, 24)
  /** As long as it says so, more turns are waited: something needs Node's loop. */
  isBusy = () => false
  readonly #start = this.now
  readonly #timers = new TimerHeap()
  readonly #idleTurns: number

  /** @param idleTurns more of them where things take more turns of Node's loop to come to rest; promises alone take one */
  constructor(idleTurns = IDLE_TURNS) {
    this.#idleTurns = idleTurns
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
      random: Math.random,
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
    for (let turn = 0; turn < this.#idleTurns || this.isBusy(); turn++)
      await new Promise((resolve) => setImmediate(resolve))
  }
}
