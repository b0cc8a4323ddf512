import { type CaptionFile, toFileChunks, toFileText } from './captionFile.js'
import type { CaptionLine } from './captionLine.js'
import type { ExportOptions } from './exportOptions.js'

/** An item of what {@link toJson} writes. Fields may be added; none goes or changes its meaning. */
export interface ExportedLine
  extends Pick<
    CaptionLine,
    'id' | 'uid' | 'text' | 'isFinal' | 'language' | 'startedAt' | 'endedAt' | 'translations'
  > {
  /** The name, else the uid. */
  readonly speaker: string
  /** Since 0:00, as in subtitles. */
  readonly startMs: number
  /** Since 0:00, as in subtitles: where `endedAt` says nothing, when the line has been read. */
  readonly endMs: number
}

export const jsonFile: CaptionFile = {
  type: 'application/json',
  head: '[',
  write({ line, speaker, startMs, endMs }, index) {
    const { id, uid, text, isFinal, language, startedAt, endedAt, translations } = line
    // V8 takes much longer for a line that is spread.
    const exported: ExportedLine = {
      id,
      uid,
      speaker,
      text,
      isFinal,
      language,
      startedAt,
      endedAt,
      startMs,
      endMs,
      translations,
    }
    return `${index > 0 ? ',' : ''}\n${JSON.stringify(exported)}`
  },
  tail: '\n]\n',
}

/**
 * Every language, and every line as it came, as JSON: an array of {@link ExportedLine}.
 *
 * @param lines what was said, in any order
 * @param options names and times; `language` changes nothing
 * @returns the file's text
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { type CaptionLine, type ExportedLine, toJson } from 'react-realtime-stt'
 *
 * export const toRecords = (lines: readonly CaptionLine[]): ExportedLine[] =>
 *   JSON.parse(toJson(lines))
 * ```
 */
export function toJson(lines: Iterable<CaptionLine>, options?: ExportOptions): string {
  return toFileText(jsonFile, lines, options)
}

/**
 * The same as {@link toJson}, in parts of some hundred lines.
 *
 * @param lines what was said, in any order
 * @param options names and times; `language` changes nothing
 * @returns the parts of the file's text, made as they are asked for
 * @throws {@link ConfigError} for an option that cannot be
 * @example
 * ```ts
 * import { createWriteStream } from 'node:fs'
 * import { Readable } from 'node:stream'
 * import { type CaptionLine, jsonChunks } from 'react-realtime-stt/core'
 *
 * export const save = (lines: readonly CaptionLine[]) =>
 *   Readable.from(jsonChunks(lines)).pipe(createWriteStream('call.json'))
 * ```
 */
export function jsonChunks(
  lines: Iterable<CaptionLine>,
  options?: ExportOptions,
): Iterable<string> {
  return toFileChunks(jsonFile, lines, options)
}
