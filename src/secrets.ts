const TOKEN_LIKE = /00[67][\w+/=-]{24,}/g
const MASK = '[removed]'

/** What no text may show; what is not there needs no hiding. */
export type Secrets = readonly (string | null | undefined)[]

/** The same text with every secret, however it is encoded, and whatever looks like a token, masked. */
export function withoutSecrets(text: string, secrets: Secrets = []): string {
  let masked = text
  for (const secret of secrets) {
    if (!secret) continue
    const inQuery = `${new URLSearchParams([['', secret]])}`.slice(1)
    const inJson = JSON.stringify(secret).slice(1, -1)
    for (const form of [secret, encodeURIComponent(secret), inQuery, inJson]) {
      masked = masked.replaceAll(form, MASK)
    }
  }
  return masked.replace(TOKEN_LIKE, MASK)
}

/** An error that may be shown: itself where it says nothing secret, else a plain copy; undefined for what is none. */
export function toShowable(error: unknown, secrets: Secrets = []): Error | undefined {
  if (!(error instanceof Error)) return undefined
  const { name, message, stack = '' } = error
  const isPlain = Reflect.ownKeys(error).every((key) => key === 'message' || key === 'stack')
  const said = [name, message, stack].join('\n')
  if (isPlain && withoutSecrets(said, secrets) === said) return error
  const copy = new Error(withoutSecrets(message, secrets))
  copy.name = withoutSecrets(name, secrets)
  return copy
}
