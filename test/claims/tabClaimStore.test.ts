import { IDBObjectStore } from 'fake-indexeddb'
import {
  type Claim,
  type ClaimStore,
  type ClaimValue,
  type TabPlatform,
  tabClaimStore,
} from 'react-realtime-stt/core'
import { afterEach, expect, test, vi } from 'vitest'
import { VirtualTime } from '../simulation/virtualTime.ts'
import { createFakeBrowser, type FakeTab } from './fakeBrowser.ts'

const KEY = { appId: 'app', channel: 'standup' }
const HOUR_MS = 3_600_000
/** fake-indexeddb takes several turns of Node's loop for each transaction. */
const IDLE_TURNS = 60

const stores: ClaimStore[] = []
afterEach(() => {
  vi.restoreAllMocks()
  for (const store of stores.splice(0)) store.dispose?.()
})

function toValue(attempt: string, state: ClaimValue['state'] = 'starting'): ClaimValue {
  return { v: 1, state, attempt, instanceId: 'instance' }
}

function openBrowser() {
  const time = new VirtualTime({ idleTurns: IDLE_TURNS })
  const clock = {
    now: () => time.now,
    monotonicNow: time.environment().monotonicNow,
    setTimeout: time.setTimeout,
    clearTimeout: time.clearTimeout,
  }
  const browser = createFakeBrowser(clock)
  const openStore = (overrides: Partial<TabPlatform> = {}, tab: FakeTab = browser.openTab()) => {
    const store = tabClaimStore({ ...tab.platform, ...overrides }) as Required<ClaimStore>
    stores.push(store)
    return { store, tab, seen: [] as (Claim | null)[] }
  }
  const openSubscribed = async (overrides?: Partial<TabPlatform>, tab?: FakeTab) => {
    const opened = openStore(overrides, tab)
    opened.store.subscribe(KEY, (claim) => opened.seen.push(claim))
    await time.idle()
    opened.seen.length = 0
    return opened
  }
  return { time, browser, openStore, openSubscribed }
}

/** What a promise came to, and how long it took in virtual time. */
async function outcomeOf<Result>(time: VirtualTime, promise: Promise<Result>, withinMs: number) {
  const begunAt = time.now
  let outcome: { value?: Result; error?: Error; afterMs: number } | undefined
  promise.then(
    (value) => {
      outcome = { value, afterMs: time.now - begunAt }
    },
    (error) => {
      outcome = { error, afterMs: time.now - begunAt }
    },
  )
  await time.advance(withinMs)
  return outcome
}

const attemptsOf = (seen: (Claim | null)[]) => seen.map((claim) => claim?.value.attempt ?? null)

test('default: of 8 tabs that claim at the same moment one wins, 200 times', async () => {
  const { openStore } = openBrowser()
  const tabs = Array.from({ length: 8 }, () => openStore().store)
  let expected: string | null = null
  for (let round = 0; round < 200; round++) {
    const claims: (Claim | null)[] = await Promise.all(
      tabs.map((store, index) =>
        store.compareAndSet(KEY, toValue(`round${round}-tab${index}`), expected),
      ),
    )
    const won = claims.filter((claim) => claim !== null)
    expect(won).toHaveLength(1)
    expect(await tabs[round % 8]?.read(KEY)).toEqual({ ...won[0], ageMs: expect.any(Number) })
    expected = won[0]?.revision ?? null
  }
})

test('default: says what is stored, and lets only the next write through', async () => {
  const { openStore, time } = openBrowser()
  const { store } = openStore()
  expect(store.reach).toBe('browser')
  expect(await store.read(KEY)).toBeNull()
  expect(await store.compareAndSet(KEY, toValue('early'), 'no-revision')).toBeNull()
  const first = await store.compareAndSet(KEY, toValue('first'), null)
  expect(first).toEqual({ value: toValue('first'), revision: expect.any(String), ageMs: 0 })
  await time.advance(1_234)
  const { store: other } = openStore()
  expect(await other.read(KEY)).toEqual({ ...first, ageMs: 1_234 })
  expect(await other.read({ ...KEY, channel: 'elsewhere' })).toBeNull()
  const second = await other.compareAndSet(KEY, toValue('second'), first?.revision ?? null)
  expect(second?.revision).not.toBe(first?.revision)
  expect(await store.compareAndSet(KEY, toValue('late'), first?.revision ?? null)).toBeNull()
  expect(await store.compareAndSet(KEY, toValue('absent'), null)).toBeNull()
})

test('default: opens nothing before it is used, and leaves nothing after dispose', async () => {
  const { openStore, browser, time } = openBrowser()
  const { store, tab } = openStore()
  const add = vi.spyOn(tab.platform.page, 'addEventListener')
  await time.idle()
  expect(add).not.toHaveBeenCalled()
  expect(await browser.indexedDB.databases()).toEqual([])

  await store.compareAndSet(KEY, toValue('other'), null)
  store.subscribe(KEY, () => {})
  await store.hold('mine', 'starter')
  await store.hold('mine', 'holder')
  await openStore().store.hold('other', 'starter')
  await time.idle()
  expect(browser.channelCount).toBe(2)
  for (const one of stores) one.dispose?.()
  await time.idle()
  expect(browser.channelCount).toBe(0)
  expect(browser.lockNames).toEqual([])
  expect(time.pendingTimers).toBe(0)
})

test('default: in plain Node every call rejects, nothing is kept open', async () => {
  const store = tabClaimStore() as Required<ClaimStore>
  const unsubscribe = store.subscribe(KEY, () => {})
  await expect(store.read(KEY)).rejects.toThrow('There is no IndexedDB.')
  await expect(store.compareAndSet(KEY, toValue('a'), null)).rejects.toThrow()
  const release = await store.hold('a', 'starter')
  const claim = { value: toValue('a'), revision: '1', ageMs: 59_999 }
  expect(await store.isStarterGone(claim)).toBe(false)
  expect(await store.isHeld(claim)).toBe(true)
  expect(await store.isHeld({ ...claim, ageMs: 60_000 })).toBe(false)
  release()
  unsubscribe()
  store.dispose()
})

test('behaviour: a revision never comes back, after a deletion too', async () => {
  const { openStore, browser } = openBrowser()
  const seen = new Set<string | undefined>()
  for (let round = 0; round < 20; round++) {
    const { store } = openStore()
    seen.add((await store.compareAndSet(KEY, toValue('a'), null))?.revision)
    await new Promise((resolve) => {
      browser.indexedDB.deleteDatabase('react-realtime-stt').onsuccess = resolve
    })
  }
  expect(seen.size).toBe(20)
})

test('behaviour: every tab that shows the channel hears of a write, the writing one too', async () => {
  const { openSubscribed, openStore, time } = openBrowser()
  const { store: writer, seen: own, tab } = await openSubscribed()
  const { seen: other } = await openSubscribed()
  const { seen: sibling } = await openSubscribed({}, tab)
  const elsewhere = openStore()
  elsewhere.store.subscribe({ ...KEY, channel: 'elsewhere' }, (claim) => elsewhere.seen.push(claim))
  await time.idle()
  await writer.compareAndSet(KEY, toValue('a', 'running'), null)
  await time.idle()
  for (const seen of [own, other, sibling]) expect(attemptsOf(seen)).toEqual(['a'])
  expect(attemptsOf(elsewhere.seen)).toEqual([null])
})

test('behaviour: an ended subscription hears nothing, the same listener twice hears twice', async () => {
  const { openStore, time } = openBrowser()
  const { store } = openStore()
  const listener = vi.fn()
  const unsubscribe = store.subscribe(KEY, listener)
  store.subscribe(KEY, listener)
  await time.idle()
  listener.mockClear()
  const first = await store.compareAndSet(KEY, toValue('a', 'running'), null)
  expect(listener).toHaveBeenCalledTimes(2)
  unsubscribe()
  unsubscribe()
  await store.compareAndSet(KEY, toValue('b', 'running'), first?.revision ?? null)
  expect(listener).toHaveBeenCalledTimes(3)
})

test('behaviour: without BroadcastChannel everything works but the notices of others', async () => {
  const { openSubscribed, time } = openBrowser()
  const { store, seen } = await openSubscribed({ BroadcastChannel: undefined })
  const { seen: other } = await openSubscribed({ BroadcastChannel: undefined })
  await store.compareAndSet(KEY, toValue('a', 'running'), null)
  await time.idle()
  expect(attemptsOf(seen)).toEqual(['a'])
  expect(other).toEqual([])
})

test('behaviour: a starter counts as gone once it lets go, crashes or is hidden', async () => {
  const { openStore, openSubscribed, time } = openBrowser()
  for (const end of ['release', 'crash', 'hide'] as const) {
    const { store: starter, tab } = openStore()
    const release = await starter.hold(end, 'starter')
    const { store: other, seen } = await openSubscribed()
    const last = await other.read(KEY)
    const claim = await starter.compareAndSet(KEY, toValue(end), last?.revision ?? null)
    if (!claim) throw new Error('The claim was lost.')
    await time.advance(5_000)
    expect(await other.isStarterGone(claim)).toBe(false)
    expect(attemptsOf(seen)).toEqual([end])
    if (end === 'release') release()
    else tab[end]()
    await time.idle()
    // At once, by the lock: no timer ran.
    expect(attemptsOf(seen)).toEqual([end, end])
    expect(await other.isStarterGone(claim)).toBe(true)
    await time.advance(10_000)
    expect(seen).toHaveLength(2)
    starter.dispose()
    other.dispose()
  }
})

test('behaviour: the starter’s own store does not wait for itself', async () => {
  const { openSubscribed, browser, time } = openBrowser()
  const { store, seen } = await openSubscribed()
  await store.hold('a', 'starter')
  await store.compareAndSet(KEY, toValue('a'), null)
  await time.advance(5_000)
  expect(browser.lockNames).toEqual(['stt-start:a'])
  expect(attemptsOf(seen)).toEqual(['a'])
})

test('behaviour: nobody waits for a starter whose claim is another’s by now, or that nobody shows', async () => {
  const { openStore, openSubscribed, browser, time } = openBrowser()
  const { store: starter } = openStore()
  await starter.hold('a', 'starter')
  const first = await starter.compareAndSet(KEY, toValue('a'), null)
  const { store } = openStore()
  const unsubscribe = store.subscribe(KEY, () => {})
  await openSubscribed()
  expect(browser.lockNames).toEqual(['stt-start:a', 'stt-start:a', 'stt-start:a'])
  unsubscribe()
  await time.idle()
  expect(browser.lockNames).toEqual(['stt-start:a', 'stt-start:a'])
  await starter.compareAndSet(KEY, toValue('b', 'running'), first?.revision ?? null)
  await time.idle()
  expect(browser.lockNames).toEqual(['stt-start:a'])
})

test('behaviour: a claim is held while any page holds it, across hiding and coming back', async () => {
  const { openStore, time } = openBrowser()
  const { store: first, tab } = openStore()
  const { store: second } = openStore()
  const { store: reader } = openStore()
  const claim = (await first.compareAndSet(KEY, toValue('a', 'running'), null)) as Claim
  expect(await reader.isHeld(claim)).toBe(false)
  await first.hold('a', 'holder')
  const release = await second.hold('a', 'holder')
  expect(await reader.isHeld(claim)).toBe(true)
  tab.hide()
  expect(await reader.isHeld(claim)).toBe(true)
  release()
  await time.idle()
  expect(await reader.isHeld(claim)).toBe(false)
  tab.show()
  await time.idle()
  expect(await reader.isHeld(claim)).toBe(true)
  tab.crash()
  await time.idle()
  expect(await reader.isHeld(claim)).toBe(false)
})

test('behaviour: a starter that was hidden does not come back as one, nor does a released holder', async () => {
  const { openStore, browser, time } = openBrowser()
  const { store, tab } = openStore()
  await store.hold('a', 'starter')
  const release = await store.hold('b', 'holder')
  tab.hide()
  release()
  tab.show()
  await time.idle()
  expect(browser.lockNames).toEqual([])
})

test('behaviour: a page that comes back reads again and hears of changes again', async () => {
  const { openSubscribed, openStore, browser, time } = openBrowser()
  const { store: writer } = openStore()
  const { seen, tab } = await openSubscribed()
  expect(browser.channelCount).toBe(1)
  tab.hide()
  expect(browser.channelCount).toBe(0)
  const first = await writer.compareAndSet(KEY, toValue('a', 'running'), null)
  await time.idle()
  expect(seen).toEqual([])
  tab.show()
  await time.idle()
  expect(attemptsOf(seen)).toEqual(['a'])
  await writer.compareAndSet(KEY, toValue('b', 'running'), first?.revision ?? null)
  await time.idle()
  expect(attemptsOf(seen)).toEqual(['a', 'b'])
  tab.platform.page.dispatchEvent(new Event('focus'))
  await time.idle()
  expect(attemptsOf(seen)).toEqual(['a', 'b', 'b'])
})

test('behaviour: a frozen page hears nothing, and reads again when it is thawed', async () => {
  const { openSubscribed, openStore, browser, time } = openBrowser()
  const { store: writer } = openStore()
  const { seen, tab } = await openSubscribed()
  tab.platform.page.dispatchEvent(new Event('freeze'))
  expect(browser.channelCount).toBe(0)
  await writer.compareAndSet(KEY, toValue('a', 'running'), null)
  await time.idle()
  expect(seen).toEqual([])
  tab.platform.page.dispatchEvent(new Event('resume'))
  await time.idle()
  expect(attemptsOf(seen)).toEqual(['a'])
})

test('behaviour: a call that was under way when the page was hidden is answered once it is back', async () => {
  const { openStore, time } = openBrowser()
  const { store, tab } = openStore()
  const pending = store.compareAndSet(KEY, toValue('a'), null)
  tab.hide()
  await time.idle()
  tab.show()
  const outcome = await outcomeOf(time, pending, 3_000)
  expect(outcome?.error ?? { isBusy: true }).toMatchObject({ isBusy: true })
  const claim = await store.read(KEY)
  expect(await store.compareAndSet(KEY, toValue('b'), claim?.revision ?? null)).not.toBeNull()
})

test('behaviour: the database deleted under it is made again, and listeners hear that nothing is claimed', async () => {
  const { openSubscribed, browser, time } = openBrowser()
  const { store, seen } = await openSubscribed()
  await store.compareAndSet(KEY, toValue('a', 'running'), null)
  const deletion = browser.indexedDB.deleteDatabase('react-realtime-stt')
  const isDeleted = new Promise((resolve) => {
    deletion.onsuccess = resolve
  })
  await time.idle()
  await isDeleted
  await time.idle()
  expect(attemptsOf(seen)).toEqual(['a', null])
  expect(await store.compareAndSet(KEY, toValue('b', 'running'), null)).not.toBeNull()
})

test('behaviour: a connection that was closed under it is opened again', async () => {
  const { openStore, browser } = openBrowser()
  const { tab } = openStore()
  const connections: IDBDatabase[] = []
  const indexedDB = {
    open(name: string) {
      const request = browser.indexedDB.open(name)
      request.addEventListener('success', () => connections.push(request.result))
      return request
    },
  } as IDBFactory
  const { store } = openStore({ indexedDB }, tab)
  const first = await store.compareAndSet(KEY, toValue('a'), null)
  connections[0]?.close()
  // Neither closes what the other has opened.
  expect(await Promise.all([store.read(KEY), store.read(KEY)])).toEqual([first, first])
  connections[1]?.close()
  expect(await store.compareAndSet(KEY, toValue('b'), first?.revision ?? null)).not.toBeNull()
  expect(connections).toHaveLength(3)
})

test('behaviour: what was lost is read again where it cannot be read at once', async () => {
  const { openStore, browser, time } = openBrowser()
  const { tab } = openStore()
  let refused = 0
  const connections: IDBDatabase[] = []
  const indexedDB = {
    open(name: string) {
      if (connections.length > 0 && refused < 4) {
        refused += 1
        throw new DOMException('Being cleared.', 'UnknownError')
      }
      const request = browser.indexedDB.open(name)
      request.addEventListener('success', () => connections.push(request.result))
      return request
    },
  } as IDBFactory
  const { store, seen } = openStore({ indexedDB }, tab)
  store.subscribe(KEY, (claim) => seen.push(claim))
  await store.compareAndSet(KEY, toValue('a'), null)
  const other = openStore().store
  const claim = await other.read(KEY)
  await other.compareAndSet(KEY, toValue('b'), claim?.revision ?? null)
  seen.length = 0
  connections[0]?.onclose?.call(connections[0], new Event('close'))
  await time.advance(1_000)
  expect([refused, attemptsOf(seen)]).toEqual([4, []])
  await time.advance(1_000)
  expect(attemptsOf(seen).at(-1)).toBe('b')
})

test('behaviour: where IndexedDB is forbidden, calls reject, and not as busy', async () => {
  const { openStore, time } = openBrowser()
  const open = vi.fn(() => {
    throw new DOMException('Forbidden.', 'SecurityError')
  })
  const { store, seen } = openStore({ indexedDB: { open } as unknown as IDBFactory })
  store.subscribe(KEY, (claim) => seen.push(claim))
  await expect(store.read(KEY)).rejects.toMatchObject({ name: 'SecurityError' })
  await expect(store.compareAndSet(KEY, toValue('a'), null)).rejects.not.toHaveProperty('isBusy')
  await time.advance(1_000)
  const tries = open.mock.calls.length
  await time.advance(9_000)
  expect(open).toHaveBeenCalledTimes(tries)
  expect(seen).toEqual([])
})

test('behaviour: an open that another page blocks is busy, and goes on once it is free', async () => {
  const { openStore, openSubscribed, browser, time } = openBrowser()
  const blocker = await new Promise<IDBDatabase>((resolve) => {
    const request = browser.indexedDB.open('react-realtime-stt', 1)
    request.onsuccess = () => resolve(request.result)
  })
  browser.indexedDB.deleteDatabase('react-realtime-stt')
  await time.idle()
  const { store } = openStore()
  const { seen } = await openSubscribed()
  const outcome = await outcomeOf(time, store.read(KEY), 4_000)
  expect(outcome?.error).toMatchObject({ name: 'ClaimStoreBusyError', isBusy: true })
  expect(outcome?.afterMs).toBeLessThan(3_000)
  await time.advance(60_000)
  blocker.close()
  await time.idle()
  expect(await store.compareAndSet(KEY, toValue('a', 'running'), null)).not.toBeNull()
  await time.advance(4_000)
  expect(attemptsOf(seen)).toContain('a')
})

test('behaviour: a transaction that others hold up is taken back and busy', async () => {
  const { openStore, browser, time } = openBrowser()
  const { store } = openStore()
  await store.compareAndSet(KEY, toValue('a'), null)
  const blocker = await new Promise<IDBDatabase>((resolve) => {
    const request = browser.indexedDB.open('react-realtime-stt')
    request.onsuccess = () => resolve(request.result)
  })
  const transaction = blocker.transaction('claims', 'readwrite')
  let isBlocking = true
  const keepBusy = () => {
    if (isBlocking) transaction.objectStore('claims').get('x').onsuccess = keepBusy
  }
  keepBusy()
  const claim = store.compareAndSet(KEY, toValue('b'), null)
  const outcome = await outcomeOf(time, claim, 4_000)
  expect(outcome).toMatchObject({ error: { isBusy: true }, afterMs: 2_500 })
  isBlocking = false
  await time.idle()
  expect((await store.read(KEY))?.value.attempt).toBe('a')
  blocker.close()
})

test('behaviour: a full disk makes room by forgetting what ended, and the write is done', async () => {
  const { openStore } = openBrowser()
  const { store } = openStore()
  const ended = { ...KEY, channel: 'over' }
  await store.compareAndSet(ended, toValue('a', 'ended'), null)
  await store.compareAndSet({ ...KEY, channel: 'live' }, toValue('b', 'running'), null)
  const put = vi.spyOn(IDBObjectStore.prototype, 'put')
  put.mockImplementationOnce(function (this: IDBObjectStore) {
    const { transaction } = this as unknown as { transaction: { _abort(name: string): void } }
    transaction._abort('QuotaExceededError')
    return undefined as never
  })
  expect(await store.compareAndSet(KEY, toValue('c'), null)).not.toBeNull()
  expect(await store.read(ended)).toBeNull()
  expect(await store.read({ ...KEY, channel: 'live' })).not.toBeNull()
})

test('behaviour: claims that ended more than a day ago are deleted, 50 a page', async () => {
  const { openStore, time } = openBrowser()
  const { store: past } = openStore()
  for (let index = 0; index < 60; index++) {
    await past.compareAndSet({ ...KEY, channel: `old${index}` }, toValue('a', 'ended'), null)
  }
  await past.compareAndSet({ ...KEY, channel: 'live' }, toValue('b', 'running'), null)
  past.dispose()
  time.now += 25 * HOUR_MS
  await past.compareAndSet({ ...KEY, channel: 'new' }, toValue('c', 'ended'), null)
  let { store } = openStore()
  const readAll = async () => {
    const names = [...Array(60).keys()].map((index) => `old${index}`).concat('live', 'new')
    const claims = await Promise.all(names.map((channel) => store.read({ ...KEY, channel })))
    return names.filter((_, index) => claims[index] !== null)
  }
  expect(await readAll()).toHaveLength(62)
  await time.advance(1_000)
  for (let turn = 0; turn < 10; turn++) await time.idle()
  expect(await readAll()).toHaveLength(12)
  store = openStore().store
  expect(await readAll()).toHaveLength(12)
  await time.advance(1_000)
  for (let turn = 0; turn < 10; turn++) await time.idle()
  expect(await readAll()).toEqual(['live', 'new'])
})

test('behaviour: without locks nobody is known to be gone, and the age says who is held', async () => {
  const { openStore, openSubscribed, time } = openBrowser()
  const { store, tab } = openStore({ locks: undefined })
  await await store.hold('a', 'starter')
  const { store: other, seen } = await openSubscribed({ locks: undefined })
  const claim = (await store.compareAndSet(KEY, toValue('a'), null)) as Claim
  tab.crash()
  await time.advance(5_000)
  expect(await other.isStarterGone(claim)).toBe(false)
  expect(attemptsOf(seen)).toEqual(['a'])
  expect(await other.isHeld({ ...claim, ageMs: 59_999 })).toBe(true)
  expect(await other.isHeld({ ...claim, ageMs: 60_000 })).toBe(false)
})

test('behaviour: locks that refuse count as none', async () => {
  const { openStore, time } = openBrowser()
  const refuse = () => Promise.reject(new DOMException('Forbidden.', 'SecurityError'))
  const locks = { request: refuse, query: refuse } as unknown as LockManager
  const { store } = openStore({ locks })
  const claim = (await store.compareAndSet(KEY, toValue('a'), null)) as Claim
  const release = await store.hold('a', 'holder')
  expect(await store.isStarterGone(claim)).toBe(false)
  expect(await store.isHeld(claim)).toBe(true)
  release()
  await time.idle()
})

for (const hours of [-5, 5]) {
  test(`behaviour: a clock set by ${hours} hours changes no age that was seen`, async () => {
    const { openStore, time } = openBrowser()
    let jumpMs = 0
    const now = () => time.now + jumpMs
    const { store } = openStore({ now })
    const { store: witness } = openStore({ now })
    await store.compareAndSet(KEY, toValue('a'), null)
    await time.advance(2_000)
    expect((await witness.read(KEY))?.ageMs).toBe(2_000)
    jumpMs = hours * HOUR_MS
    await time.advance(3_000)
    for (const one of [store, witness]) expect((await one.read(KEY))?.ageMs).toBe(5_000)
    const { store: late } = openStore({ now })
    const first = (await late.read(KEY))?.ageMs ?? 0
    expect(first).toBe(hours < 0 ? 0 : 5 * HOUR_MS + 5_000)
    await time.advance(30_000)
    expect((await late.read(KEY))?.ageMs).toBe(first + 30_000)
  })
}

test('behaviour: what others wrote there is given as it is, and can be replaced', async () => {
  const { openStore, browser, time } = openBrowser()
  const { store } = openStore()
  await store.read(KEY)
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = browser.indexedDB.open('react-realtime-stt')
    request.onsuccess = () => resolve(request.result)
  })
  for (const record of ['text', 7, {}, { value: null, revision: 5, at: 'now' }, null, 0]) {
    const transaction = database.transaction('claims', 'readwrite')
    transaction.objectStore('claims').put(record, 'app\nstandup')
    await new Promise((resolve) => {
      transaction.oncomplete = resolve
    })
    const claim = await store.read(KEY)
    if (claim) expect(claim).toMatchObject({ revision: expect.any(String), ageMs: 0 })
    const written = await store.compareAndSet(KEY, toValue('a'), claim?.revision ?? null)
    expect(written).not.toBeNull()
    await time.idle()
  }
  database.close()
})
