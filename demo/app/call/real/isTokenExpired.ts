import { readRtcError } from './rtcError.ts'

const WORDS = /dynamic key expired|token timeout|err_dynamic_key_|k_timestamp_expired/

/** Whether a fresh token would help. */
export function isTokenExpired(error: unknown): boolean {
  const { code, reason } = readRtcError(error)
  return code === 'TOKEN_EXPIRE' || WORDS.test(reason)
}
