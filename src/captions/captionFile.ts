import type { CaptionLine } from './captionLine.js'
import { checkOptions, type ExportOptions, ORIGINAL } from './exportOptions.js'

/** How a kind of file is written. */
export interface CaptionFile {
  /** MIME. */
  type: string
  head: string
  /**
   * @param text a row for each language; none is empty
   * @param index from 0 on
   */
  write(line: ExportedLine, text: string, index: number): string
  tail: string
}

/** A line with its place in a file. */
export interface ExportedLine extends CaptionLine {
  /** The name, else the uid. */
  speaker: string
  /** Since 0:00. Never falls from one line to the next. */
  startMs: number
  /** Since 0:00; at least 1 ms after `startMs`. Where `endedAt` says nothing: after the time to read the line. */
  endMs: number
}

/** What is usual for subtitles: some 17 characters a second. */
const READING_MS_PER_CHARACTER = 60
const MIN_READING_MS = 1_000

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
  checkOptions(options)
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
  yield head
  for (const line of lines) {
    const { uid, startedAt, endedAt, translations } = line
    const text =
      rowsOf(line, asked) || rowsOf(line, [ORIGINAL]) || rowsOf(line, Object.keys(translations))
    const readingMs = Math.max(text.length * READING_MS_PER_CHARACTER, MIN_READING_MS)
    const endAt = endedAt && endedAt > startedAt ? endedAt : startedAt + readingMs
    if (!text || endAt <= startAt) continue
    const speaker = toRow(getSpeakerName?.(uid)) || uid
    const startMs = Math.max(startedAt - startAt, 0)
    const endMs = Math.max(endAt - startAt, startMs + 1)
    yield write({ ...line, speaker, startMs, endMs }, text, index++)
  }
  yield tail
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

/** `hh:mm:ss.mmm`; from 100 hours on there are more digits. */
export function timecode(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  return String(hours).padStart(2, '0') + new Date(ms).toISOString().slice(13, 23)
}
