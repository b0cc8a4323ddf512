interface Timer {
  id: number
  at: number
  callback: () => void
}

const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.id < b.id)

/** Timers by their moment; of one moment, in the order they were set. */
export class TimerHeap {
  readonly #heap: Timer[] = []
  readonly #live = new Set<number>()
  #lastId = 0

  get size(): number {
    return this.#live.size
  }

  add(at: number, callback: () => void): number {
    this.#lastId += 1
    const timer = { id: this.#lastId, at, callback }
    this.#live.add(timer.id)
    this.#heap.push(timer)
    this.#rise(timer)
    return timer.id
  }

  delete(id: number): void {
    this.#live.delete(id)
  }

  /** The next timer that is due by then, taken out. */
  takeUntil(until: number): Timer | undefined {
    for (;;) {
      const first = this.#heap[0]
      if (!first) return undefined
      const isLive = this.#live.has(first.id)
      if (isLive && first.at > until) return undefined
      this.#dropFirst()
      if (this.#live.delete(first.id)) return first
    }
  }

  #rise(timer: Timer): void {
    const heap = this.#heap
    let index = heap.length - 1
    while (index > 0) {
      const parentIndex = (index - 1) >> 1
      const parent = heap[parentIndex] as Timer
      if (!isBefore(timer, parent)) break
      heap[index] = parent
      index = parentIndex
    }
    heap[index] = timer
  }

  #dropFirst(): void {
    const heap = this.#heap
    const last = heap.pop() as Timer
    const { length } = heap
    if (length === 0) return
    let index = 0
    for (;;) {
      let childIndex = index * 2 + 1
      if (childIndex >= length) break
      const right = heap[childIndex + 1]
      if (right && isBefore(right, heap[childIndex] as Timer)) childIndex += 1
      const child = heap[childIndex] as Timer
      if (!isBefore(child, last)) break
      heap[index] = child
      index = childIndex
    }
    heap[index] = last
  }
}
