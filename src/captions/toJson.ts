import { type CaptionFile, toFileChunks, toFileText } from './captionFile.js'
import type { CaptionLine } from './captionLine.js'
import type { ExportOptions } from './exportOptions.js'

export const jsonFile: CaptionFile = {
  type: 'application/json',
  head: '[',
  write: (line, _text, index) => `${index > 0 ? ',' : ''}\n${JSON.stringify(line)}`,
  tail: '\n]\n',
}

/**
 * All that is known, in every language, as JSON: an array of `ExportedLine`, which any exporter takes again.
 *
 * @throws `ConfigError` for an option that cannot be
 */
export function toJson(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(jsonFile, lines, options)
}

/** The same as {@link toJson}, line by line. */
export function jsonChunks(
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): Iterable<string> {
  return toFileChunks(jsonFile, lines, options)
}
