import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import AgoraRTC from 'agora-rtc-sdk-ng'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import {
  CaptionOverlay,
  createSttClient,
  createTranscript,
  RealtimeSttProvider,
  type SttError,
  TokenExpiredError,
  TranscriptPanel,
  useRealtimeStt,
} from 'react-realtime-stt'
import 'react-realtime-stt/captions.css'

const APP_ID = '0123456789abcdef0123456789abcdef'
const CHANNEL = 'standup'
const UID = 42

async function fetchToken(purpose: 'rest' | 'bot', uid: string) {
  const body = new URLSearchParams({ channel: CHANNEL, uid })
  const response = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body })
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`)
  return response.text()
}

AgoraRTC.setLogLevel(3)
const rtcClient = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
rtcClient.on('user-published', async (user, kind) => {
  if (kind === 'audio') (await rtcClient.subscribe(user, kind)).play()
})

async function join() {
  await rtcClient.join(APP_ID, CHANNEL, await fetchToken('rest', String(UID)), UID)
  await rtcClient.publish(await AgoraRTC.createMicrophoneAudioTrack())
}

const transcript = createTranscript()
const sttClient = createSttClient({
  appId: APP_ID,
  api: 'v7',
  tokenProvider: ({ purpose, uid }) => fetchToken(purpose, uid),
})

function toSentence(error: SttError) {
  if (TokenExpiredError.is(error)) return 'Your session has expired. Sign in again.'
  return error.isRetryable ? 'That did not work. Try again.' : 'Captions are not available.'
}

function Call() {
  const [isIn, setIsIn] = useState(false)
  const stt = useRealtimeStt({ channel: CHANNEL, uid: UID, rtcClient })
  return (
    <>
      <button type="button" onClick={() => join().then(() => setIsIn(true))} disabled={isIn}>
        Join
      </button>
      <button
        type="button"
        onClick={stt.isEnabled ? stt.disable : stt.enable}
        disabled={stt.isPending}
      >
        {stt.isEnabled ? 'Stop captions' : 'Start captions'}
      </button>
      {stt.error && <p role="alert">{toSentence(stt.error)}</p>}
      <CaptionOverlay />
      <TranscriptPanel />
    </>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={new QueryClient()}>
    <RealtimeSttProvider client={sttClient} transcript={transcript}>
      <Call />
    </RealtimeSttProvider>
  </QueryClientProvider>,
)
