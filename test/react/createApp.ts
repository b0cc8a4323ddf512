import { setupServer } from 'msw/node'
import {
  createSttClient,
  type SttClient,
  type SttClientConfig,
  type SttEvent,
} from 'react-realtime-stt'
import { createFakeAgora, type FakeAgora, type FakeAgoraOptions } from 'react-realtime-stt/testing'
import { afterAll, afterEach, beforeAll } from 'vitest'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

export const CHANNEL = 'standup'

/** An app's client, the simulated service on the other side of the wire, and every event. */
export function createApp(
  config: Partial<SttClientConfig> & Pick<SttClientConfig, 'api'>,
  options?: FakeAgoraOptions,
): { agora: FakeAgora; client: SttClient; events: SttEvent[]; tokens: string[] } {
  const agora = createFakeAgora(options)
  server.use(...agora.handlers)
  const events: SttEvent[] = []
  const tokens: string[] = []
  const client = createSttClient({
    appId: agora.appId,
    tokenProvider: async ({ channel, uid }) => {
      const token = await agora.mintToken({ channel, uid })
      tokens.push(token)
      return token
    },
    onEvent: (event: SttEvent) => events.push(event),
    ...config,
  } as SttClientConfig)
  return { agora, client, events, tokens }
}
