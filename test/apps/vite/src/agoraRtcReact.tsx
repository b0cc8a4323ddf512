import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import AgoraRTC, {
  AgoraRTCProvider,
  RemoteUser,
  useJoin,
  useLocalMicrophoneTrack,
  usePublish,
  useRemoteUsers,
  useRTCClient,
} from 'agora-rtc-react'
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
const BOT_UID = 900000001

async function fetchToken(purpose: 'rest' | 'bot', uid: string) {
  const body = new URLSearchParams({ channel: CHANNEL, uid })
  const response = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body })
  if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`)
  return response.text()
}

AgoraRTC.setLogLevel(3)
const rtcClient = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
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

async function getJoinOptions() {
  const token = await fetchToken('rest', String(UID))
  return { appid: APP_ID, channel: CHANNEL, token, uid: UID }
}

function Call() {
  const [isIn, setIsIn] = useState(false)
  useJoin(getJoinOptions, isIn)
  const { localMicrophoneTrack } = useLocalMicrophoneTrack(isIn)
  usePublish([localMicrophoneTrack])
  const people = useRemoteUsers().filter(({ uid }) => uid !== BOT_UID)
  const stt = useRealtimeStt({ channel: CHANNEL, uid: UID, rtcClient: useRTCClient() })
  return (
    <>
      <button type="button" onClick={() => setIsIn(!isIn)}>
        {isIn ? 'Leave' : 'Join'}
      </button>
      <button
        type="button"
        onClick={stt.isEnabled ? stt.disable : stt.enable}
        disabled={stt.isPending}
      >
        {stt.isEnabled ? 'Stop captions' : 'Start captions'}
      </button>
      {stt.error && <p role="alert">{toSentence(stt.error)}</p>}
      {people.map((user) => (
        <RemoteUser key={user.uid} user={user} />
      ))}
      <CaptionOverlay />
      <TranscriptPanel />
    </>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={new QueryClient()}>
    <AgoraRTCProvider client={rtcClient}>
      <RealtimeSttProvider client={sttClient} transcript={transcript}>
        <Call />
      </RealtimeSttProvider>
    </AgoraRTCProvider>
  </QueryClientProvider>,
)
