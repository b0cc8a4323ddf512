/** Faults that wait for the call they strike, oldest first. */
export interface FaultQueue<Fault extends { times?: number }> {
  add(fault: Fault): void
  /** The first that matches; used up with the last of its `times`. */
  take(matches: (fault: Fault) => boolean): Fault | undefined
  clear(): void
}

export function faultQueue<Fault extends { times?: number }>(): FaultQueue<Fault> {
  let waiting: { fault: Fault; left: number }[] = []
  return {
    add(fault) {
      waiting.push({ fault, left: fault.times ?? 1 })
    },
    take(matches) {
      const found = waiting.find(({ fault }) => matches(fault))
      if (found === undefined) return undefined
      found.left -= 1
      waiting = waiting.filter(({ left }) => left > 0)
      return found.fault
    },
    clear() {
      waiting = []
    },
  }
}
