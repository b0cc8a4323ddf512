import type { UseRealtimeSttResult } from 'react-realtime-stt'
import type { CaptionsLook } from './CaptionsButton.tsx'

/** What the captions button shows of what the hook returns. */
export function toLook({ status, session }: UseRealtimeSttResult): CaptionsLook {
  if (status === 'enabling' || status === 'disabling') return status
  if (status !== 'enabled') return 'off'
  return session?.state === 'acquired' ? 'acquired' : 'on'
}
