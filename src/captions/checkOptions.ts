import { ConfigError } from '../errors.js'

/**
 * Refuses what is no option, or of another kind. An option that is undefined counts as left out.
 *
 * @param kinds what `typeof` must say of each option, or of each item of it
 * @throws `ConfigError`
 */
export function checkOptions(options: object, kinds: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(options)) {
    const kind = kinds[name]
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
