import type { SttError } from 'react-realtime-stt'
import type { DemoConfig, TokenKind } from '../protocol.ts'

interface Situation {
  config: DemoConfig
  settings: { tokenKind: TokenKind }
}

/** What to do about an error in this demo. */
export function hintFor({ code }: SttError, { config, settings }: Situation): string | undefined {
  if (code === 'token_expired' || code === 'invalid_token') {
    if (settings.tokenKind !== 'good') return 'In this demo: set “Token” to “Good”.'
    return config.isReal ? 'In this demo: check the two values in demo/.env.' : undefined
  }
  if (code === 'service_not_enabled' && !config.isReal) {
    return 'In this demo: switch “Real-Time STT is enabled” on.'
  }
  return undefined
}
