import { checkOptions } from './checkOptions.js'

/** The language that was spoken, whichever it was. */
export const ORIGINAL = 'original'

/** What an exporter takes. */
export interface ExportOptions {
  /**
   * In which language: `'original'` for what was spoken, the code of a translation, or several of these, one under the
   * other. A line that has none of them stands as it was spoken: nothing that was said is left out. JSON always holds
   * all.
   *
   * @defaultValue `'original'`
   */
  language?: string | readonly string[] | undefined
  /** Called for each line. @defaultValue the uid, also where it gives nothing */
  getSpeakerName?: ((uid: string) => string | undefined) | undefined
  /**
   * The moment that is 0:00, epoch ms: when the recording began, as an example. What ended before is left out.
   *
   * @defaultValue when the first line began
   */
  startAt?: number | undefined
  /** Also the lines that are being spoken, as far as they are known. @defaultValue `false` */
  includeLive?: boolean | undefined
}

/** What `typeof` must say of each option, or of each item of it. */
const KINDS: Readonly<Record<string, string>> = {
  language: 'string',
  getSpeakerName: 'function',
  startAt: 'number',
  includeLive: 'boolean',
}

/** @throws `ConfigError` */
export const checkExportOptions = (options: ExportOptions): void => checkOptions(options, KINDS)
