import { byStart, type CaptionFile, toFileChunks } from './captionFile.js'
import type { CaptionLine } from './captionLine.js'
import { type ExportOptions, refusal } from './exportOptions.js'
import { sliceEnds } from './sliceEnds.js'
import { jsonFile } from './toJson.js'
import { srtFile } from './toSrt.js'
import { textFile } from './toText.js'
import { webVttFile } from './toWebVtt.js'
import type { Transcript } from './transcript.js'

/** A kind of file that {@link exportTranscript} makes: WebVTT, SubRip, text to read, or JSON. */
export type ExportFormat = 'vtt' | 'srt' | 'text' | 'json'

/** What {@link exportTranscript} takes. */
export interface ExportTranscriptOptions extends ExportOptions {
  /** The kind of file. */
  format: ExportFormat
  /** Ends the export; it rejects with the signal's reason. */
  signal?: AbortSignal | undefined
}

const FILES: ReadonlyMap<ExportFormat, CaptionFile> = new Map([
  ['vtt', webVttFile],
  ['srt', srtFile],
  ['text', textFile],
  ['json', jsonFile],
])

/** Sorting cannot pause halfway, but is fast where most is in order. */
const SORTED_LINES = 10_000

/**
 * Makes a file of what was said until now, also while the call goes on. Works in slices of some 8 ms, between which
 * the page stays alive; a line that changes meanwhile is exported as it was or as it became.
 *
 * @param transcript what was said
 * @param options which kind of file, and what is in it
 * @returns a file with its media type
 * @throws {@link ConfigError} for an option that cannot be; the reason of `signal`
 *
 * @example
 * ```ts
 * import { exportTranscript, type Transcript } from 'react-realtime-stt'
 *
 * export async function download(transcript: Transcript, link: HTMLAnchorElement) {
 *   const file = await exportTranscript(transcript, { format: 'vtt', language: 'de-DE' })
 *   link.href = URL.createObjectURL(file)
 *   link.download = 'call.vtt'
 *   link.click()
 * }
 * ```
 */
export async function exportTranscript(
  transcript: Pick<Transcript, 'getIds' | 'getLine'>,
  { format, signal, ...options }: ExportTranscriptOptions,
): Promise<Blob> {
  const file = FILES.get(format)
  if (!file) throw refusal('format', `one of ${[...FILES.keys()].join(', ')}`, format)
  const sliceEnd = sliceEnds(signal)
  const lines: CaptionLine[] = []
  for (const id of transcript.getIds()) {
    await sliceEnd()
    const line = transcript.getLine(id)
    if (line) lines.push(line)
    if (lines.length % SORTED_LINES === 0) lines.sort(byStart)
  }
  const parts: Blob[] = []
  for (const chunk of toFileChunks(file, lines, options)) {
    await sliceEnd()
    parts.push(new Blob([chunk]))
  }
  return new Blob(parts, { type: file.type })
}
