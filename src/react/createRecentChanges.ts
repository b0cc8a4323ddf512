import type { CaptionLine } from '../captions/captionLine.js'
import type { Transcript } from '../captions/transcript.js'

/** What has changed since it was last asked. */
export interface RecentChanges {
  /** The newest ids, in order: all that came since, and those before them that may still change. */
  ids: readonly string[]
  /** Of these, the lines that are new or other than before. */
  lines: readonly CaptionLine[]
}

/** No line this far from the end changes any more, however late its last message comes. */
const CHANGING_LINES = 64

/** Follows the end of a transcript at a cost that does not grow with it. */
export function createRecentChanges(transcript: Transcript): () => RecentChanges {
  let known = new Map<string, CaptionLine>()
  /** null: there was no line. undefined: it was never asked. */
  let lastId: string | null | undefined

  return () => {
    const all = transcript.getIds()
    const newFrom = lastId === undefined ? all.length : all.lastIndexOf(lastId ?? '') + 1
    const ids = all.slice(Math.max(newFrom - CHANGING_LINES, 0))
    const before = known
    known = new Map()
    lastId = all.at(-1) ?? null
    const lines: CaptionLine[] = []
    for (const id of ids) {
      const line = transcript.getLine(id)
      if (!line) continue
      known.set(id, line)
      if (before.get(id) !== line) lines.push(line)
    }
    return { ids, lines }
  }
}
