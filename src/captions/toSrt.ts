import { type CaptionFile, timecode, toFileChunks, toFileText } from './captionFile.js'
import type { CaptionLine } from './captionLine.js'
import type { ExportOptions } from './exportOptions.js'

/** A row that a player would take for the times of a cue. */
const TIMES = /^[-+\d]+:\s*[-+\d]+:\s*[-+\d]+[.,]\s*[-+\d]+\s*-->/gm

export const srtFile: CaptionFile = {
  type: 'application/x-subrip',
  head: '',
  write({ speaker, text, startMs, endMs }, index) {
    const times = `${timecode(startMs, ',')} --> ${timecode(endMs, ',')}`
    const said = `${speaker}: ${text}`
    return `${index + 1}\n${times}\n${said.replace(TIMES, '- $&')}\n\n`
  },
  tail: '',
}

/**
 * Subtitles as SubRip, each text after its speaker's name. SubRip has no escaping: players may take `<b>` in a text for
 * a tag.
 *
 * @param lines what was said, in any order
 * @param options language, names and times
 * @returns the file's text
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { type CaptionLine, toSrt } from 'react-realtime-stt'
 *
 * export const toGermanSrt = (lines: readonly CaptionLine[], recordedAt: number) =>
 *   toSrt(lines, { language: 'de-DE', startAt: recordedAt })
 * ```
 */
export function toSrt(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(srtFile, lines, options)
}

/**
 * The same as {@link toSrt}, in parts of some hundred cues.
 *
 * @param lines what was said, in any order
 * @param options language, names and times
 * @returns the parts of the file's text, made as they are asked for
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { createWriteStream } from 'node:fs'
 * import { Readable } from 'node:stream'
 * import { type CaptionLine, srtChunks } from 'react-realtime-stt/core'
 *
 * export const save = (lines: readonly CaptionLine[]) =>
 *   Readable.from(srtChunks(lines)).pipe(createWriteStream('call.srt'))
 * ```
 */
export function srtChunks(lines: Iterable<CaptionLine>, options?: ExportOptions): Iterable<string> {
  return toFileChunks(srtFile, lines, options)
}
