import {
  type ClaimStore,
  memoryClaimStore,
  type SignalingClientLike,
  signalingClaimStore,
} from 'react-realtime-stt/core'
import {
  checkClaimStore,
  createFakeSignaling,
  type FakeSignalingOptions,
} from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { VirtualTime } from '../simulation/virtualTime.js'

function overSignaling(options: FakeSignalingOptions, share = false) {
  const time = new VirtualTime()
  const { now, monotonicNow, setTimeout, clearTimeout } = time.environment()
  const signaling = createFakeSignaling({ now, setTimeout, ...options })
  const store = (rtm: SignalingClientLike) =>
    signalingClaimStore(rtm, { now, monotonicNow, setTimeout, clearTimeout })
  const one = signaling.createClient('user-0')
  const stores = [0, 1, 2, 3].map((index) =>
    store(share ? one : signaling.createClient(`user-${index}`)),
  )
  return { time, signaling, check: () => checkClaimStore(() => stores, { setTimeout }) }
}

/** Lets virtual time run until the promise is settled. */
async function settle<T>(time: VirtualTime, promise: Promise<T>): Promise<T> {
  let isSettled = false
  const watched = promise.finally(() => {
    isSettled = true
  })
  watched.catch(() => {})
  for (let ms = 0; !isSettled && ms < 600_000; ms += 50) await time.advance(50)
  return watched
}

test('default: memoryClaimStore keeps every promise', async () => {
  expect(await checkClaimStore(() => [memoryClaimStore()], { withinMs: 100 })).toEqual([])
  const store = memoryClaimStore()
  expect(await checkClaimStore(() => [store, store], { withinMs: 100 })).toEqual([])
})

test.each<[string, FakeSignalingOptions]>([
  ['at once', {}],
  ['within 80 ms', { latencyMs: 80 }],
  ['with the time', { answersTell: true, latencyMs: 20 }],
  ['to creators who overwrite', { ignoresCreateOnly: true, latencyMs: 20 }],
])(
  'default: signalingClaimStore keeps every promise where Signaling answers %s',
  async (_, options) => {
    const { time, check } = overSignaling(options)
    expect(await settle(time, check())).toEqual([])
  },
)

test('default: four signalingClaimStores of one client keep every promise, and leave nothing subscribed', async () => {
  const { time, signaling, check } = overSignaling({ latencyMs: 20 }, true)
  expect(await settle(time, check())).toEqual([])
  await time.advance(10_000)
  expect(signaling.counts().subscribes).toBe(signaling.counts().unsubscribes)
  expect(time.pendingTimers).toBe(0)
})

/** A store that breaks one promise. */
const spoilt = (change: (store: ClaimStore) => Partial<ClaimStore>) => {
  const store = memoryClaimStore()
  const both = { ...store, ...change(store) }
  return checkClaimStore(() => [both, both], { withinMs: 100, rounds: 3 })
}

test('behaviour: a store that breaks a promise is told which', async () => {
  const lies = await Promise.all([
    spoilt((store) => ({
      compareAndSet: async (key, value) =>
        store.compareAndSet(key, value, (await store.read(key))?.revision ?? null),
    })),
    spoilt((store) => ({
      read: async (key) => {
        const claim = await store.read(key)
        return claim && { ...claim, ageMs: -1 }
      },
    })),
    spoilt(() => ({ subscribe: () => () => {} })),
    spoilt((store) => ({ read: ({ channel }) => store.read({ channel, appId: 'any' }) })),
    spoilt(() => ({ read: () => Promise.reject(new Error('out of order')) })),
    spoilt(() => ({
      hold: async () => () => {},
      isHeld: async () => true,
      isStarterGone: async () => true,
    })),
  ])
  expect(
    lies.map((broken) => broken.map((sentence) => sentence.replace(/[{\d].*/s, '…'))),
  ).toMatchInlineSnapshot(`
    [
      [
        "Only one can create: a second one could.",
        "A stale revision writes nothing and resolves null: it wrote.",
      ],
      [
        "A claim’s age grows from its write and is never negative: new, it was …",
      ],
      [
        "Subscribers learn of another store’s write, until they unsubscribe: number …",
      ],
      [
        "A claim comes back as it was written: it is null.",
        "Only one can create: read undefined.",
        "A stale revision writes nothing and resolves null: read undefined.",
        "Each write has a revision of its own: a read tells another than the write did.",
        "Of writes at the same moment exactly one wins: in round …",
        "Keys do not meet (letters only): key …",
        "Keys do not meet (spaces and punctuation): key …",
        "Keys do not meet (several scripts): key …",
        "Keys do not meet (…",
        "A claim’s age grows from its write and is never negative: new, it was …",
        "Subscribers learn of another store’s write, until they unsubscribe: one that subscribed again did not.",
      ],
      [
        "What nobody claimed reads as null: out of order.",
        "A claim comes back as it was written: out of order.",
        "Only one can create: out of order.",
        "A stale revision writes nothing and resolves null: out of order.",
        "Each write has a revision of its own: out of order.",
        "Of writes at the same moment exactly one wins: out of order.",
        "Keys do not meet (letters only): out of order.",
        "Keys do not meet (spaces and punctuation): out of order.",
        "Keys do not meet (several scripts): out of order.",
        "Keys do not meet (…",
        "A claim’s age grows from its write and is never negative: out of order.",
        "Subscribers learn of another store’s write, until they unsubscribe: out of order.",
      ],
      [
        "A starter is gone when it lets go, not before: it was gone while it held.",
        "A running claim is held while any page holds it: it stays held.",
      ],
    ]
  `)
})
