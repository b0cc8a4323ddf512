/** More than one call has uids and languages. */
const MAX_STRINGS = 1_024

const known = new Map<string, string>()

/** The same string for the same characters: each message brings new ones, and many lines keep them. */
export function interned(text: string): string {
  const own = known.get(text) ?? text
  if (known.size < MAX_STRINGS) known.set(own, own)
  return own
}
