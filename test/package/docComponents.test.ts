// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { setupServer } from 'msw/node'
import { type ComponentType, createElement, type ReactNode } from 'react'
import {
  createSttClient,
  createTranscript,
  RealtimeSttProvider,
  type SttClient,
  type Transcript,
} from 'react-realtime-stt'
import { createFakeAgora, type FakeAgora } from 'react-realtime-stt/testing'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { loadRun } from './loadRun.ts'
import { BOT_UID, speakBriefly } from './speakBriefly.ts'

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => {
  cleanup()
  server.resetHandlers()
})
afterAll(() => server.close())

function openAgora(appId?: string): FakeAgora {
  const agora = createFakeAgora(appId ? { appId } : {})
  server.use(...agora.handlers)
  return agora
}

/** Where a component of an app would be. */
function renderInApp(client: SttClient, children: ReactNode, transcript?: Transcript) {
  const provider = createElement(RealtimeSttProvider, { client, transcript }, children)
  render(createElement(QueryClientProvider, { client: new QueryClient() }, provider))
}

const readAsText = (file: Blob) =>
  new Promise((resolve) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result)
    reader.readAsText(file)
  })

test('default: the download button makes a file with names', async () => {
  const { Download } = await loadRun<{
    Download: ComponentType<{ transcript: Transcript; names: ReadonlyMap<string, string> }>
  }>('download')
  const files: Blob[] = []
  // jsdom has neither, and goes nowhere.
  const platform = Object.assign(URL, {
    createObjectURL: (file: Blob) => `#${files.push(file)}`,
    revokeObjectURL: vi.fn(),
  })
  const names = new Map([['7', 'Ada']])
  render(createElement(Download, { transcript: speakBriefly(createTranscript()), names }))
  fireEvent.click(screen.getByRole('button'))
  await vi.waitFor(() => expect(platform.revokeObjectURL).toHaveBeenCalledOnce())
  expect(await readAsText(files[0] as Blob)).toContain('<v Ada>Good morning.')
})

test("default: an app's own captions show what is final, what is not, and translations", async () => {
  const { Live, LastHundred } = await loadRun<{ Live: ComponentType; LastHundred: ComponentType }>(
    'own-ui',
  )
  const transcript = speakBriefly(createTranscript())
  const client = createSttClient({ appId: openAgora().appId, api: 'v7' })
  renderInApp(
    client,
    [createElement(Live, { key: 1 }), createElement(LastHundred, { key: 2 })],
    transcript,
  )
  expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
    'Guten Morgen.',
    'Good night.',
  ])
  await act(async () => {
    const words = [{ text: 'One moment', isFinal: false }]
    transcript.ingest({ uid: '9', textTs: 1, sentenceId: '1', words }, String(BOT_UID))
    await new Promise((resolve) => requestAnimationFrame(resolve))
  })
  expect(screen.getByText('One moment', { selector: 'i' })).toBeTruthy()
})

test("default: the vendor's example acquires a token, once", async () => {
  const agora = openAgora('0123456789abcdef0123456789abcdef')
  vi.stubGlobal('fetchRtcToken', (channel: string) => agora.mintToken({ channel }))
  const { App } = await loadRun<{ App: ComponentType }>('vendor-example')
  render(createElement(QueryClientProvider, { client: new QueryClient() }, createElement(App)))
  const button = await screen.findByText('Enable captions')
  fireEvent.click(button)
  fireEvent.click(button)
  await screen.findByText('Acquired. The server can start the task.')
  expect(agora.requests).toMatchObject([{ operation: 'acquire', status: 200 }])
  vi.unstubAllGlobals()
})

test('default: the button of the migration tells an expired token from others', async () => {
  const agora = openAgora()
  const { createApp, AcquireButton } = await loadRun<{
    createApp(appId: string, fetchRtcToken: (channel: string) => Promise<string>): SttClient
    AcquireButton: ComponentType<{ channel: string }>
  }>('acquire-button')
  const client = createApp(agora.appId, (channel) =>
    agora.mintToken({ channel, expiresInSeconds: 0 }),
  )
  renderInApp(client, createElement(AcquireButton, { channel: 'standup' }))
  fireEvent.click(await screen.findByText('Enable captions'))
  // The second token is asked for after a second.
  await screen.findByText('Your session has expired. Sign in again.', {}, { timeout: 10_000 })
})

test('default: a spinner shows while anything is under way', async () => {
  const agora = openAgora()
  const { Spinner } = await loadRun<{ Spinner: ComponentType }>('spinner')
  const client = createSttClient({
    appId: agora.appId,
    api: 'v7',
    tokenProvider: agora.mintToken,
  })
  const { AcquireButton } = await loadRun<{
    AcquireButton: ComponentType<{ channel: string }>
  }>('acquire-button')
  renderInApp(client, [
    createElement(Spinner, { key: 1 }),
    createElement(AcquireButton, { key: 2, channel: 'standup' }),
  ])
  expect(screen.queryByRole('status')).toBeNull()
  fireEvent.click(screen.getByRole('button'))
  await screen.findByRole('status')
  await vi.waitFor(() => expect(screen.queryByRole('status')).toBeNull())
})

test('default: without React, a button starts and stops', async () => {
  const agora = openAgora()
  const { createApp, createCaptionsSwitch } = await loadRun<{
    createApp(appId: string, fetchToken: (channel: string) => Promise<string>): SttClient
    createCaptionsSwitch(
      sttClient: SttClient,
      channel: string,
      button: HTMLButtonElement,
    ): () => void
  }>('core')
  const client = createApp(agora.appId, (channel) => agora.mintToken({ channel }))
  const button = document.createElement('button')
  const end = createCaptionsSwitch(client, 'standup', button)
  button.click()
  await vi.waitFor(() => expect(button.textContent).toBe('Stop captions'))
  expect(agora.liveTasks()).toHaveLength(1)
  button.click()
  await vi.waitFor(() => expect(agora.liveTasks()).toHaveLength(0), { timeout: 10_000 })
  end()
  client.dispose()
})
