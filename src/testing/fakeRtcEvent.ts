/** The listeners of one event, as agora-rtc-sdk-ng keeps them. */
export class FakeRtcEvent<Told extends unknown[]> {
  readonly #listeners = new Map<(...told: Told) => void, { isOnce: boolean }>()

  get size(): number {
    return this.#listeners.size
  }

  /** One that is there already stays as it is. */
  add(listener: (...told: Told) => void, isOnce: boolean): void {
    if (!this.#listeners.has(listener)) this.#listeners.set(listener, { isOnce })
  }

  remove(listener: (...told: Told) => void): void {
    this.#listeners.delete(listener)
  }

  /** Tells those that are there now, also where one of them removes another. */
  emit(...told: Told): void {
    for (const [listener, { isOnce }] of [...this.#listeners]) {
      if (isOnce) this.#listeners.delete(listener)
      listener(...told)
    }
  }
}
