import {
  createFakeSignaling,
  type FakeLinkStateEvent,
  FakeSignalingError,
  type FakeSignalingFault,
  type FakeSignalingOptions,
  type FakeStorageEvent,
} from 'react-realtime-stt/testing'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => void vi.useRealTimers())

/** A service in fake time; a refusal reads as its code. */
function service(options: FakeSignalingOptions = {}) {
  vi.useFakeTimers()
  const signaling = createFakeSignaling(options)
  const join = (userId: string) => {
    const rtm = signaling.createClient(userId)
    const events: FakeStorageEvent[] = []
    const links: FakeLinkStateEvent[] = []
    rtm.addEventListener('storage', (event) => events.push(event))
    rtm.addEventListener('linkState', (event) => links.push(event))
    const code = <T>(call: Promise<T>) =>
      call.catch((error: unknown) =>
        error instanceof FakeSignalingError ? error.errorCode : error,
      )
    return {
      rtm,
      events,
      links,
      get: (channel = 'room') => code(rtm.storage.getChannelMetadata(channel, 'MESSAGE')),
      set: (value = '1', revision = -1, { channel = 'room', key = 'a', major = -1 } = {}) =>
        code(
          rtm.storage.setChannelMetadata(channel, 'MESSAGE', [{ key, value, revision }], {
            majorRevision: major,
          }),
        ),
      update: (value = '1', revision = -1) =>
        code(rtm.storage.updateChannelMetadata('room', 'MESSAGE', [{ key: 'a', value, revision }])),
      watch: () => code(rtm.subscribe('room', { withMetadata: true })),
      unwatch: () => code(rtm.unsubscribe('room')),
    }
  }
  return { signaling, join }
}

const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const OK = expect.objectContaining({ channelName: 'room', timestamp: 0 })

test('default: revisions grow with each write, of the set and of each item', async () => {
  const { join, signaling } = service()
  const { rtm, get } = join('alice')
  expect(await get()).toEqual({
    channelName: 'room',
    timestamp: 0,
    totalCount: 0,
    majorRevision: 0,
    metadata: {},
  })
  const two = [
    { key: 'a', value: '1' },
    { key: 'b', value: '2' },
  ]
  await rtm.storage.setChannelMetadata('room', 'MESSAGE', two)
  await rtm.storage.setChannelMetadata('room', 'MESSAGE', [{ key: 'a', value: '3' }])
  expect(await get()).toMatchObject({
    totalCount: 2,
    majorRevision: 2,
    metadata: { a: { value: '3', revision: 2 }, b: { value: '2', revision: 1 } },
  })
  expect(signaling.metadata('hall').totalCount).toBe(0)
})

test('default: a write tells its time and author only where it is asked to', async () => {
  const { join, signaling } = service()
  const { rtm } = join('alice')
  const write = (options = {}) =>
    rtm.storage.setChannelMetadata('room', 'MESSAGE', [{ key: 'a', value: '1' }], options)
  await write({ addTimeStamp: true, addUserId: true })
  expect(signaling.metadata('room').metadata.a).toEqual({
    value: '1',
    revision: 1,
    updated: Date.now(),
    authorUid: 'alice',
  })
  await write()
  expect(signaling.metadata('room').metadata.a).toEqual({ value: '1', revision: 2 })
})

test('default: a write with a revision needs that one', async () => {
  const { join } = service()
  const { set, update } = join('alice')
  expect(await set('1', 1)).toBe(-12_014)
  expect(await update('1')).toBe(-12_014)
  expect(await set('1', 0)).toEqual(OK)
  expect(await set('2', 0)).toBe(-12_014)
  expect(await set('2', 2)).toBe(-12_014)
  expect(await set('2', 1)).toEqual(OK)
  expect(await update('3', 2)).toEqual(OK)
  expect(await update('4')).toEqual(OK)
  expect(await update('4', 0)).toBe(-12_005)
  expect(await set('5', -1, { major: 3 })).toBe(-12_014)
  expect(await set('5', -1, { major: 4 })).toEqual(OK)
  expect(await set('6', -1, { major: 0 })).toBe(-12_014)
})

test('options: ignoresCreateOnly', async () => {
  const { join } = service({ ignoresCreateOnly: true })
  const { set } = join('alice')
  await set('1')
  expect(await set('2', 0)).toEqual(OK)
  expect(await set('3', -1, { major: 0 })).toEqual(OK)
  expect(await set('4', 1)).toBe(-12_014)
})

test('options: answersTell', async () => {
  const { join } = service({ answersTell: true })
  expect(await join('alice').get()).toMatchObject({ timestamp: Date.now() })
})

test.each<[string, number, { key?: string; value?: string; revision?: number }]>([
  ['a key that begins with _', -12_009, { key: '_a' }],
  ['an empty key', -12_009, { key: '' }],
  ['a key in another script', -12_009, { key: 'é' }],
  ['a key of 33 characters', -12_011, { key: 'x'.repeat(33) }],
  ['a value over 16 KB', -12_012, { value: 'é'.repeat(8_193) }],
  ['a set over 16 KB', -12_006, { value: 'x'.repeat(16_384) }],
  ['a revision below -1', -12_005, { revision: -2 }],
  ['a broken revision', -12_005, { revision: 0.5 }],
])('default: %s is refused', async (_, code, { key, value, revision }) => {
  const { join, signaling } = service()
  expect(await join('alice').set(value, revision, { key: key ?? 'a' })).toBe(code)
  expect(signaling.counts()).toMatchObject({ writes: 0 })
})

test('default: other refusals, in the vendor’s shape', async () => {
  const { join } = service()
  const { rtm, set, get } = join('alice')
  for (const channel of ['a.b', '', '_a', 'x'.repeat(65), 'é']) {
    expect(await get(channel)).toBe(-10_008)
    expect(await set('1', -1, { channel })).toBe(-10_008)
  }
  const write = (items: { key: string; value: string }[], type: 'MESSAGE' = 'MESSAGE') =>
    rtm.storage.setChannelMetadata('room', type, items).catch((error: unknown) => error)
  expect(await write([])).toMatchObject({ errorCode: -12_003 })
  const many = Array.from({ length: 33 }, (_, index) => ({ key: `k${index}`, value: '' }))
  expect(await write(many)).toMatchObject({ errorCode: -12_002 })
  expect(await write([{ key: 'a', value: 7 as never }])).toMatchObject({ errorCode: -12_010 })
  const error = await write([{ key: 'a', value: '' }], 'USER' as never)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    error: true,
    errorCode: -10_019,
    operation: 'setChannelMetadata',
    reason: expect.stringContaining('channel type'),
  })
})

test('default: 20 reads and 20 writes a second for each client', async () => {
  const { join, signaling } = service()
  const [alice, bob] = [join('alice'), join('bob')]
  for (let turn = 0; turn < 20; turn++) {
    expect(await alice.get()).toEqual(OK)
    expect(await alice.set()).toEqual(OK)
  }
  expect(await alice.get()).toBe(-10_021)
  expect(await alice.update()).toBe(-10_021)
  expect(await bob.get()).toEqual(OK)
  await passed(999)
  expect(await alice.get()).toBe(-10_021)
  await passed(1)
  expect(await alice.get()).toEqual(OK)
  expect(signaling.counts('alice')).toMatchObject({ reads: 21, writes: 20, throttled: 3 })
  expect(signaling.counts()).toMatchObject({ reads: 22, writes: 20, throttled: 3 })
})

test('default: subscribers with metadata get the full set, at first and after each write', async () => {
  const { join, signaling } = service()
  const [alice, bob, carol] = [join('alice'), join('bob'), join('carol')]
  await alice.set('1')
  await bob.watch()
  await carol.rtm.subscribe('room')
  await alice.set('2', -1, { key: 'b' })
  await alice.set('3', -1, { channel: 'hall' })
  expect(bob.events).toEqual([
    {
      eventType: 'SNAPSHOT',
      storageType: 'CHANNEL',
      channelType: 'MESSAGE',
      channelName: 'room',
      publisher: '',
      timestamp: Date.now(),
      data: { totalCount: 1, majorRevision: 1, metadata: { a: { value: '1', revision: 1 } } },
    },
    expect.objectContaining({ eventType: 'UPDATE', data: signaling.metadata('room') }),
  ])
  expect(carol.events).toEqual([])
  expect(signaling.subscribers('room')).toEqual(['bob'])
  await bob.watch()
  expect(bob.events).toHaveLength(2)
  await bob.unwatch()
  await alice.set('4')
  expect(bob.events).toHaveLength(2)
  expect(signaling.counts('bob')).toMatchObject({ subscribes: 2, unsubscribes: 1, events: 2 })
})

test('default: put() is past every limit and is told; wipe() removes, and forgets if it shall', async () => {
  const { join, signaling } = service()
  const { watch, events } = join('alice')
  await watch()
  signaling.put('room', '_', 'x'.repeat(100_000))
  await passed(0)
  expect(events.at(-1)?.data.metadata._?.value).toHaveLength(100_000)
  signaling.wipe('room')
  await passed(0)
  expect(events.at(-1)?.data).toEqual({ totalCount: 0, majorRevision: 2, metadata: {} })
  signaling.wipe('room', { forgets: true })
  await passed(0)
  expect(events).toHaveLength(3)
  expect(signaling.metadata('room').majorRevision).toBe(0)
})

test('options: latencyMs, for answers and events', async () => {
  const { join, signaling } = service({ latencyMs: 100 })
  const { watch, set, events } = join('alice')
  void watch()
  await passed(100)
  const settled = vi.fn()
  void set('2').then(settled)
  expect(signaling.metadata('room').metadata.a?.value).toBe('2')
  await passed(99)
  expect(settled).not.toHaveBeenCalled()
  expect(events).toHaveLength(1)
  await passed(1)
  expect(settled).toHaveBeenCalled()
  expect(events).toHaveLength(2)
})

test.each<[string, FakeSignalingFault, code: unknown, afterMs: number, value: string | undefined]>([
  ['errorCode', { errorCode: -12_020 }, -12_020, 0, undefined],
  ['carriedOut', { errorCode: -12_018, carriedOut: true }, -12_018, 0, '1'],
  ['delayMs of a refusal', { errorCode: -12_001, delayMs: 50 }, -12_001, 50, undefined],
  ['delayMs', { delayMs: 50 }, OK, 50, '1'],
  ['delayMs before', { delayMs: 50, when: 'before' }, OK, 50, '1'],
  ['never answered', { delayMs: Number.POSITIVE_INFINITY }, 'never', 60_000, '1'],
  ['never sent', { delayMs: Number.POSITIVE_INFINITY, when: 'before' }, 'never', 60_000, undefined],
])('behaviour: failNext %s', async (_, fault, code, afterMs, value) => {
  const { join, signaling } = service()
  signaling.failNext(fault)
  let answer: unknown = 'never'
  void join('alice')
    .set()
    .then((given) => {
      answer = given
    })
  if (afterMs > 0) {
    await passed(afterMs - 1)
    expect(answer).toBe('never')
    const isLate = 'when' in fault
    expect(signaling.metadata('room').metadata.a?.value).toBe(isLate ? undefined : value)
  }
  await passed(1)
  expect(answer).toEqual(code)
  expect(signaling.metadata('room').metadata.a?.value).toBe(value)
})

test('behaviour: a fault strikes what it names, as often as it says', async () => {
  const { join, signaling } = service()
  const [alice, bob] = [join('alice'), join('bob')]
  signaling.failNext({ operation: 'set', userId: 'bob', errorCode: -1, times: 2 })
  signaling.failNext({ channel: 'hall', errorCode: -2 })
  expect(await alice.set()).toEqual(OK)
  expect(await bob.get()).toEqual(OK)
  expect([await bob.set(), await bob.set()]).toEqual([-1, -1])
  expect(await bob.set()).toEqual(OK)
  expect([await alice.get('hall'), typeof (await alice.get('hall'))]).toEqual([-2, 'object'])
})

test('behaviour: events are lost or late where a fault says so, calls are not', async () => {
  const { join, signaling } = service()
  const [alice, bob] = [join('alice'), join('bob')]
  await bob.watch()
  signaling.failNext({ operation: 'event', userId: 'bob' })
  signaling.failNext({ operation: 'event', delayMs: 300 })
  await alice.set('lost')
  await alice.set('late')
  await alice.set('in time')
  const values = () => bob.events.slice(1).map(({ data }) => data.metadata.a?.value)
  expect(values()).toEqual(['in time'])
  await passed(300)
  expect(values()).toEqual(['in time', 'late'])
})

test('behaviour: a disconnected client is refused and misses events; connected again it is told so', async () => {
  const { join, signaling } = service()
  const [alice, bob] = [join('alice'), join('bob')]
  await bob.watch()
  signaling.disconnect('bob')
  signaling.disconnect('bob')
  expect([await bob.get(), await bob.set(), await bob.watch()]).toEqual([-10_025, -10_025, -10_025])
  await alice.set('missed')
  signaling.reconnect('bob')
  await alice.set('seen')
  expect(bob.events.slice(1).map(({ data }) => data.metadata.a?.value)).toEqual(['seen'])
  signaling.disconnect('bob')
  signaling.reconnect('bob', { restores: false })
  await alice.set('not subscribed')
  expect(bob.events).toHaveLength(2)
  expect(bob.links).toEqual([
    expect.objectContaining({ currentState: 'DISCONNECTED', previousState: 'CONNECTED' }),
    expect.objectContaining({ currentState: 'CONNECTED', isResumed: true }),
    expect.objectContaining({ currentState: 'DISCONNECTED' }),
    expect.objectContaining({ currentState: 'CONNECTED', isResumed: false }),
  ])
})

test.each<[string, (signaling: ReturnType<typeof createFakeSignaling>) => void]>([
  ['a client that hangs', (signaling) => signaling.disconnect('bob', 'hang')],
  ['a service that is down', (signaling) => signaling.setDown(true)],
])('behaviour: calls of %s time out after 10 s and do nothing', async (_, cut) => {
  const { join, signaling } = service()
  const bob = join('bob')
  await bob.watch()
  cut(signaling)
  const answers: unknown[] = []
  for (const call of [bob.get(), bob.set(), bob.watch()]) void call.then((one) => answers.push(one))
  signaling.put('room', 'a', '0')
  await passed(9_999)
  expect(answers).toEqual([])
  await passed(1)
  expect(answers).toEqual([-12_018, -12_018, -11_019])
  expect(signaling.metadata('room').majorRevision).toBe(1)
  expect(bob.events).toHaveLength(1)
  signaling.setDown(false)
  signaling.reconnect('bob')
  expect(await bob.get()).toEqual(OK)
})

test('behaviour: who logs in under the same user id puts the first one out', async () => {
  const { join, signaling } = service()
  const first = join('alice')
  const second = join('alice')
  expect(first.links).toMatchObject([{ currentState: 'FAILED' }])
  expect(await first.get()).toBe(-10_025)
  expect(await second.get()).toEqual(OK)
  expect(signaling.counts('alice').reads).toBe(1)
})

test('behaviour: reset() forgets everything, and old clients are out', async () => {
  const { join, signaling } = service()
  const { set, get } = join('alice')
  await set()
  signaling.failNext({ errorCode: -1 })
  signaling.setDown(true)
  signaling.reset()
  expect(await get()).toBe(-10_025)
  expect(signaling.metadata('room').totalCount).toBe(0)
  expect(await join('bob').get()).toEqual(OK)
  expect(signaling.counts()).toMatchObject({ reads: 1, writes: 0 })
  expect(() => signaling.disconnect('alice')).toThrow('Nobody is logged in')
})
