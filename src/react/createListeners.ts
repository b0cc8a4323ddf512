/** Who listens to a store, which works only while somebody does. */
export interface Listeners {
  subscribe(listener: () => void): () => void
  tell(): void
}

/** @param start called for the first listener; what it returns is called after the last */
export function createListeners(start: () => () => void): Listeners {
  const listeners = new Set<() => void>()
  let end = () => {}
  return {
    subscribe(listener) {
      if (listeners.size === 0) end = start()
      // Whoever listens twice is told twice.
      const entry = () => listener()
      listeners.add(entry)
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) end()
      }
    },
    tell() {
      for (const listener of [...listeners]) listener()
    },
  }
}
