import { createSttClient, type SttClient, type SttEvent } from 'react-realtime-stt/core'
import type { Device, Strategy } from './device.js'
import type { DevicePage } from './devicePage.js'

/** Each device a page that knows of no other. */
export const withMemoryStore: Strategy = {
  title: 'ours, memory store',
  isOurs: true,
  reach: 'page',
  open: () => (page) => createDevice(page),
}

/** A page that uses the real client. */
function createDevice(page: DevicePage): Device {
  const { world, uid } = page
  const { channel } = world
  const client: SttClient = createSttClient({
    appId: world.agora.appId,
    api: 'v7',
    transcription: {},
    tokenProvider: page.tokenProvider,
    fetch: page.fetch,
    environment: page.environment,
    onEvent: (event: SttEvent) => {
      if (event.type !== 'decision') return
      const { operation, decision, taskId = '', code = '' } = event
      world.note(page.name, `${operation}: ${decision} ${taskId}${code}`)
    },
  })
  client.subscribe(channel, () => world.noteSnapshot(page.name, client.getSnapshot(channel)))
  const request = { channel, uid }
  return {
    enable: () => client.enable(request),
    disable: () => client.disable(request),
    refresh: () => client.refresh(request),
    shown() {
      const { status, session } = client.getSnapshot(channel)
      return { status, taskId: session?.taskId ?? null }
    },
  }
}
