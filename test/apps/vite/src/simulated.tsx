import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { setupWorker } from 'msw/browser'
import { createRoot } from 'react-dom/client'
import {
  CaptionOverlay,
  createSttClient,
  createTranscript,
  RealtimeSttProvider,
  useRealtimeStt,
} from 'react-realtime-stt'
import { createFakeAgora, createFakeRtcClient, playConversation } from 'react-realtime-stt/testing'

const agora = createFakeAgora()
await setupWorker(...agora.handlers).start({ onUnhandledRequest: 'bypass', quiet: true })

const rtcClient = createFakeRtcClient()
const transcript = createTranscript()
const sttClient = createSttClient({ appId: agora.appId, api: 'v7', tokenProvider: agora.mintToken })
const script = [{ uid: '7', text: 'Good morning, everybody.', startMs: 0, durationMs: 1_500 }]

function Call() {
  const { isPending, isEnabled, enable } = useRealtimeStt({ channel: 'standup', rtcClient })
  async function start() {
    await enable()
    rtcClient.play(playConversation(script))
  }
  return (
    <>
      <button type="button" onClick={start} disabled={isPending}>
        {isEnabled ? `${agora.liveTasks().length} task` : 'Start captions'}
      </button>
      <CaptionOverlay />
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
