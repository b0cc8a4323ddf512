import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  createClient,
  disableLogUpload,
  type IAgoraRTCClient,
  setLogLevel,
  VERSION,
} from 'agora-rtc-sdk-ng/esm'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import {
  CaptionOverlay,
  createSttClient,
  createTranscript,
  RealtimeSttProvider,
  useRealtimeStt,
} from 'react-realtime-stt'
import { encodeCaption } from 'react-realtime-stt/testing'

/** The client's own way of telling its listeners, which its type leaves out. */
type Emitting = IAgoraRTCClient & { emit(event: string, ...told: unknown[]): void }

/** What a test does on the page. */
export interface VendorClientPage {
  version: string
  say(text: string): void
  botLeaves(): void
  lines(): { text: string; isLive: boolean }[]
}

const BOT = { uid: 900000001 }
const BEGAN_AT = 1_782_717_974_915

setLogLevel(4)
disableLogUpload()
const rtcClient = createClient({ mode: 'rtc', codec: 'vp8' }) as Emitting
const transcript = createTranscript()
const sttClient = createSttClient({ appId: '0123456789abcdef0123456789abcdef', api: 'v7' })

function Call() {
  useRealtimeStt({ channel: 'standup', rtcClient })
  return <CaptionOverlay getSpeakerName={(uid) => (uid === '7' ? 'Ada' : undefined)} />
}

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <RealtimeSttProvider client={sttClient} transcript={transcript}>
        <Call />
      </RealtimeSttProvider>
    </QueryClientProvider>
  </StrictMode>,
)

const call: VendorClientPage = {
  version: VERSION,
  say(text) {
    const words = [{ text, isFinal: false }]
    const message = { uid: '7', sentenceId: `${BEGAN_AT}`, textTs: BEGAN_AT + text.length, words }
    rtcClient.emit('stream-message', BOT.uid, encodeCaption(message))
  },
  botLeaves: () => rtcClient.emit('user-left', BOT, 'Quit'),
  lines: () => transcript.getLive().map(({ text, isLive }) => ({ text, isLive })),
}

Object.assign(globalThis, { call })
