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
 * @throws `ConfigError` for an option that cannot be
 */
export function toText(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(textFile, lines, options)
}

/** The same as {@link toText}, in parts of some hundred lines. */
export function textChunks(
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): Iterable<string> {
  return toFileChunks(textFile, lines, options)
}
