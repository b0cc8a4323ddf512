import type { CaptionLine } from '../captions/captionLine.js'
import { sliceEnds } from '../captions/sliceEnds.js'
import type { Transcript } from '../captions/transcript.js'
import { createListeners } from './createListeners.js'
import { createRecentChanges } from './createRecentChanges.js'
import { findInText } from './findInText.js'
import { toShownText } from './toShownText.js'

/** What {@link createTranscriptSearch} takes. */
export interface TranscriptSearchOptions {
  /** By `toQuery`; nothing is found where it is empty. */
  query: string
  /** The code of a translation, or `'original'`. */
  language: string
  /** Also look into what was said. */
  showsOriginal: boolean
  /** Called with the line that becomes the current one. */
  onCurrent: (id: string) => void
}

/** What is known of a search. */
interface SearchResult {
  /** How many lines were found. */
  count: number
  /** Of the current line among them, from 1; 0 where there is none. */
  position: number
  currentId: string | null
  /** There may be more. */
  isSearching: boolean
}

/** Looks for a text in a transcript, outside React, and goes on with what is being said. */
export interface TranscriptSearch {
  getSnapshot(): SearchResult
  getServerSnapshot(): SearchResult
  subscribe(listener: () => void): () => void
  /** The next line that was found; after the last, the first. */
  next(): void
  previous(): void
}

/** Between two looks at what was found. */
const TOLD_LINES = 4_096
const NOTHING: SearchResult = { count: 0, position: 0, currentId: null, isSearching: false }

export function createTranscriptSearch(
  transcript: Transcript,
  { query, language, showsOriginal, onCurrent }: TranscriptSearchOptions,
): TranscriptSearch {
  let found: readonly string[] = []
  let result = NOTHING
  /** Brings `found` up to date. */
  let collect = () => {}

  const has = (line: CaptionLine | undefined) =>
    line !== undefined &&
    [toShownText(line, language).text, showsOriginal ? line.text : ''].some(
      (text) => findInText(text.normalize('NFC'), query).length > 0,
    )

  function go(currentId: string | null, isSearching: boolean): void {
    const isOther = currentId !== result.currentId
    const position = currentId === null ? 0 : found.indexOf(currentId) + 1
    result = { count: found.length, position, currentId, isSearching }
    listeners.tell()
    if (isOther && currentId !== null) onCurrent(currentId)
  }

  function move(step: 1 | -1): void {
    if (result.count === 0) return
    collect()
    const from = result.position === 0 && step === -1 ? 0 : result.position - 1
    go(found.at((from + step) % found.length) ?? null, result.isSearching)
  }

  function start(): () => void {
    if (query === '') return () => {}
    const take = createRecentChanges(transcript)
    /** Found among the lines that were there, and among those that came and do not change any more. */
    const older: string[] = []
    const passed: string[] = []
    const recent = new Set<string>()
    let recentIds: readonly string[] = []
    let isSearching = true
    const controller = new AbortController()
    const isKept = (id: string) => transcript.getLine(id) !== undefined

    collect = () => {
      const newest = recentIds.filter((id) => recent.has(id))
      found = [...older.filter(isKept), ...passed.filter(isKept), ...newest]
      const isFirstKnown = older.length > 0 || !isSearching
      const isCurrent = result.currentId !== null && found.includes(result.currentId)
      go(isCurrent ? result.currentId : (isFirstKnown && found[0]) || null, isSearching)
    }

    /** Cheaper than to collect, again and again, what is almost the same. */
    function count(): void {
      if (result.currentId === null && older.length > 0) collect()
      else {
        result = { ...result, count: older.length + passed.length + recent.size }
        listeners.tell()
      }
    }

    function follow(): void {
      const { ids, lines } = take()
      let isOther = found[0] !== undefined && !isKept(found[0])
      for (const line of lines) {
        const isHit = has(line)
        if (isHit === recent.has(line.id)) continue
        isOther = true
        if (isHit) recent.add(line.id)
        else recent.delete(line.id)
      }
      const still = new Set(ids)
      passed.push(...recentIds.filter((id) => !still.has(id) && recent.delete(id)))
      recentIds = ids
      if (isOther && isSearching) count()
      else if (isOther) collect()
    }

    async function search(): Promise<void> {
      const sliceEnd = sliceEnds(controller.signal)
      const ids = transcript.getIds().slice(0, -recentIds.length || undefined)
      for (const [index, id] of ids.entries()) {
        await sliceEnd()
        if (has(transcript.getLine(id))) older.push(id)
        if (index % TOLD_LINES === TOLD_LINES - 1) count()
      }
      isSearching = false
      collect()
    }

    follow()
    collect()
    search().catch((error: unknown) => {
      if (!controller.signal.aborted) throw error
    })
    const unsubscribe = transcript.subscribe(follow)
    return () => {
      unsubscribe()
      controller.abort()
    }
  }

  const listeners = createListeners(start)
  return {
    getSnapshot: () => result,
    getServerSnapshot: () => NOTHING,
    subscribe: listeners.subscribe,
    next: () => move(1),
    previous: () => move(-1),
  }
}
