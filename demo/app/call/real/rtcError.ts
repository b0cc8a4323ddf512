/** What the SDK says of a failure, whatever it threw. */
export interface RtcError {
  /** As `AgoraRTCErrorCode`; empty where there is none. */
  code: string
  /** The service's own words, in lower case, to look for. */
  reason: string
  /** To show inside a sentence; a token or another long secret in it is left out. */
  text: string
}

const SECRET = /[\w+/=-]{32,}/g
const FULL_STOP = /[.\s]+$/

export function readRtcError(error: unknown): RtcError {
  const { code, message, data } = toRecord(error)
  const { desc } = toRecord(data)
  const said = typeof message === 'string' ? message : String(error)
  return {
    code: typeof code === 'string' ? code : '',
    reason: [said, desc].flat().join(' ').toLowerCase(),
    text: said.replaceAll(SECRET, '…').replace(FULL_STOP, ''),
  }
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
