import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import {
  CaptionOverlay,
  createSttClient,
  createTranscript,
  RealtimeSttProvider,
  type RtcClientLike,
  type SttError,
  TokenExpiredError,
  TranscriptPanel,
  useRealtimeStt,
} from 'react-realtime-stt'
import 'react-realtime-stt/captions.css'

export const APP_ID = '0123456789abcdef0123456789abcdef'
export const CHANNEL = 'standup'
export const UID = 42
export const BOT_UID = 900000001

export async function fetchToken(purpose: 'rest' | 'bot', uid: string) {
  const body = new URLSearchParams({ channel: CHANNEL, uid })
  const response = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body })
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`)
  return response.text()
}

const queryClient = new QueryClient()
const transcript = createTranscript()
const sttClient = createSttClient({
  appId: APP_ID,
  api: 'v7',
  transcription: { botUid: BOT_UID },
  tokenProvider: ({ purpose, uid }) => fetchToken(purpose, uid),
})

function toSentence(error: SttError) {
  if (TokenExpiredError.is(error)) return 'Your session has expired. Sign in again.'
  return error.isRetryable ? 'That did not work. Try again.' : 'Captions are not available.'
}

function CaptionsButton({ rtcClient }: { rtcClient: RtcClientLike }) {
  const { isEnabled, isPending, ...stt } = useRealtimeStt({ channel: CHANNEL, uid: UID, rtcClient })
  return (
    <>
      <button type="button" onClick={isEnabled ? stt.disable : stt.enable} disabled={isPending}>
        {isEnabled ? 'Stop captions' : 'Start captions'}
      </button>
      {stt.error && <p role="alert">{toSentence(stt.error)}</p>}
    </>
  )
}

export function Captions(props: { rtcClient: RtcClientLike; video?: ReactNode }) {
  return (
    <QueryClientProvider client={queryClient}>
      <RealtimeSttProvider client={sttClient} transcript={transcript}>
        <CaptionsButton rtcClient={props.rtcClient} />
        <div style={{ position: 'relative', minHeight: 240 }}>
          {props.video}
          <CaptionOverlay />
        </div>
        <TranscriptPanel />
      </RealtimeSttProvider>
    </QueryClientProvider>
  )
}
