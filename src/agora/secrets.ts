const TOKEN_LIKE = /00[67][A-Za-z0-9+/=_-]{24,}/g
const MASK = '[removed]'

/**
 * The same text with every secret, and whatever looks like a token, masked. An error that repeats one is replaced by a
 * plain copy; any other value comes back as it is.
 */
export function withoutSecrets<Value>(value: Value, secrets?: readonly string[]): Value
export function withoutSecrets(value: unknown, secrets: readonly string[] = []): unknown {
  if (typeof value === 'string') return mask(value, secrets)
  if (!(value instanceof Error)) return undefined
  const said = [value.message, value.stack, extrasOf(value)].join('\n')
  if (mask(said, secrets) === said && value.cause === undefined) return value
  const copy = new Error(mask(value.message, secrets))
  copy.name = value.name
  return copy
}

function mask(text: string, secrets: readonly string[]): string {
  let masked = text
  for (const secret of secrets) {
    if (secret === '') continue
    masked = masked.replaceAll(secret, MASK).replaceAll(encodeURIComponent(secret), MASK)
  }
  return masked.replace(TOKEN_LIKE, MASK)
}

function extrasOf(error: Error): string {
  try {
    return JSON.stringify(error)
  } catch {
    return TOKEN_LIKE.source
  }
}
