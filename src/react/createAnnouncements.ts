import type { CaptionLine } from '../captions/captionLine.js'
import type { Transcript } from '../captions/transcript.js'
import {
  type TranscriptEnvironment,
  transcriptPlatform,
} from '../captions/transcriptEnvironment.js'
import { createListeners } from './createListeners.js'
import { createRecentChanges } from './createRecentChanges.js'
import { toShownText } from './toShownText.js'

/** What a screen reader says once. */
interface Announcement {
  key: number
  uid: string
  text: string
  /** Of the text; empty where the service does not say. */
  language: string
}

/** What has become final since somebody listens, outside React. */
export interface Announcements {
  /** The newest ones: whoever reads them has been told of the rest. */
  getSnapshot(): readonly Announcement[]
  getServerSnapshot(): readonly Announcement[]
  subscribe(listener: () => void): () => void
}

/** What of a line was said. */
interface Said {
  text: string
  /** In its own language, although another was asked for. */
  isFallback: boolean
}

/** Long enough for a screen reader to notice them. All that come at once are kept beside them. */
const KEPT_ANNOUNCEMENTS = 20
/** A line whose translation takes longer is said in its own language. */
const TRANSLATION_WAIT_MS = 5_000
/** More than lines that may still change. */
const MAX_SAID = 1_024
const NONE: readonly Announcement[] = []

export function createAnnouncements(
  transcript: Transcript,
  language: string,
  environment: Pick<
    TranscriptEnvironment,
    'now' | 'setTimeout' | 'clearTimeout'
  > = transcriptPlatform,
): Announcements {
  let announcements = NONE
  let count = 0

  function start(): () => void {
    const take = createRecentChanges(transcript)
    const said = new Map<string, Said>()
    /** Until when a line waits for its translation, soonest first. */
    const waiting = new Map<string, number>()
    let timer: unknown

    function say(line: CaptionLine, isOverdue: boolean): Announcement[] {
      const { id, uid } = line
      const before = said.get(id)
      const shown = toShownText(line, language)
      const isFallback = before?.isFallback ?? isOverdue
      const { finalText, language: spoken } = isFallback ? line : shown
      if (!isFallback && (shown.isFallback || !finalText)) {
        const mustWait = line.finalText && !before && !waiting.has(id)
        if (mustWait) waiting.set(id, environment.now() + TRANSLATION_WAIT_MS)
        return []
      }
      waiting.delete(id)
      said.delete(id)
      said.set(id, { text: finalText, isFallback })
      const text = growthOf(before?.text ?? '', finalText)
      count += 1
      return text ? [{ key: count, uid, text, language: spoken }] : []
    }

    function update(): void {
      const added = take().lines.flatMap((line) => say(line, false))
      for (const [id, until] of waiting) {
        if (until > environment.now()) break
        waiting.delete(id)
        const line = transcript.getLine(id)
        if (line) added.push(...say(line, true))
      }
      for (const id of said.keys()) {
        if (said.size <= MAX_SAID) break
        said.delete(id)
      }
      environment.clearTimeout(timer)
      const [soonest] = waiting.values()
      if (soonest !== undefined) timer = environment.setTimeout(update, soonest - environment.now())
      if (added.length === 0) return
      announcements = [...announcements.slice(-KEPT_ANNOUNCEMENTS), ...added]
      listeners.tell()
    }

    for (const line of take().lines) {
      const isTranslated = !toShownText(line, language).isFallback
      if (line.finalText) say(line, !isTranslated)
    }
    waiting.clear()
    const unsubscribe = transcript.subscribe(update)
    return () => {
      unsubscribe()
      environment.clearTimeout(timer)
    }
  }

  const listeners = createListeners(start)
  return {
    getSnapshot: () => announcements,
    getServerSnapshot: () => NONE,
    subscribe: listeners.subscribe,
  }
}

/** What a text has more than before. Where it was changed, from the word on in which it differs. */
function growthOf(before: string, text: string): string {
  if (text.startsWith(before)) return text.slice(before.length).trim()
  let same = 0
  while (same < before.length && before[same] === text[same]) same += 1
  return text.slice(text.lastIndexOf(' ', same) + 1).trim()
}
