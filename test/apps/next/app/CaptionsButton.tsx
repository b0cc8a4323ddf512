'use client'

import { type SttError, TokenExpiredError, useRealtimeStt } from 'react-realtime-stt'

function toSentence(error: SttError) {
  if (TokenExpiredError.is(error)) return 'Your session has expired. Sign in again.'
  return error.isRetryable ? 'That did not work. Try again.' : 'Captions are not available.'
}

export function CaptionsButton() {
  const stt = useRealtimeStt({ channel: 'standup', uid: 42 })
  return (
    <>
      <button
        type="button"
        onClick={stt.isEnabled ? stt.disable : stt.enable}
        disabled={stt.isPending}
      >
        {stt.isEnabled ? 'Stop captions' : 'Start captions'}
      </button>
      {stt.error && <p role="alert">{toSentence(stt.error)}</p>}
    </>
  )
}
