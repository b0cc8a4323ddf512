import * as z from 'zod/mini'
import { ConfigError } from './errors.js'
import { withoutSecrets } from './secrets.js'

/** A value for which `isGood` holds; the rule names the limit. */
export const must = <Value>(rule: string, isGood: (value: unknown) => unknown) =>
  z.custom<Value>(isGood, `must be ${rule}`)

export const isWhole = (value: unknown, min: number, max: number): boolean =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max

export const callback = z.optional(must('a function', (value) => typeof value === 'function'))

/** @throws `ConfigError` that names the field, the limit and what was given, but no secret */
export function check(schema: z.ZodMiniType, value: unknown): void {
  const issue = z.safeParse(schema, value, { reportInput: true }).error?.issues[0]
  if (!issue) return
  const { path, input, code, message } = issue
  if (code === 'unrecognized_keys') {
    const field = [...path, ...issue.keys].join('.')
    throw new ConfigError(`${field}: is no option; check its spelling.`)
  }
  const rule = code === 'invalid_type' ? `must be an ${issue.expected}` : message
  const isSecret = path.includes('encryption') && !path.includes('mode')
  const given = isSecret ? '' : ` Given: ${show(input)}.`
  throw new ConfigError(`${path.join('.') || 'options'}: ${rule}.${given}`)
}

const MAX_SHOWN_LENGTH = 80

/** A value as a message may repeat it. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`
  if (typeof value !== 'string') return Object(value) === value ? typeof value : String(value)
  return `'${withoutSecrets(value).slice(0, MAX_SHOWN_LENGTH)}'`
}
