import type { CaptionLine } from './captionLine.js'
import { checkExportOptions, type ExportOptions, ORIGINAL } from './exportOptions.js'

/** How a kind of file is written. */
export interface CaptionFile {
  /** MIME. */
  type: string
  head: string
  /** @param index from 0 on */
  write(line: PlacedLine, index: number): string
  tail: string
}

/** A line with its place in a file. */
interface PlacedLine {
  line: CaptionLine
  /** The name, else the uid. */
  speaker: string
  /** A row for each language; none is empty. */
  text: string
  /** Since 0:00. Never falls from one line to the next. */
  startMs: number
  /** Since 0:00; at least 1 ms after `startMs`. */
  endMs: number
}

/** What is usual for subtitles: some 17 characters a second. */
const READING_MS_PER_CHARACTER = 60
const MIN_READING_MS = 1_000
/** Lines. Joining a few hundred at a time costs least: what they are made of is soon forgotten. */
const CHUNK_LENGTH = 256

export function toFileText(
  file: CaptionFile,
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): string {
  return [...toFileChunks(file, lines, options)].join('')
}

/** @throws `ConfigError`, at once */
export function toFileChunks(
  file: CaptionFile,
  lines: Iterable<CaptionLine>,
  options: ExportOptions = {},
): Iterable<string> {
  checkExportOptions(options)
  const shown = [...lines].filter((line) => options.includeLive || line.isFinal || !line.isLive)
  return writeFile(file, shown.sort(byStart), options)
}

/** By start, then by uid: two speakers may begin at once. */
export function byStart(one: CaptionLine, other: CaptionLine): number {
  return one.startedAt - other.startedAt || Number(one.uid) - Number(other.uid)
}

function* writeFile(
  { head, write, tail }: CaptionFile,
  lines: readonly CaptionLine[],
  { language = ORIGINAL, getSpeakerName, startAt = lines[0]?.startedAt ?? 0 }: ExportOptions,
): Generator<string> {
  const asked = [language].flat()
  let index = 0
  let written = [head]
  for (const line of lines) {
    const { uid, startedAt, endedAt, translations } = line
    const text =
      rowsOf(line, asked) || rowsOf(line, [ORIGINAL]) || rowsOf(line, Object.keys(translations))
    const readingMs = Math.max(text.length * READING_MS_PER_CHARACTER, MIN_READING_MS)
    const endAt = endedAt && endedAt > startedAt ? endedAt : startedAt + readingMs
    if (!text || endAt <= startAt) continue
    const speaker = toRow(getSpeakerName?.(uid)) || toRow(uid)
    const startMs = Math.max(startedAt - startAt, 0)
    const endMs = Math.max(endAt - startAt, startMs + 1)
    written.push(write({ line, speaker, text, startMs, endMs }, index++))
    if (written.length < CHUNK_LENGTH) continue
    yield written.join('')
    written = []
  }
  yield [...written, tail].join('')
}

/** Without what is empty, and without saying anything twice. */
function rowsOf({ text, language, translations }: CaptionLine, codes: readonly string[]): string {
  const rows = codes.map((code) =>
    toRow(code === ORIGINAL || code === language ? text : translations[code]?.text),
  )
  return [...new Set(rows)].filter(Boolean).join('\n')
}

/** A line break would end a cue, and WebVTT has no NUL: no control character means anything in speech. */
function toRow(text = ''): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}

/** `hh:mm:ss`, with a separator also the milliseconds; from 100 hours on there are more digits. */
export function timecode(ms: number, separator?: '.' | ','): string {
  const clock = `${padded(ms / 3_600_000, 2)}:${padded((ms / 60_000) % 60, 2)}:${padded((ms / 1_000) % 60, 2)}`
  return separator ? clock + separator + padded(ms % 1_000, 3) : clock
}

function padded(value: number, digits: number): string {
  return String(Math.floor(value)).padStart(digits, '0')
}
