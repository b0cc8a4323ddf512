import type { SttError } from 'react-realtime-stt'
import type { DemoConfig } from '../../protocol.ts'

/** What to do about an error in this demo. */
export function hintFor({ code }: SttError, { isReal, tokens }: DemoConfig): string | undefined {
  if (code === 'token_expired' || code === 'invalid_token') {
    if (tokens !== 'good') return 'In this demo: let the token endpoint hand out good tokens.'
    return isReal ? 'In this demo: check the two values in demo/.env.' : undefined
  }
  if (code === 'service_not_enabled' && !isReal) {
    return 'In this demo: switch “Real-Time STT is enabled” on.'
  }
  return undefined
}
