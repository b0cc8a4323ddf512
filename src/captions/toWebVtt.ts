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
 * @throws `ConfigError` for an option that cannot be
 * @see https://www.w3.org/TR/webvtt1/
 */
export function toWebVtt(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(webVttFile, lines, options)
}

/** The same as {@link toWebVtt}, in parts of some hundred cues. */
export function webVttChunks(
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): Iterable<string> {
  return toFileChunks(webVttFile, lines, options)
}
