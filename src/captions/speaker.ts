import type { CaptionMessage } from './captionMessage.js'
import type { Sentence } from './sentence.js'

/** A sentence whose service does not name it, and the order of its final text. */
interface FinalEntry {
  order: number
  sentence: Sentence
}

const MAX_HELD = 64

/** What is known of a speaker in one session of the bot, beside the lines. */
export class Speaker {
  /** The newest line, the live one unless the bot has left. */
  newest: Sentence | null = null
  /** The line of whom the service names no sentences, while nothing of it is final. */
  pending: Sentence | null = null
  /** Of the oldest interim in `pending`. */
  pendingFrom = 0
  /** By order. */
  readonly #finals: FinalEntry[] = []
  /** Lines that were final up to it were removed. */
  prunedOrder = Number.NEGATIVE_INFINITY
  #held: { order: number; message: CaptionMessage }[] = []

  constructor(
    /** Lines of sentences up to it were removed. */
    public prunedSentenceId: number,
  ) {}

  /** Where sentences have no names: the first line that was final at this order or later. */
  finalFrom(order: number): FinalEntry | undefined {
    return this.#finals[this.#indexFrom(order)]
  }

  addFinal(order: number, sentence: Sentence): void {
    this.#finals.splice(this.#indexFrom(order), 0, { order, sentence })
  }

  removeFinal(sentence: Sentence): void {
    const index = this.#finals.findIndex((entry) => entry.sentence === sentence)
    if (index >= 0) this.#finals.splice(index, 1)
  }

  /** Keeps a translation until the final text comes that it is of. */
  hold(order: number, message: CaptionMessage): void {
    this.#held.push({ order, message })
    if (this.#held.length > MAX_HELD) this.#held.shift()
  }

  takeHeld(order: number): readonly CaptionMessage[] {
    const taken = this.#held.filter((held) => held.order === order)
    if (taken.length > 0) this.#held = this.#held.filter((held) => held.order !== order)
    return taken.map(({ message }) => message)
  }

  /** Looks among the newest first. */
  #indexFrom(order: number): number {
    return this.#finals.findLastIndex((entry) => entry.order < order) + 1
  }
}
