import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { RealtimeSttProvider, type SttClient, useRealtimeStt } from 'react-realtime-stt'
import { expect, test } from 'vitest'
import { CHANNEL, createApp } from './createApp.js'

function Button() {
  const stt = useRealtimeStt({ channel: CHANNEL })
  return (
    <button type="button" onClick={stt.enable}>
      {stt.status}
    </button>
  )
}

const app = (client: SttClient) => (
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <RealtimeSttProvider client={client}>
        <Button />
      </RealtimeSttProvider>
    </QueryClientProvider>
  </StrictMode>
)

test('default: renderToString sends nothing and shows disabled', () => {
  const { client, agora, events } = createApp({ api: 'v7' })
  expect(renderToString(app(client))).toBe('<button type="button">disabled</button>')
  expect(agora.requests).toEqual([])
  expect(events).toEqual([])
})

test('behaviour: hydrates without a mismatch where the client knows more already', async () => {
  const { client } = createApp({ api: 'v7' })
  const container = document.createElement('div')
  container.innerHTML = renderToString(app(client))
  document.body.append(container)
  await client.enable({ channel: CHANNEL })
  const root = await act(async () =>
    hydrateRoot(container, app(client), { onRecoverableError: fail }),
  )
  expect(screen.getByRole('button').textContent).toBe('enabled')
  act(() => root.unmount())
  container.remove()
})

function fail(error: unknown): never {
  throw error
}
