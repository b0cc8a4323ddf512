import type { CaptionLine } from '../captions/captionLine.js'
import type { Transcript } from '../captions/transcript.js'
import {
  type TranscriptEnvironment,
  transcriptPlatform,
} from '../captions/transcriptEnvironment.js'
import { createListeners } from './createListeners.js'
import { readingMs } from './readingMs.js'

/** What {@link createShownCaptions} takes. */
export interface ShownCaptionsOptions {
  /** How many of the newest lines. */
  max: number
  wordsPerMinute: number
}

/** The lines over a call, outside React: each stays as long as it takes to read it. */
export interface ShownCaptions {
  /** The same array until a line comes, changes or goes. */
  getSnapshot(): readonly CaptionLine[]
  getServerSnapshot(): readonly CaptionLine[]
  subscribe(listener: () => void): () => void
}

/** What a line said when it last changed, and when that was, in ms. */
interface Reading {
  text: string
  changedAt: number
}

/** Nothing more is expected of a speaker who has not finished, and of whom nothing came for so long. */
const SILENCE_MS = 10_000
const NONE: readonly CaptionLine[] = []

export function createShownCaptions(
  transcript: Transcript,
  { max, wordsPerMinute }: ShownCaptionsOptions,
  environment: Pick<
    TranscriptEnvironment,
    'now' | 'setTimeout' | 'clearTimeout'
  > = transcriptPlatform,
): ShownCaptions {
  let readings = new Map<string, Reading>()
  /** Lines that were not final when they were last shown, or have not been read since. */
  const spoken = new Set<string>()
  let lines = NONE

  /** The live window, and what was in it only because it was being spoken: when it is final, it is still to be read. */
  function toShow(): readonly CaptionLine[] {
    const live = transcript.getLive({ max })
    const ids = new Set(live.map(({ id }) => id))
    const still: CaptionLine[] = []
    for (const id of spoken) {
      const line = transcript.getLine(id)
      if (!line) spoken.delete(id)
      else if (!ids.has(id)) still.push(line)
    }
    return [...still, ...live]
  }

  /** Returns in how many ms a line goes; Infinity where none is shown. */
  function look(): number {
    const now = environment.now()
    const next: CaptionLine[] = []
    let remainingMs = Number.POSITIVE_INFINITY
    const before = readings
    readings = new Map()
    for (const line of toShow()) {
      const reading = toReading(line, before.get(line.id), now)
      readings.set(line.id, reading)
      const heldMs = line.isFinal ? readingMs(reading.text, wordsPerMinute) : SILENCE_MS
      const leftMs = reading.changedAt + heldMs - now
      if (leftMs <= 0) {
        spoken.delete(line.id)
        continue
      }
      if (!line.isFinal) spoken.add(line.id)
      next.push(line)
      remainingMs = Math.min(remainingMs, leftMs)
    }
    const isSame = next.length === lines.length && next.every((line, at) => line === lines[at])
    if (!isSame) lines = next
    return remainingMs
  }

  function start(): () => void {
    let timer: unknown
    const update = () => {
      environment.clearTimeout(timer)
      const remainingMs = look()
      if (remainingMs !== Number.POSITIVE_INFINITY) {
        timer = environment.setTimeout(update, remainingMs)
      }
      listeners.tell()
    }
    const unsubscribe = transcript.subscribe(update)
    update()
    return () => {
      unsubscribe()
      environment.clearTimeout(timer)
    }
  }

  const listeners = createListeners(start)
  return {
    getSnapshot() {
      look()
      return lines
    },
    getServerSnapshot: () => NONE,
    subscribe: listeners.subscribe,
  }
}

/** Of the longest text: which of them is read is not known here. */
function toReading(line: CaptionLine, before: Reading | undefined, now: number): Reading {
  const texts = [line.text, ...Object.values(line.translations).map(({ text }) => text)]
  const text = texts.reduce((longest, one) => (one.length > longest.length ? one : longest))
  return before?.text === text ? before : { text, changedAt: now }
}
