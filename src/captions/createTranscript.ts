import * as z from 'zod/mini'
import { callback, check, isWhole, must } from '../checkOptions.js'
import { reporting } from '../reporting.js'
import type { CaptionLine } from './captionLine.js'
import { CaptionLog } from './captionLog.js'
import type { CaptionMessage } from './captionMessage.js'
import { ANY, ChangeNotices, IDS } from './changeNotices.js'
import { decodeCaption, isGzipped } from './decodeCaption.js'
import { holdsText } from './holdsText.js'
import { readJsonCaption } from './readJsonCaption.js'
import type { Transcript, TranscriptEvent } from './transcript.js'
import { type TranscriptEnvironment, transcriptPlatform } from './transcriptEnvironment.js'

/** What {@link createTranscript} takes. */
export interface TranscriptOptions {
  /** How many lines are kept, beside the current one of each speaker; at least 1. @defaultValue all */
  maxLines?: number | undefined
  /** Told the lines that are removed to keep to `maxLines`, oldest first, so that an app can store them. */
  onPrune?: ((lines: readonly CaptionLine[]) => void) | undefined
  /** Told what was not taken in, and from whom captions come. What it throws is reported and changes nothing. */
  onEvent?: ((event: TranscriptEvent) => void) | undefined
  /** Clock, timers and frames, for tests and simulations. @defaultValue the platform's */
  environment?: Partial<TranscriptEnvironment> | undefined
}

type EventDetails = {
  [Type in TranscriptEvent['type']]: Omit<Extract<TranscriptEvent, { type: Type }>, 'at'>
}[TranscriptEvent['type']]

const DEFAULT_MAX_LIVE = 3
const optionsSchema = z.strictObject({
  maxLines: z.optional(
    must('a whole number from 1', (value) => isWhole(value, 1, Number.MAX_VALUE)),
  ),
  onPrune: callback,
  onEvent: callback,
  environment: z.optional(z.looseObject({})),
})

/**
 * A store for what is said in one channel: bytes of the caption bot in, lines out. Make one for each channel, outside
 * React.
 *
 * @param options how much is kept, and who is told
 * @example
 * ```ts
 * import { attachCaptions, createTranscript, type RtcClientLike } from 'react-realtime-stt'
 *
 * declare const rtcClient: RtcClientLike
 *
 * const transcript = createTranscript({ maxLines: 10_000 })
 * attachCaptions(rtcClient, transcript)
 * transcript.subscribe(() => {
 *   for (const { uid, text } of transcript.getLive()) document.title = `${uid}: ${text}`
 * })
 * ```
 *
 * @throws {@link ConfigError} on a bad option
 */
export function createTranscript(options: TranscriptOptions = {}): Transcript {
  check(optionsSchema, options)
  const { maxLines = Number.POSITIVE_INFINITY, onPrune, onEvent } = options
  const environment: TranscriptEnvironment = { ...transcriptPlatform, ...options.environment }
  const notices = new ChangeNotices(environment)
  const counters = { messages: 0, undecodable: 0, strangers: 0, pruned: 0, late: 0 }
  const senders = new Set<string>()
  /** By `max`: components that ask for different ones each get the same array again. */
  const live = new Map<number, { revision: number; lines: readonly CaptionLine[] }>()
  let revision = 0
  let clearings = 0
  let inflating = 0
  let queue: Promise<void> = Promise.resolve()

  const log = new CaptionLog({
    maxLines,
    now: environment.now,
    onChange(topic = IDS) {
      revision += 1
      notices.touch(topic)
    },
    onPrune(lines) {
      counters.pruned += lines.length
      if (onPrune) reporting(() => onPrune(lines))
    },
  })

  const tell = (details: EventDetails) =>
    onEvent && reporting(() => onEvent({ ...details, at: environment.now() } as TranscriptEvent))

  function refuse(from: string | undefined, byteLength?: number): void {
    counters.undecodable += 1
    tell({ type: 'undecodable', from, byteLength })
  }

  function take(message: CaptionMessage, from: string | undefined): void {
    if (from !== undefined && !senders.has(from)) {
      senders.add(from)
      tell({ type: 'sender', from })
    }
    if (log.put(message)) {
      counters.late += 1
      tell({ type: 'late', from })
    }
  }

  /** What an app hands over may be anything. */
  function takeDecoded(message: CaptionMessage, from: string | undefined): void {
    try {
      if (typeof message.uid === 'string' && holdsText(message)) {
        take(message, from)
        return
      }
    } catch {
      // Pieces that are none.
    }
    refuse(from)
  }

  function inflate(bytes: Uint8Array, from: string | undefined): void {
    const clearing = clearings
    const reading = readJsonCaption(bytes)
    inflating += 1
    queue = queue.then(async () => {
      const messages = await reading
      inflating -= 1
      if (!messages) refuse(from, bytes.byteLength)
      else if (clearing === clearings) for (const message of messages) take(message, from)
    })
  }

  return {
    ingest(message, from) {
      counters.messages += 1
      if (!ArrayBuffer.isView(message)) takeDecoded(message, from)
      else if (isGzipped(message)) inflate(message, from)
      else {
        const caption = decodeCaption(message)
        if (caption) take(caption, from)
        else refuse(from, message.byteLength)
      }
    },
    ignore(from) {
      counters.messages += 1
      counters.strangers += 1
      tell({ type: 'stranger', from })
    },
    endSession(from) {
      const end = () => {
        if (from !== undefined && !senders.has(from)) return
        senders.clear()
        log.endSession()
      }
      // What was sent before belongs to the session.
      if (inflating > 0) queue = queue.then(end)
      else end()
    },
    getIds: () => log.lines.ids,
    getLine: (id) => log.get(id)?.line,
    getLive({ max = DEFAULT_MAX_LIVE } = {}) {
      const before = live.get(max)
      if (before?.revision === revision) return before.lines
      const lines = log.lines.latest(max, log.unfinished).map(({ line }) => line)
      const isSame =
        before?.lines.length === lines.length &&
        lines.every((line, index) => line === before.lines[index])
      const latest = isSame ? before.lines : lines
      live.set(max, { revision, lines: latest })
      return latest
    },
    subscribe: (listener) => notices.subscribe(ANY, listener),
    subscribeIds: (listener) => notices.subscribe(IDS, listener),
    subscribeLine: (id, listener) => notices.subscribe(id, listener),
    whenIdle: () => queue,
    counters,
    clear() {
      clearings += 1
      log.clear()
    },
  }
}
