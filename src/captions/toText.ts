import { type CaptionFile, timecode, toFileChunks, toFileText } from './captionFile.js'
import type { CaptionLine } from './captionLine.js'
import type { ExportOptions } from './exportOptions.js'

export const textFile: CaptionFile = {
  // A tab that shows the file would guess the charset.
  type: 'text/plain;charset=utf-8',
  head: '',
  write: ({ speaker, text, startMs }) => `[${timecode(startMs)}] ${speaker}: ${text}\n`,
  tail: '',
}

/**
 * Text to read: `[00:01:05] Ada: Good morning.`, a row for each line.
 *
 * @param lines what was said, in any order
 * @param options language, names and times
 * @returns the file's text
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { toText, type Transcript } from 'react-realtime-stt'
 *
 * export function toMinutes(transcript: Transcript, names: ReadonlyMap<string, string>): string {
 *   const lines = transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])
 *   return toText(lines, { getSpeakerName: (uid) => names.get(uid) })
 * }
 * ```
 */
export function toText(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(textFile, lines, options)
}

/**
 * The same as {@link toText}, in parts of some hundred lines.
 *
 * @param lines what was said, in any order
 * @param options language, names and times
 * @returns the parts of the file's text, made as they are asked for
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { createWriteStream } from 'node:fs'
 * import { Readable } from 'node:stream'
 * import { type CaptionLine, textChunks } from 'react-realtime-stt/core'
 *
 * export const save = (lines: readonly CaptionLine[]) =>
 *   Readable.from(textChunks(lines)).pipe(createWriteStream('call.txt'))
 * ```
 */
export function textChunks(
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): Iterable<string> {
  return toFileChunks(textFile, lines, options)
}
