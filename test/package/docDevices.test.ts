// @vitest-environment jsdom
import type { SttClient } from 'react-realtime-stt/core'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { expect, test, vi } from 'vitest'
import { loadRun } from './loadRun.ts'

test('default: a client over Signaling looks at the service before it starts, until it is logged in', async () => {
  // The vendor's SDK tells what it does, and asks which devices there are.
  for (const level of ['debug', 'info', 'log'] as const) {
    vi.spyOn(console, level).mockImplementation(() => {})
  }
  const none = { enumerateDevices: async () => [], addEventListener: () => {} }
  Object.defineProperty(navigator, 'mediaDevices', { value: none, configurable: true })

  const agora = createFakeAgora({ appId: '0123456789abcdef0123456789abcdef' })
  const askedFor: unknown[] = []
  vi.stubGlobal('tokenProvider', agora.mintToken)
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    if (url !== '/api/signaling-token') return agora.fetch(url, init)
    askedFor.push((init.body as URLSearchParams).get('userId'))
    return new Response(null, { status: 403 })
  })
  const { sttClient, logIn } = await loadRun<{ sttClient: SttClient; logIn(): Promise<void> }>(
    'devices',
  )
  await sttClient.enable({ channel: 'standup', uid: 42 })
  const operations = agora.requests.map(({ operation }) => operation)
  expect(operations.at(-1)).toBe('start')
  expect(operations.slice(0, -1)).toContain('list')
  await expect(logIn()).rejects.toThrow('403')
  expect(askedFor).toEqual([expect.stringMatching(/^42-[-0-9a-f]{36}$/)])
  sttClient.dispose()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})
