// @vitest-environment jsdom
import type { IAgoraRTM } from 'agora-rtm'
import { signalingClaimStore } from 'react-realtime-stt/core'
import { createFakeSignaling, FakeSignalingError } from 'react-realtime-stt/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { appId, key, makeValue } from './signalingDevices.js'

let agora: IAgoraRTM
const sent = vi.fn()

beforeAll(async () => {
  for (const level of ['debug', 'info', 'log'] as const) {
    vi.spyOn(console, level).mockImplementation(() => {})
  }
  vi.spyOn(XMLHttpRequest.prototype, 'send').mockImplementation(sent)
  vi.stubGlobal('fetch', sent)
  const none = { enumerateDevices: async () => [], addEventListener: () => {} }
  Object.defineProperty(navigator, 'mediaDevices', { value: none, configurable: true })
  agora = (await import('agora-rtm')).default as unknown as IAgoraRTM
})

afterAll(() => {
  expect(sent).not.toHaveBeenCalled()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Not logged in, so that nothing is sent. A page has one for each user id. */
const vendor = (userId: string) => new agora.RTM(appId, userId, { logLevel: 'none' })
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 0,
    (error: { errorCode: number }) => error.errorCode,
  )

test('default: the vendor’s client and the fake refuse the same channel names', async () => {
  const rtm = vendor('alice')
  const fake = createFakeSignaling().createClient('alice')
  const names = [
    'stt:standup',
    'stt.standup',
    'x'.repeat(64),
    'x'.repeat(65),
    '',
    '_a',
    'é',
    'a b~',
  ]
  const characters = Array.from({ length: 128 }, (_, code) => `a${String.fromCharCode(code)}`)
  for (const name of [...names, ...characters]) {
    expect([name, await codeOf(fake.unsubscribe(name))]).toEqual([
      name,
      await codeOf(rtm.unsubscribe(name)),
    ])
  }
  expect(await codeOf(rtm.unsubscribe('stt.standup'))).toBe(-10_008)
})

test('behaviour: before the vendor’s client is logged in the store says so, and throttling is busy', async () => {
  const rtm = vendor('bob')
  const store = signalingClaimStore(rtm, { random: () => 1 })
  const notConnected = 'Agora Signaling failed with -10025: log its client in, and let it connect.'
  await expect(store.compareAndSet(key, makeValue(), null)).rejects.toThrow(notConnected)
  for (let turn = 0; turn < 19; turn++) {
    expect(await codeOf(rtm.storage.getChannelMetadata('room', 'MESSAGE'))).toBe(-10_025)
  }
  expect(await codeOf(rtm.storage.getChannelMetadata('room', 'MESSAGE'))).toBe(-10_021)
  const told: unknown[] = []
  const stop = store.subscribe(key, (claim) => told.push(claim))
  await new Promise((resolve) => setTimeout(resolve, 50))
  stop()
  store.dispose?.()
  expect(told).toEqual([])
})

test('default: the fake’s errors have the vendor’s shape and words', async () => {
  const rtm = vendor('carol')
  const caught = (call: Promise<unknown>) => call.catch((error: unknown) => error)
  for (const [error, operation, code] of [
    [await caught(rtm.unsubscribe('')), 'unsubscribe', -10_008],
    [await caught(rtm.subscribe('room')), 'subscribe', -10_025],
    [
      await caught(rtm.storage.setChannelMetadata('room', 'USER', [])),
      'setChannelMetadata',
      -10_019,
    ],
  ] as const) {
    const { message, ...fields } = new FakeSignalingError(operation, code)
    expect(error).toMatchObject({ message, ...fields })
  }
})
