import type { Sentence } from './sentence.js'

/** The lines in the order of the conversation. None ever moves. */
export class LineList {
  readonly #sentences: Sentence[] = []
  readonly #ids: string[] = []
  #snapshot: readonly string[] | null = null

  get size(): number {
    return this.#sentences.length
  }

  /** The same array until a line comes or goes. */
  get ids(): readonly string[] {
    this.#snapshot ??= this.#ids.slice()
    return this.#snapshot
  }

  get lastPosition(): number {
    return this.#sentences.at(-1)?.position ?? 0
  }

  /** The newest ones, oldest first, and before them those of `others` that are older. */
  latest(max: number, others: readonly Sentence[]): Sentence[] {
    const newest = max > 0 ? this.#sentences.slice(-max) : []
    const older = others.filter((one) => !newest.includes(one))
    older.sort(
      (a, b) =>
        a.position - b.position || this.#sentences.lastIndexOf(a) - this.#sentences.lastIndexOf(b),
    )
    return [...older, ...newest]
  }

  /** By position, then by uid. */
  insert(sentence: Sentence): void {
    this.#insertAt(this.#sentences.findLastIndex((one) => !isAfter(one, sentence)) + 1, sentence)
  }

  /** @param next null: at the end */
  insertBefore(next: Sentence | null, sentence: Sentence): void {
    this.#insertAt(next ? this.#sentences.lastIndexOf(next) : this.size, sentence)
  }

  /** The oldest one that is not live. */
  removeOldest(): Sentence | undefined {
    const index = this.#sentences.findIndex(({ isLive }) => !isLive)
    if (index < 0) return undefined
    this.#snapshot = null
    this.#ids.splice(index, 1)
    return this.#sentences.splice(index, 1)[0]
  }

  removeAll(): readonly Sentence[] {
    this.#snapshot = null
    this.#ids.length = 0
    return this.#sentences.splice(0)
  }

  #insertAt(index: number, sentence: Sentence): void {
    this.#snapshot = null
    this.#ids.splice(index, 0, sentence.id)
    this.#sentences.splice(index, 0, sentence)
  }
}

/** Uids are decimal numbers: the longer one is the greater. */
const isAfter = (one: Sentence, other: Sentence) =>
  (one.position - other.position ||
    one.uid.length - other.uid.length ||
    Number(one.uid > other.uid)) > 0
