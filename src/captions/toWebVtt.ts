import { type CaptionFile, timecode, toFileChunks, toFileText } from './captionFile.js'
import type { CaptionLine } from './captionLine.js'
import type { ExportOptions } from './exportOptions.js'

/** With `>` escaped, nothing holds `-->`. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export const webVttFile: CaptionFile = {
  type: 'text/vtt',
  head: 'WEBVTT\n',
  write({ speaker, text, startMs, endMs }) {
    const said = `<v ${escaped(speaker)}>${escaped(text)}`
    return `\n${timecode(startMs, '.')} --> ${timecode(endMs, '.')}\n${said}\n`
  },
  tail: '',
}

/**
 * Subtitles as WebVTT, each cue with its speaker as `<v …>`.
 *
 * @param lines what was said, in any order
 * @param options language, names and times
 * @returns the file's text
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { toWebVtt, type Transcript } from 'react-realtime-stt'
 *
 * export function toTrackUrl(transcript: Transcript): string {
 *   const lines = transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])
 *   return URL.createObjectURL(new Blob([toWebVtt(lines)], { type: 'text/vtt' }))
 * }
 * ```
 * @see https://www.w3.org/TR/webvtt1/
 */
export function toWebVtt(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(webVttFile, lines, options)
}

/**
 * The same as {@link toWebVtt}, in parts of some hundred cues.
 *
 * @param lines what was said, in any order
 * @param options language, names and times
 * @returns the parts of the file's text, made as they are asked for
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { createWriteStream } from 'node:fs'
 * import { Readable } from 'node:stream'
 * import { type CaptionLine, webVttChunks } from 'react-realtime-stt/core'
 *
 * export const save = (lines: readonly CaptionLine[]) =>
 *   Readable.from(webVttChunks(lines)).pipe(createWriteStream('call.vtt'))
 * ```
 */
export function webVttChunks(
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): Iterable<string> {
  return toFileChunks(webVttFile, lines, options)
}
