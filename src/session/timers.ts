import type { SttEnvironment } from './environment.js'

/** Timers that one owner can take back together. */
export class Timers {
  readonly #environment: SttEnvironment
  readonly #pending = new Set<unknown>()

  constructor(environment: SttEnvironment) {
    this.#environment = environment
  }

  /** Returns the function that takes this timer back. */
  set(delayMs: number, callback: () => void): () => void {
    const timer = this.#environment.setTimeout(() => {
      this.#pending.delete(timer)
      callback()
    }, delayMs)
    this.#pending.add(timer)
    return () => {
      this.#environment.clearTimeout(timer)
      this.#pending.delete(timer)
    }
  }

  clear(): void {
    for (const timer of this.#pending) this.#environment.clearTimeout(timer)
    this.#pending.clear()
  }
}
