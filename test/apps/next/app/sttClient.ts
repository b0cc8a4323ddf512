import { createSttClient } from 'react-realtime-stt'

export const sttClient = createSttClient({
  appId: process.env.NEXT_PUBLIC_AGORA_APP_ID ?? '',
  api: 'v7',
  baseUrl: process.env.NEXT_PUBLIC_AGORA_BASE_URL ?? 'https://api.agora.io',
  tokenProvider: async ({ channel, uid, purpose, signal }) => {
    const body = new URLSearchParams({ channel, uid })
    const response = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body, signal })
    if (!response.ok) throw new Error(`The token endpoint answered ${response.status}.`)
    return response.text()
  },
})
