import type { Claim, ClaimStore } from 'react-realtime-stt/core'
import { createFakeSignaling } from 'react-realtime-stt/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { signalingClaimStore } from '../../src/claims/signalingClaimStore.js'
import { appId, key, listen, makeValue, place, signalingDevices } from './signalingDevices.js'

const DAY_MS = 86_400_000
const CROWD = 1_000

afterEach(() => void vi.useRealTimers())

/** A writer, and one who listens; the first claim is made and told. */
async function pair(options = {}) {
  const devices = signalingDevices(options)
  const { device, settle, time } = devices
  const alice = device('alice')
  const bob = device('bob')
  const heard = listen(bob)
  let revision: string | null = null
  const write = async () => {
    const value = makeValue()
    const claim: Claim | null = await settle(alice.compareAndSet(key, value, revision))
    revision = claim?.revision ?? null
    return value.attempt
  }
  await write()
  await time.advance(1_000)
  return { ...devices, alice, bob, write, ...heard }
}

describe('subscriptions', () => {
  test('default: events are told without a read, with revision and age', async () => {
    const { write, told, last, signaling, alice, settle } = await pair()
    const attempt = await write()
    expect(last()).toBe(attempt)
    const claim = await settle(alice.read(key))
    expect(told.at(-1)).toMatchObject({ value: claim?.value, revision: claim?.revision, ageMs: 0 })
    expect(signaling.counts('bob').reads).toBe(0)
  })

  test('default: a channel is subscribed once, for metadata only, until the last one leaves', async () => {
    const { signaling, storeOf, time } = signalingDevices({ latencyMs: 30 })
    const rtm = signaling.createClient('alice')
    const options: unknown[] = []
    const { subscribe } = rtm
    rtm.subscribe = (channel, given) => {
      options.push(given)
      return subscribe(channel, given)
    }
    const [one, other] = [storeOf(rtm), storeOf(rtm)]
    const heard = [listen(one), listen(one), listen(other)]
    await time.advance(1_000)
    expect(options).toEqual([{ withMessage: false, withPresence: false, withMetadata: true }])
    heard[0]?.stop()
    heard[0]?.stop()
    heard[1]?.stop()
    await time.advance(1_000)
    expect(signaling.subscribers(place)).toEqual(['alice'])
    heard[2]?.stop()
    await time.advance(1_000)
    expect(signaling.subscribers(place)).toEqual([])
    expect(signaling.counts()).toMatchObject({ subscribes: 1, unsubscribes: 1 })
  })

  test('behaviour: a component that mounts twice leaves the channel as its last mount wants it', async () => {
    for (const mounts of [2, 3, 4]) {
      const { signaling, device, time } = signalingDevices({ latencyMs: 30 })
      const store = device('alice')
      for (let turn = 1; turn < mounts; turn++) listen(store).stop()
      const { told, stop } = listen(store)
      await time.advance(500)
      expect(signaling.subscribers(place)).toEqual(['alice'])
      expect(told).toEqual([null])
      stop()
      await time.advance(500)
      expect(signaling.subscribers(place)).toEqual([])
      expect(time.pendingTimers).toBe(0)
    }
  })

  test('behaviour: an app’s own events and those of other channels are not told', async () => {
    const { signaling, told, bob, write } = await pair()
    const before = told.length
    await bob.read({ appId, channel: 'hall' })
    signaling.put('stt:hall', appId, '{}')
    expect(told).toHaveLength(before)
    await write()
    expect(told).toHaveLength(before + 1)
  })

  test('behaviour: a claim that is removed is told as null', async () => {
    const { signaling, told, time } = await pair()
    signaling.wipe(place)
    await time.advance(10)
    expect(told.at(-1)).toBeNull()
  })

  test('behaviour: an answer that is older than an event told while it was on its way is asked for again', async () => {
    const { bob, signaling, settle, write, time, last } = await pair()
    const { reads } = signaling.counts('bob')
    signaling.failNext({ operation: 'get', userId: 'bob', delayMs: 500 })
    const reading = bob.read(key)
    await time.advance(100)
    const attempt = await write()
    expect(last()).toBe(attempt)
    expect((await settle(reading))?.value.attempt).toBe(attempt)
    expect(signaling.counts('bob').reads - reads).toBe(2)
  })

  test('behaviour: a repair whose answer is older than an event takes nothing back', async () => {
    const { signaling, told, write, time } = await pair()
    signaling.disconnect('bob')
    await write()
    signaling.reconnect('bob')
    signaling.failNext({ operation: 'get', userId: 'bob', delayMs: 2_000 })
    await time.advance(1_500)
    const attempt = await write()
    const isTold = told.findIndex((claim) => claim?.value.attempt === attempt)
    expect(isTold).toBeGreaterThan(0)
    await time.advance(10_000)
    const later = told.slice(isTold).map((claim) => claim?.value.attempt)
    expect(new Set(later)).toEqual(new Set([attempt]))
    expect(time.pendingTimers).toBe(0)
  })

  test('behaviour: events lost while disconnected are made good after the reconnect', async () => {
    const { signaling, last, write, time } = await pair()
    const before = last()
    signaling.disconnect('bob')
    const attempt = await write()
    await time.advance(60_000)
    expect(last()).toBe(before)
    signaling.reconnect('bob')
    await time.advance(1_100)
    expect(last()).toBe(attempt)
    expect(signaling.counts('bob').reads).toBe(1)
    expect(last()).not.toBe(before)
  })

  test.each(['reject', 'hang'] as const)(
    'behaviour: a client that lost its subscriptions (%s) subscribes again',
    async (as) => {
      const { signaling, last, write, time } = await pair()
      signaling.disconnect('bob', as)
      await write()
      signaling.reconnect('bob', { restores: false })
      await time.advance(1_100)
      const attempt = await write()
      expect(last()).toBe(attempt)
    },
  )

  test('behaviour: a read that fails after the reconnect is repeated, at growing distances', async () => {
    const { signaling, last, write, time } = await pair()
    signaling.disconnect('bob')
    const attempt = await write()
    signaling.reconnect('bob')
    signaling.failNext({ userId: 'bob', operation: 'get', errorCode: -12_001, times: 6 })
    await time.advance(30_000)
    const { reads } = signaling.counts('bob')
    expect(reads).toBeGreaterThan(2)
    expect(reads).toBeLessThan(6)
    await time.advance(300_000)
    expect(last()).toBe(attempt)
    expect(signaling.counts('bob').reads).toBe(7)
    expect(time.pendingTimers).toBe(0)
  })

  test('behaviour: a subscription that fails is tried again, and what happened meanwhile told', async () => {
    const { device, signaling, settle, time } = signalingDevices()
    signaling.failNext({ operation: 'subscribe', errorCode: -11_020, times: 2 })
    const { last } = listen(device('bob'))
    const alice = device('alice')
    const value = makeValue()
    const claim = await settle(alice.compareAndSet(key, value, null))
    await time.advance(20_000)
    expect(last()).toBe(value.attempt)
    const next = makeValue('running')
    await settle(alice.compareAndSet(key, next, claim?.revision ?? null))
    expect(last()).toBe(next.attempt)
  })

  test('behaviour: who unsubscribes during a repair leaves no timer and no subscription', async () => {
    const { signaling, stop, time } = await pair()
    signaling.disconnect('bob')
    signaling.reconnect('bob')
    stop()
    await time.advance(5_000)
    expect(signaling.subscribers(place)).toEqual([])
    expect(time.pendingTimers).toBe(0)
  })

  test('behaviour: dispose() ends everything, for its own store only', async () => {
    const { storeOf, signaling, settle, time } = signalingDevices()
    const rtm = signaling.createClient('alice')
    const added = vi.spyOn(rtm, 'addEventListener')
    const removed = vi.spyOn(rtm, 'removeEventListener')
    const [one, other] = [storeOf(rtm), storeOf(rtm)]
    const heard = [listen(one), listen(other)]
    await time.advance(100)
    one.dispose?.()
    one.dispose?.()
    heard[0]?.stop()
    const value = makeValue()
    await settle(other.compareAndSet(key, value, null))
    expect(heard[0]?.last()).toBeUndefined()
    expect(heard[1]?.last()).toBe(value.attempt)
    other.dispose?.()
    await time.advance(5_000)
    expect(signaling.subscribers(place)).toEqual([])
    expect(time.pendingTimers).toBe(0)
    for (const call of added.mock.calls) expect(removed.mock.calls).toContainEqual(call)
  })
})

describe('ages', () => {
  test('default: one who comes a day later knows how old the claim is, however wrong its own clock', async () => {
    for (const skewMs of [0, DAY_MS / 2, -DAY_MS / 2]) {
      const { device, settle, time, signaling } = signalingDevices()
      await settle(device('alice').compareAndSet(key, makeValue('running'), null))
      await time.advance(DAY_MS)
      const late = device('bob', { now: () => time.now + skewMs })
      const ages = [await settle(late.read(key)), await settle(late.read(key))].map(
        (claim) => claim?.ageMs ?? Number.NaN,
      )
      for (const ageMs of ages) expect(Math.abs(ageMs - DAY_MS)).toBeLessThan(1_000)
      await time.advance(2_000)
      expect(signaling.subscribers(place)).toEqual([])
      expect(signaling.counts('bob')).toMatchObject({ subscribes: 1, reads: 2 })
    }
  })

  test('default: where answers tell the time nothing is subscribed for it', async () => {
    const { device, settle, time, signaling } = signalingDevices({ answersTell: true })
    await settle(device('alice').compareAndSet(key, makeValue(), null))
    await time.advance(45_000)
    const claim = await settle(device('bob').read(key))
    expect(claim?.ageMs).toBeGreaterThan(44_000)
    expect(claim?.ageMs).toBeLessThan(46_000)
    expect(signaling.counts('bob').subscribes).toBe(0)
  })

  test('behaviour: where nobody tells the time a claim’s age counts from the first sight of it', async () => {
    const { device, settle, time, signaling } = signalingDevices()
    await settle(device('alice').compareAndSet(key, makeValue(), null))
    await time.advance(DAY_MS)
    signaling.failNext({ operation: 'event', userId: 'bob' })
    const late = device('bob')
    expect((await settle(late.read(key)))?.ageMs).toBeLessThan(1_500)
    signaling.failNext({ operation: 'event', userId: 'bob' })
    await time.advance(10_000)
    const { ageMs } = (await settle(late.read(key))) ?? { ageMs: Number.NaN }
    expect(ageMs).toBeGreaterThan(10_000)
    expect(ageMs).toBeLessThan(13_000)
  })

  test('behaviour: a claim written without the time ages from the first sight of it', async () => {
    const { storeOf, settle, time, signaling } = signalingDevices()
    const rtm = signaling.createClient('alice')
    await rtm.storage.setChannelMetadata(place, 'MESSAGE', [{ key: appId, value: '{}' }])
    const store = storeOf(rtm)
    expect((await settle(store.read(key)))?.ageMs).toBe(0)
    await time.advance(5_000)
    expect((await settle(store.read(key)))?.ageMs).toBeGreaterThanOrEqual(5_000)
  })

  test('behaviour: another claim that happens to have the same revision begins anew', async () => {
    const { storeOf, settle, time, signaling } = signalingDevices()
    const rtm = signaling.createClient('alice')
    const store = storeOf(rtm)
    const write = () =>
      rtm.storage.setChannelMetadata(place, 'MESSAGE', [{ key: appId, value: '{}' }])
    await write()
    await settle(store.read(key))
    await time.advance(5_000)
    signaling.wipe(place, { forgets: true })
    expect(await settle(store.read(key))).toBeNull()
    await write()
    expect(await settle(store.read(key))).toMatchObject({ revision: '1', ageMs: 0 })
  })

  test('behaviour: a device that slept knows that time passed', async () => {
    const { device, settle, time, write } = await pair()
    await write()
    let sleptMs = 0
    const store = device('carol', { monotonicNow: () => time.now - sleptMs })
    listen(store)
    await settle(store.read(key))
    sleptMs = DAY_MS
    time.now += DAY_MS
    expect((await settle(store.read(key)))?.ageMs).toBeGreaterThanOrEqual(DAY_MS)
  })

  test('behaviour: an age is never negative', async () => {
    let isBack = false
    const { device, settle, time, signaling } = signalingDevices({
      answersTell: true,
      now: () => time.now - (isBack ? DAY_MS : 0),
    })
    const store = device('alice')
    await settle(store.compareAndSet(key, makeValue(), null))
    isBack = true
    expect((await settle(store.read(key)))?.ageMs).toBe(0)
    expect(signaling.counts().reads).toBeGreaterThan(0)
  })
})

describe('crowds', () => {
  const attemptsOf = (claims: readonly (Claim | null)[]) =>
    new Set(claims.map((claim) => claim?.value.attempt))

  test('behaviour: 1,000 waiters of one page that one notice wakes share their reads', async () => {
    const { bob, write, signaling, settle, told } = await pair()
    const reads: Promise<Claim | null>[] = []
    const stops = Array.from({ length: CROWD }, () =>
      bob.subscribe(key, () => reads.push(bob.read(key))),
    )
    const attempt = await write()
    expect(reads).toHaveLength(CROWD)
    expect(attemptsOf(await settle(Promise.all(reads)))).toEqual(new Set([attempt]))
    expect(signaling.counts('bob')).toMatchObject({ reads: 1, throttled: 0 })
    for (const stop of stops) stop()
    expect(told.length).toBeGreaterThan(1)
  })

  test('behaviour: 1,000 devices that one notice wakes read nothing', async () => {
    const { device, signaling, write, time } = await pair()
    const heard = Array.from({ length: CROWD }, (_, index) => listen(device(`user-${index}`)))
    await time.advance(10)
    const before = signaling.counts()
    const attempt = await write()
    expect(new Set(heard.map(({ last }) => last()))).toEqual(new Set([attempt]))
    expect(signaling.counts().reads - before.reads).toBe(signaling.counts('alice').reads - 3)
  })

  test('behaviour: 1,000 waiters of one page that write at once have one winner, and nobody waits longer than the limit', async () => {
    const { bob, outcome, settle, signaling } = await pair()
    const { revision = null } = (await settle(bob.read(key))) ?? {}
    const before = signaling.counts('bob')
    const begun = Array.from({ length: CROWD }, () => bob.compareAndSet(key, makeValue(), revision))
    const { tookMs, value } = await outcome(Promise.allSettled(begun))
    const settled = value as PromiseSettledResult<Claim | null>[]
    const won = settled.filter((one) => one.status === 'fulfilled' && one.value !== null)
    expect(won).toHaveLength(1)
    expect(settled.every((one) => one.status === 'fulfilled')).toBe(true)
    expect(tookMs).toBeLessThanOrEqual(2_500)
    const { reads, writes } = signaling.counts('bob')
    expect(writes - before.writes).toBeLessThanOrEqual(20)
    expect(reads - before.reads).toBeLessThan(45)
  })

  test('behaviour: devices that come back together read once each, not in the same moment', async () => {
    const { device, signaling, settle, time, write } = await pair()
    const stores: ClaimStore[] = Array.from({ length: 100 }, (_, index) => device(`user-${index}`))
    const heard = stores.map((store) => listen(store))
    await time.advance(10)
    for (let index = 0; index < 100; index++) signaling.disconnect(`user-${index}`)
    const attempt = await write()
    const { reads } = signaling.counts()
    for (let index = 0; index < 100; index++) signaling.reconnect(`user-${index}`)
    const perTenth: number[] = []
    for (let tenth = 0; tenth < 10; tenth++) {
      const before = signaling.counts().reads
      await time.advance(100)
      perTenth.push(signaling.counts().reads - before)
    }
    expect(Math.max(...perTenth)).toBeLessThan(30)
    expect(signaling.counts().reads - reads).toBe(100)
    expect(new Set(heard.map(({ last }) => last()))).toEqual(new Set([attempt]))
    await settle(Promise.resolve())
  })
})

test('default: the platform’s clocks and timers', async () => {
  const signaling = createFakeSignaling()
  const [alice, bob] = [1, 2].map((user) => signalingClaimStore(signaling.createClient(`${user}`)))
  const value = makeValue()
  const told = new Promise<Claim | null>((resolve) => {
    bob?.subscribe(key, (claim) => claim && resolve(claim))
  })
  await alice?.compareAndSet(key, value, null)
  expect(await told).toMatchObject({ value })
  expect((await bob?.read(key))?.ageMs).toBeLessThan(1_000)
  vi.useFakeTimers()
  signaling.setDown(true)
  const read = alice?.read(key).catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(2_500)
  expect(await read).toContain('2500 ms')
  bob?.dispose?.()
})
