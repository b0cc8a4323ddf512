import { reporting } from '../reporting.js'
import { onNextFrame } from './onNextFrame.js'
import type { TranscriptEnvironment } from './transcriptEnvironment.js'

/** No line has such an id. */
export const ANY = '*'
export const IDS = '#'

/** Tells who listens what has changed, once a frame. */
export class ChangeNotices {
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #changed = new Set<string>()

  constructor(readonly environment: TranscriptEnvironment) {}

  /** @param topic the id of a line, or one of the constants; whoever listens twice is told twice */
  subscribe(topic: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set()
    this.#listeners.set(topic, listeners)
    const entry = () => listener()
    listeners.add(entry)
    return () => {
      const isLast = listeners.delete(entry) && listeners.size === 0
      if (isLast) this.#listeners.delete(topic)
    }
  }

  touch(topic: string): void {
    if (this.#changed.size === 0) onNextFrame(this.environment, () => this.#tell())
    this.#changed.add(topic)
  }

  #tell(): void {
    const topics = [...this.#changed, ANY]
    this.#changed.clear()
    const told = topics.flatMap((topic) => [...(this.#listeners.get(topic) ?? [])])
    for (const listener of told) reporting(listener)
  }
}
