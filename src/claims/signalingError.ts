const RATE_EXCEEDED = -10_021
const OUTDATED_REVISION = -12_014

const NOT_CONNECTED = 'log its client in, and let it connect'
const NO_ANSWER = 'whether it was carried out is unknown'

/** What to do about it; the vendor's own sentences say only what it is. */
const ADVICE: Record<number, string> = {
  [-10_002]: NOT_CONNECTED,
  [-10_005]: 'give its client a valid token',
  [-10_009]: "renew its client's token",
  [-10_025]: NOT_CONNECTED,
  [-11_038]: "allow this user to subscribe to the claims' channels",
  [-12_018]: NO_ANSWER,
  [-12_019]: 'enable Storage for this project in the Agora Console',
  [-12_020]: "allow this user to read and write the metadata of the claims' channels",
}

/** The code of an error of the vendor's client; 0: it has none. */
const codeOf = (error: unknown): number =>
  Number((error as { errorCode?: unknown } | null)?.errorCode) || 0

export const isThrottled = (error: unknown): boolean => codeOf(error) === RATE_EXCEEDED

export const isOutdated = (error: unknown): boolean => codeOf(error) === OUTDATED_REVISION

/** Says the code and what to do, and nothing that was sent. */
export function signalingError(error: unknown): Error {
  const code = codeOf(error)
  const advice = ADVICE[code] ?? "look the code up in Agora's error table"
  return new Error(`Agora Signaling failed${code ? ` with ${code}` : ''}: ${advice}.`)
}

export function signalingTimeout(limitMs: number): Error {
  return new Error(`Agora Signaling did not answer within ${limitMs} ms: ${NO_ANSWER}.`)
}
