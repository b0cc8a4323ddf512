import type { Claim } from 'react-realtime-stt/core'
import { describe, expect, test, vi } from 'vitest'
import { parseClaimValue } from '../../src/claims/claimValue.js'
import { appId, key, listen, makeValue, place, signalingDevices } from './signalingDevices.js'

const created = (claim: Claim | null): Claim => {
  if (!claim) throw new Error('It was not written.')
  return claim
}

describe('places', () => {
  test.each([
    ['a name that fits', 'standup', 'stt:standup'],
    ['the longest that fits', 'x'.repeat(60), `stt:${'x'.repeat(60)}`],
    ['punctuation', 'a b!#$%&()+-:;<=>?@[]^_{|}~,', 'stt:a b!#$%&()+-:;<=>?@[]^_{|}~,'],
    ['a longer one', 'x'.repeat(61), /^stt:[0-9a-z]{25}$/],
    ['a period', 'v1.2', /^stt:[0-9a-z]{25}$/],
    ['other scripts', '会議', /^stt:[0-9a-z]{25}$/],
  ])('default: the channel of %s', async (_, channel, expected) => {
    const { storeOf, signaling } = signalingDevices()
    const rtm = signaling.createClient('alice')
    const names: string[] = []
    const { getChannelMetadata } = rtm.storage
    rtm.storage.getChannelMetadata = (name, type) => {
      names.push(name)
      return getChannelMetadata(name, type)
    }
    await storeOf(rtm).read({ appId, channel })
    if (expected instanceof RegExp) expect(names[0]).toMatch(expected)
    else expect(names[0]).toBe(expected)
  })

  test('default: an app’s claim has its own item, with the service’s time on it', async () => {
    const { device, signaling, settle } = signalingDevices()
    const value = makeValue()
    await settle(device('alice').compareAndSet(key, value, null))
    const { metadata } = signaling.metadata(place)
    expect(Object.keys(metadata)).toEqual(['stt', appId])
    expect(metadata[appId]).toMatchObject({
      value: JSON.stringify(value),
      updated: expect.any(Number),
    })
    expect(metadata[appId]).not.toHaveProperty('authorUid')
    await settle(device('bob').compareAndSet({ ...key, appId: '__proto__' }, makeValue(), null))
    expect(Object.keys(signaling.metadata(place).metadata)).toEqual([
      'stt',
      appId,
      expect.stringMatching(/^[0-9a-z]{25}$/),
    ])
  })

  test('options: channelPrefix', async () => {
    const { device, signaling, settle } = signalingDevices()
    await settle(device('alice', { channelPrefix: 'acme-' }).compareAndSet(key, makeValue(), null))
    expect(signaling.metadata('acme-standup').totalCount).toBe(2)
  })
})

describe('compare-and-set', () => {
  test('default: a first claim takes two writes, every other one', async () => {
    const { device, signaling, settle } = signalingDevices()
    const store = device('alice')
    const { revision } = created(await settle(store.compareAndSet(key, makeValue(), null)))
    expect(signaling.counts('alice')).toMatchObject({ writes: 2, reads: 3 })
    await settle(store.compareAndSet(key, makeValue('running'), revision))
    expect(signaling.counts('alice')).toMatchObject({ writes: 3, reads: 4 })
  })

  test.each([null, '-1', '0', 'x', ''])(
    'behaviour: expected %j where another claim is writes nothing',
    async (expected) => {
      const { device, signaling, settle } = signalingDevices()
      const value = makeValue()
      await settle(device('alice').compareAndSet(key, value, null))
      expect(await settle(device('bob').compareAndSet(key, makeValue(), expected))).toBeNull()
      expect(signaling.metadata(place).metadata[appId]?.value).toBe(JSON.stringify(value))
    },
  )

  test.each([false, true])(
    'behaviour: of creators at once one wins, however late their calls arrive (create-only ignored: %s)',
    async (ignoresCreateOnly) => {
      let seed = 1
      const random = () => {
        seed = (seed * 16_807) % 2_147_483_647
        return seed / 2_147_483_647
      }
      for (let round = 0; round < 150; round++) {
        const { device, signaling, settle } = signalingDevices({
          ignoresCreateOnly,
          latencyMs: () => Math.floor(random() * 150),
        })
        for (const userId of ['a', 'b', 'c']) {
          for (const operation of ['get', 'set', 'set'] as const) {
            const delayMs = Math.floor(random() * 500)
            signaling.failNext({ operation, userId, delayMs, when: 'before' })
          }
        }
        const values = [makeValue(), makeValue(), makeValue()]
        const claims = await settle(
          Promise.all(
            ['a', 'b', 'c'].map((userId, index) =>
              device(userId).compareAndSet(key, values[index] ?? makeValue(), null),
            ),
          ),
        )
        const won = claims.filter((claim) => claim !== null)
        const stored = JSON.parse(signaling.metadata(place).metadata[appId]?.value ?? 'null')
        expect(
          won.map(({ value }) => value.attempt),
          `round ${round}`,
        ).toEqual([stored.attempt])
      }
    },
  )

  test('behaviour: applied though it timed out: no answer, and the next read tells', async () => {
    const { device, signaling, settle, outcome } = signalingDevices()
    const store = device('alice')
    const { revision } = created(await settle(store.compareAndSet(key, makeValue(), null)))
    signaling.failNext({ operation: 'set', errorCode: -12_018, carriedOut: true })
    const value = makeValue('running')
    const { error } = await outcome(store.compareAndSet(key, value, revision))
    expect(error?.message).toBe(
      'Agora Signaling failed with -12018: whether it was carried out is unknown.',
    )
    expect(error).not.toHaveProperty('isBusy')
    expect((await settle(store.read(key)))?.value).toEqual(value)
    expect(await settle(store.compareAndSet(key, makeValue(), revision))).toBeNull()
  })

  test('behaviour: a call that nobody answers rejects after 2.5 s, and writes nothing afterwards', async () => {
    const { device, signaling, outcome, time } = signalingDevices()
    const store = device('alice')
    signaling.failNext({ operation: 'get', delayMs: 4_000 })
    const { error, tookMs } = await outcome(store.compareAndSet(key, makeValue(), null))
    expect(tookMs).toBe(2_500)
    expect(error?.message).toBe(
      'Agora Signaling did not answer within 2500 ms: whether it was carried out is unknown.',
    )
    await time.advance(20_000)
    expect(signaling.counts()).toMatchObject({ reads: 1, writes: 0 })
    expect(time.pendingTimers).toBe(0)
  })

  test('behaviour: an answer from before the write is asked for again', async () => {
    const { storeOf, signaling, settle } = signalingDevices()
    const rtm = signaling.createClient('alice')
    const store = storeOf(rtm)
    const { revision } = created(await settle(store.compareAndSet(key, makeValue(), null)))
    const old = { ...signaling.metadata(place), timestamp: 0, channelName: place }
    const { getChannelMetadata } = rtm.storage
    rtm.storage.getChannelMetadata = vi
      .fn(getChannelMetadata)
      .mockResolvedValueOnce(old)
      .mockResolvedValueOnce(old)
    const value = makeValue('running')
    expect(await settle(store.compareAndSet(key, value, revision))).toMatchObject({ value })
  })

  test('behaviour: who writes between a win and the look at it has won', async () => {
    const { device, signaling, settle } = signalingDevices()
    const [alice, bob] = [device('alice'), device('bob')]
    const { revision } = created(await settle(alice.compareAndSet(key, makeValue(), null)))
    signaling.failNext({ operation: 'get', userId: 'alice', delayMs: 500, when: 'before' })
    const write = alice.compareAndSet(key, makeValue('running'), revision)
    const next = String(Number(revision) + 1)
    const value = makeValue('stopping')
    expect(await settle(bob.compareAndSet(key, value, next))).toMatchObject({ value })
    expect(await settle(write)).toBeNull()
  })
})

describe('trouble', () => {
  test('behaviour: a throttled call is repeated within its limit', async () => {
    const { device, signaling, outcome } = signalingDevices()
    const store = device('alice', { random: () => 0.1 })
    for (const operation of ['get', 'set', 'set', 'get'] as const) {
      signaling.failNext({ operation, errorCode: -10_021 })
    }
    const value = makeValue()
    const { value: claim, tookMs } = await outcome(store.compareAndSet(key, value, null))
    expect(claim).toMatchObject({ value })
    expect(tookMs).toBeGreaterThanOrEqual(4 * 290)
  })

  test('behaviour: throttled for long means busy, and nothing is written', async () => {
    const { device, signaling, outcome } = signalingDevices()
    const store = device('alice')
    signaling.failNext({ errorCode: -10_021, times: Number.POSITIVE_INFINITY })
    const calls = [() => store.read(key), () => store.compareAndSet(key, makeValue(), null)]
    for (const call of calls) {
      const { error, tookMs } = await outcome(call())
      expect(error).toMatchObject({ name: 'ClaimStoreBusyError', isBusy: true })
      expect(error?.message).toContain('-10021')
      expect(tookMs).toBeLessThan(2_500)
    }
    expect(signaling.metadata(place).totalCount).toBe(0)
  })

  test('behaviour: a throttled write that somebody else overtook is lost without another write', async () => {
    const { device, signaling, settle } = signalingDevices()
    const [alice, bob] = [device('alice'), device('bob')]
    const { revision } = created(await settle(alice.compareAndSet(key, makeValue(), null)))
    signaling.failNext({ operation: 'set', userId: 'alice', errorCode: -10_021 })
    const write = alice.compareAndSet(key, makeValue(), revision)
    await settle(bob.compareAndSet(key, makeValue(), revision))
    const { writes } = signaling.counts('alice')
    expect(await settle(write)).toBeNull()
    expect(signaling.counts('alice').writes).toBe(writes)
  })

  test('behaviour: while the service is down every call rejects within the client’s 3 s', async () => {
    const { device, signaling, outcome, settle } = signalingDevices()
    const store = device('alice')
    signaling.setDown(true)
    const calls = [() => store.read(key), () => store.compareAndSet(key, makeValue(), null)]
    for (const call of calls) {
      const { error } = await outcome(call())
      expect(error?.message).toContain('2500 ms')
    }
    signaling.setDown(false)
    expect(await settle(store.read(key))).toBeNull()
  })

  test.each([
    [-10_002, 'log its client in, and let it connect'],
    [-10_005, 'valid token'],
    [-10_009, 'renew'],
    [-10_025, 'log its client in, and let it connect'],
    [-12_001, 'error table'],
    [-12_019, 'enable Storage for this project in the Agora Console'],
    [-12_020, 'allow this user to read and write the metadata'],
  ])(
    'behaviour: %i rejects with the code and what to do, and nothing that was sent',
    async (errorCode, advice) => {
      const { device, signaling, outcome } = signalingDevices()
      signaling.failNext({ errorCode })
      const { error, tookMs } = await outcome(device('alice').compareAndSet(key, makeValue(), null))
      expect(tookMs).toBeLessThan(50)
      expect(error?.message).toContain(`with ${errorCode}:`)
      expect(error?.message).toContain(advice)
      expect(error?.message).not.toMatch(/standup|attempt|0123/)
      expect(error?.cause).toBeUndefined()
    },
  )

  test('behaviour: what is thrown without a code is a failure too', async () => {
    const { storeOf, signaling, outcome } = signalingDevices()
    const rtm = signaling.createClient('alice')
    rtm.storage.getChannelMetadata = () => {
      throw null
    }
    const { error } = await outcome(storeOf(rtm).read(key))
    expect(error?.message).toBe("Agora Signaling failed: look the code up in Agora's error table.")
  })

  test.each([
    ['100 kB', JSON.stringify({ ...makeValue('running'), taskId: 'x'.repeat(100_000) })],
    ['no JSON', '{"v":1,'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1]'],
    ['a wrong shape', '{"v":1,"state":"running","attempt":"../..","instanceId":7}'],
    ['a prototype', '{"__proto__":{"state":"running"}}'],
  ])(
    'behaviour: %s reads as ended, with a revision that the next write can replace',
    async (_, stored) => {
      const { device, signaling, settle } = signalingDevices()
      const store = device('alice')
      const { last, told } = listen(store)
      signaling.put(place, appId, stored)
      const claim = created(await settle(store.read(key)))
      expect(parseClaimValue(claim.value)).toMatchObject({ state: 'ended', attempt: '' })
      expect(parseClaimValue(told.at(-1)?.value).state).toBe('ended')
      expect(await settle(store.compareAndSet(key, makeValue(), null))).toBeNull()
      const value = makeValue()
      expect(await settle(store.compareAndSet(key, value, claim.revision))).toMatchObject({ value })
      expect(last()).toBe(value.attempt)
    },
  )

  test('behaviour: revisions that go back: old ones write nothing, reads and subscribers follow', async () => {
    const { device, signaling, settle, time } = signalingDevices()
    const [alice, bob] = [device('alice'), device('bob')]
    const { told, last } = listen(alice)
    let { revision } = created(await settle(alice.compareAndSet(key, makeValue(), null)))
    for (let turn = 0; turn < 5; turn++) {
      revision = created(await settle(alice.compareAndSet(key, makeValue(), revision))).revision
    }
    signaling.wipe(place, { forgets: true })
    expect(await settle(alice.compareAndSet(key, makeValue(), revision))).toBeNull()
    const value = makeValue()
    const again = created(await settle(bob.compareAndSet(key, value, null)))
    expect(Number(again.revision)).toBeLessThan(Number(revision))
    await time.advance(2_000)
    expect(last()).toBe(value.attempt)
    expect(await settle(alice.read(key))).toMatchObject({ value, revision: again.revision })
    expect(told.at(-1)?.ageMs).toBeLessThan(5_000)
  })

  test('behaviour: an event that comes late does not bring an old claim back', async () => {
    const { device, signaling, settle, time } = signalingDevices()
    const [alice, bob] = [device('alice'), device('bob')]
    const { last, told } = listen(bob)
    const { revision } = created(await settle(alice.compareAndSet(key, makeValue(), null)))
    signaling.failNext({ operation: 'event', userId: 'bob', delayMs: 3_000 })
    const old = makeValue('running')
    const { revision: next } = created(await settle(alice.compareAndSet(key, old, revision)))
    const value = makeValue('ended')
    await settle(alice.compareAndSet(key, value, next))
    expect(last()).toBe(value.attempt)
    await time.advance(10_000)
    expect(last()).toBe(value.attempt)
    expect(told.some((claim) => claim?.value.attempt === old.attempt)).toBe(false)
  })
})
