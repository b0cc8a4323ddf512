import { ConfigError } from '../errors.js'

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
  /** Gives the name of a speaker; called for each line. @defaultValue the uid, also where it gives nothing */
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

/** @throws `ConfigError`; an option that is undefined counts as left out */
export function checkExportOptions(options: ExportOptions): void {
  for (const [name, value] of Object.entries(options)) {
    const kind = KINDS[name]
    const isGood = (item: unknown) =>
      typeof item === kind && (kind !== 'number' || Number.isFinite(item))
    if (kind && (value === undefined || [value].flat().every(isGood))) continue
    throw refusal(name, kind ? `a ${kind}` : 'left out: there is no such option', value)
  }
}

/** Names the option, what it must be and what was given. */
export function refusal(name: string, rule: string, value: unknown): ConfigError {
  return new ConfigError(`${name}: must be ${rule}. Given: ${String(value)}.`)
}
