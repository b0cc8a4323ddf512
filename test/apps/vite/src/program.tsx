import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { createSttClient, RealtimeSttProvider, useRealtimeStt } from 'react-realtime-stt'

const sttClient = createSttClient({
  appId: '0123456789abcdef0123456789abcdef',
  api: 'v7',
  tokenProvider: async ({ channel, uid, purpose }) => {
    const body = new URLSearchParams({ channel, uid })
    const response = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body })
    return response.ok ? response.text() : Promise.reject(new Error(`HTTP ${response.status}`))
  },
})

function CaptionsButton() {
  const { isEnabled, isPending, ...stt } = useRealtimeStt({ channel: 'standup', uid: 42 })
  return (
    <button type="button" onClick={isEnabled ? stt.disable : stt.enable} disabled={isPending}>
      {isEnabled ? 'Stop captions' : stt.error ? 'Try again' : 'Start captions'}
    </button>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <QueryClientProvider client={new QueryClient()}>
    <RealtimeSttProvider client={sttClient}>
      <CaptionsButton />
    </RealtimeSttProvider>
  </QueryClientProvider>,
)
