import type { SttError } from 'react-realtime-stt'

/** Which switch of the demo mends an error. */
export function hintFor({ code }: SttError, isReal: boolean): string | undefined {
  if (code === 'token_expired' || code === 'invalid_token') {
    return 'In this demo: set “Token” to “Good”.'
  }
  if (code === 'service_not_enabled' && !isReal) {
    return 'In this demo: switch “Real-Time STT is enabled” on.'
  }
  return undefined
}
