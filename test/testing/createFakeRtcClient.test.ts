import { attachCaptions, createTranscript } from 'react-realtime-stt/core'
import { createFakeRtcClient, playConversation } from 'react-realtime-stt/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const CAPTIONS = playConversation([
  { uid: '7', text: 'Good morning.', startMs: 0, durationMs: 900 },
  { uid: '9', text: 'Good evening.', startMs: 500, durationMs: 900 },
])
const LAST_MS = CAPTIONS.at(-1)?.atMs ?? 0

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('default: users join and leave, each once', () => {
  const client = createFakeRtcClient()
  const told: unknown[] = []
  client.on('user-joined', (user) => told.push(['joined', user]))
  client.on('user-left', (user, reason) => told.push(['left', user, reason]))
  client.joinUser(900000001)
  client.joinUser('900000001')
  client.joinUser('anna')
  expect(client.remoteUsers).toEqual([{ uid: 900000001 }, { uid: 'anna' }])
  client.leaveUser('900000001')
  client.leaveUser(900000001)
  client.leaveUser('anna', 'ServerTimeOut')
  expect(client.remoteUsers).toEqual([])
  expect(told).toEqual([
    ['joined', { uid: 900000001 }],
    ['joined', { uid: 'anna' }],
    ['left', { uid: 900000001 }, 'Quit'],
    ['left', { uid: 'anna' }, 'ServerTimeOut'],
  ])
})

test('default: a message arrives as bytes of its own', () => {
  const client = createFakeRtcClient()
  const bytes = new Uint8Array([1, 2, 3])
  const listener = vi.fn()
  client.on('stream-message', listener)
  client.sendStreamMessage(5, bytes)
  bytes.fill(0)
  expect(listener.mock.calls).toEqual([[5, new Uint8Array([1, 2, 3])]])
})

test('default: listeners are kept as agora-rtc-sdk-ng keeps them', () => {
  const client = createFakeRtcClient()
  const [always, once] = [vi.fn(), vi.fn()]
  client.on('user-joined', always)
  client.on('user-joined', always)
  client.once('user-joined', always)
  client.once('user-joined', once)
  expect(client.listenerCount('user-joined')).toBe(2)
  client.joinUser(1)
  client.joinUser(2)
  expect([always.mock.calls.length, once.mock.calls.length]).toEqual([2, 1])
  client.off('user-joined', always)
  client.off('user-joined', always)
  expect(client.listenerCount('user-joined')).toBe(0)
  client.joinUser(3)
  expect(always).toHaveBeenCalledTimes(2)
})

test('behaviour: who is removed by another listener is told of this event, not of the next', () => {
  const client = createFakeRtcClient()
  const second = vi.fn()
  client.on('user-joined', () => client.off('user-joined', second))
  client.on('user-joined', second)
  client.joinUser(1)
  client.joinUser(2)
  expect(second).toHaveBeenCalledTimes(1)
})

test('options: uid', () => {
  expect(createFakeRtcClient().uid).toBe(1)
  expect(createFakeRtcClient({ uid: 'anna' }).uid).toBe('anna')
})

test('default: captions arrive at their times, from a number', async () => {
  const client = createFakeRtcClient()
  const arrivals: unknown[] = []
  const beganAt = Date.now()
  client.on('stream-message', (uid, bytes) => arrivals.push([uid, Date.now() - beganAt, bytes]))
  const { ended } = client.play(CAPTIONS)
  await vi.advanceTimersByTimeAsync(LAST_MS - 1)
  expect(arrivals.length).toBeLessThan(CAPTIONS.length)
  await vi.advanceTimersByTimeAsync(1)
  await ended
  expect(arrivals).toEqual(CAPTIONS.map(({ atMs, bytes }) => [900000001, atMs, bytes]))
})

test('options: speed', async () => {
  const client = createFakeRtcClient()
  const listener = vi.fn()
  client.on('stream-message', listener)
  client.play(CAPTIONS, { speed: 10 })
  await vi.advanceTimersByTimeAsync(Math.ceil(LAST_MS / 10))
  expect(listener).toHaveBeenCalledTimes(CAPTIONS.length)
})

test('options: setTimeout and clearTimeout', async () => {
  const timers = new Map<number, () => void>()
  const client = createFakeRtcClient()
  const listener = vi.fn()
  client.on('stream-message', listener)
  const { stop, ended } = client.play(CAPTIONS, {
    setTimeout: (callback) => {
      timers.set(timers.size, callback)
      return timers.size - 1
    },
    clearTimeout: (timer) => timers.delete(Number(timer)),
  })
  timers.get(0)?.()
  expect([timers.size, listener.mock.calls.length]).toEqual([CAPTIONS.length, 1])
  stop()
  await ended
  expect([timers.size, vi.getTimerCount()]).toEqual([0, 0])
})

test('behaviour: once stopped, nothing arrives any more and no timer is left', async () => {
  const client = createFakeRtcClient()
  const listener = vi.fn()
  client.on('stream-message', listener)
  const { stop, ended } = client.play(CAPTIONS)
  vi.advanceTimersByTime(CAPTIONS[0]?.atMs ?? 0)
  stop()
  await ended
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(LAST_MS)
  expect(listener).toHaveBeenCalledTimes(1)
  await client.play([]).ended
})

test('behaviour: a transcript is fed by it, until it is detached', async () => {
  const client = createFakeRtcClient()
  const transcript = createTranscript()
  const detach = attachCaptions(client, transcript, { botUid: 900000001 })
  client.joinUser(900000001)
  client.play(CAPTIONS)
  await vi.advanceTimersByTimeAsync(LAST_MS)
  const lines = () => transcript.getIds().map((id) => transcript.getLine(id))
  expect(lines()).toMatchObject([
    { uid: '7', text: 'Good morning.', isLive: true },
    { uid: '9', text: 'Good evening.', isLive: true },
  ])
  client.leaveUser(900000001)
  expect(lines()).toMatchObject([{ isLive: false }, { isLive: false }])
  detach()
  expect(client.listenerCount('stream-message') + client.listenerCount('user-left')).toBe(0)
})
