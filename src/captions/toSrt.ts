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
 * @throws `ConfigError` for an option that cannot be
 */
export function toSrt(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(srtFile, lines, options)
}

/** The same as {@link toSrt}, in parts of some hundred cues. */
export function srtChunks(lines: Iterable<CaptionLine>, options?: ExportOptions): Iterable<string> {
  return toFileChunks(srtFile, lines, options)
}
