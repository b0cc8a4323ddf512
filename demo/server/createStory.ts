import { isDeepStrictEqual } from 'node:util'
import type { Decided, StoryEntry } from '../protocol.ts'

const MAX_KEPT = 100

/** Who decided what, in the order in which the server heard of it. */
export interface Story {
  readonly entries: readonly StoryEntry[]
  add(who: string, decided: Decided): void
  clear(): void
}

export function createStory(): Story {
  let entries: readonly StoryEntry[] = []
  let count = 0
  return {
    get entries() {
      return entries
    },
    add(who, decided) {
      const last = entries.findLast((entry) => entry.who === who)
      // Said twice: in development React mounts everything twice.
      if (last && isSame(last, { ...decided, who })) return
      count += 1
      entries = [...entries, { ...decided, number: count, at: Date.now(), who }].slice(-MAX_KEPT)
    },
    clear() {
      entries = []
    },
  }
}

function isSame({ number, at, ...before }: StoryEntry, now: Omit<StoryEntry, 'number' | 'at'>) {
  return isDeepStrictEqual(before, now)
}
