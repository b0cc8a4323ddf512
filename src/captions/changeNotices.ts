import { reporting } from '../reporting.js'
import { onNextFrame } from './onNextFrame.js'
import type { TranscriptEnvironment } from './transcriptEnvironment.js'

/** Tells who listens what has changed, once a frame. */
export class ChangeNotices {
  readonly #listeners = new Set<() => void>()
  readonly #idListeners = new Set<() => void>()
  readonly #lineListeners = new Map<string, Set<() => void>>()
  readonly #changedLines = new Set<string>()
  #areIdsChanged = false
  #isAwaited = false

  constructor(readonly environment: TranscriptEnvironment) {}

  subscribe(listener: () => void): () => void {
    return listenIn(this.#listeners, listener)
  }

  subscribeIds(listener: () => void): () => void {
    return listenIn(this.#idListeners, listener)
  }

  subscribeLine(id: string, listener: () => void): () => void {
    const listeners = this.#lineListeners.get(id) ?? new Set()
    this.#lineListeners.set(id, listeners)
    const end = listenIn(listeners, listener)
    return () => {
      end()
      if (listeners.size === 0 && this.#lineListeners.get(id) === listeners) {
        this.#lineListeners.delete(id)
      }
    }
  }

  touchLine(id: string): void {
    if (this.#lineListeners.has(id)) this.#changedLines.add(id)
    this.#await()
  }

  touchIds(): void {
    this.#areIdsChanged = true
    this.#await()
  }

  #await(): void {
    if (this.#isAwaited) return
    this.#isAwaited = true
    onNextFrame(this.environment, () => this.#tell())
  }

  #tell(): void {
    const lines = [...this.#changedLines].map((id) => this.#lineListeners.get(id))
    const ids = this.#areIdsChanged ? this.#idListeners : undefined
    this.#isAwaited = false
    this.#areIdsChanged = false
    this.#changedLines.clear()
    const told = [ids, ...lines, this.#listeners].flatMap((listeners) => [...(listeners ?? [])])
    for (const listener of told) reporting(listener)
  }
}

/** Whoever listens twice is told twice. */
function listenIn(listeners: Set<() => void>, listener: () => void): () => void {
  const entry = () => listener()
  listeners.add(entry)
  return () => {
    listeners.delete(entry)
  }
}
