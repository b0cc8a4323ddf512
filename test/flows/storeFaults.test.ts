import { IDBObjectStore } from 'fake-indexeddb'
import type { SttEnvironment, SttSession } from 'react-realtime-stt/core'
import { afterEach, expect, test, vi } from 'vitest'
import { errorFrom, valueFrom } from './openPage.js'
import { decided, openDatabase, openSharing, type Sharing } from './openSharing.js'

const channel = 'room'
const HOUR_MS = 3_600_000

afterEach(() => {
  vi.restoreAllMocks()
})

async function enableAll({ page }: Sharing, clients: readonly { client: SttClientLike }[]) {
  const all = Promise.all(clients.map(({ client }) => client.enable({ channel })))
  return valueFrom(await page.settle(all))
}

type SttClientLike = { enable: (request: { channel: string }) => Promise<SttSession> }

/** Exactly one task of the channel, which everybody shows. */
function assertOne({ page }: Sharing, sessions: readonly SttSession[], started = 1): void {
  const live = page.agora.liveTasks(channel).map(({ taskId }) => taskId)
  expect(live).toHaveLength(1)
  expect(new Set(sessions.map(({ taskId }) => taskId))).toEqual(new Set(live))
  expect(page.agora.startedTasks(channel)).toBe(started)
}

const open = (api: 'v6' | 'v7' = 'v7', config: object = {}) =>
  openSharing('tabs', { api, config: { transcription: {}, ...config } })

const throwing = (name: string) =>
  ({
    open() {
      throw new DOMException('Forbidden.', name)
    },
  }) as unknown as IDBFactory

/** What a browser may lack, or refuse. */
const lacking: [string, () => Partial<SttEnvironment>][] = [
  ['IndexedDB throws a SecurityError', () => ({ indexedDB: throwing('SecurityError') })],
  ['IndexedDB throws an UnknownError', () => ({ indexedDB: throwing('UnknownError') })],
  [
    'IndexedDB refuses to open',
    () => ({
      indexedDB: {
        open() {
          const request = {
            error: new DOMException('Corrupt.', 'UnknownError'),
          } as IDBOpenDBRequest
          request.addEventListener = () => {}
          queueMicrotask(() => request.onerror?.(new Event('error')))
          return request
        },
      } as unknown as IDBFactory,
    }),
  ],
]

for (const [title, environment] of lacking) {
  test(`behaviour: ${title}: one event, and two clients of the page start once`, async () => {
    const sharing = open()
    const registry = {}
    const pair = [
      sharing.addSharer({}, { ...environment(), registry }),
      sharing.addSharer({}, { ...environment(), registry }),
    ]
    assertOne(sharing, await enableAll(sharing, pair))
    const told = pair.flatMap(decided).filter((one) => one === 'claims_unavailable')
    expect(told).toEqual(['claims_unavailable'])
  })

  test(`behaviour: ${title}: two tabs are told, and the service's own de-duplication makes it one`, async () => {
    const sharing = open()
    const pair = [sharing.addSharer({}, environment()), sharing.addSharer({}, environment())]
    assertOne(sharing, await enableAll(sharing, pair))
    for (const told of pair.map(decided)) expect(told).toContain('claims_unavailable')
  })

  test(`options: onClaimsUnavailable 'fail': ${title}: enable() says so and sends nothing`, async () => {
    const sharing = open('v7', { onClaimsUnavailable: 'fail' })
    const { client } = sharing.addSharer({}, environment())
    const error = errorFrom(await sharing.page.settle(client.enable({ channel })))
    expect(error).toMatchObject({ code: 'claims_unavailable', outcome: 'not_sent' })
    expect(sharing.page.agora.requests).toEqual([])
  })
}

for (const api of ['v7', 'v6'] as const) {
  test(`behaviour: IndexedDB blocked by another page: told as busy, then one start of two tabs (${api})`, async () => {
    const sharing = open(api)
    const { browser, page } = sharing
    const pair = [sharing.addSharer(), sharing.addSharer()]
    const blocker = await openDatabase(browser)
    browser.indexedDB.deleteDatabase('react-realtime-stt')
    await page.time.idle()
    const failing = pair.map(({ client }) => client.enable({ channel }))
    for (const promise of failing) {
      const error = errorFrom(await page.settle(promise))
      expect(error).toMatchObject({ code: 'timeout', outcome: 'not_sent', isRetryable: true })
    }
    for (const told of pair.map(decided)) expect(told).toContain('failed timeout')
    expect(page.agora.requests).toEqual([])
    blocker.close()
    await page.time.advance(1_000)
    assertOne(sharing, await enableAll(sharing, pair))
  })

  test(`behaviour: IndexedDB blocked for a while: the start waits for it and is one (${api})`, async () => {
    const sharing = open(api)
    const { browser, page } = sharing
    const pair = [sharing.addSharer(), sharing.addSharer()]
    const blocker = await openDatabase(browser)
    browser.indexedDB.deleteDatabase('react-realtime-stt')
    await page.time.idle()
    page.time.setTimeout(() => blocker.close(), 4_000)
    assertOne(sharing, await enableAll(sharing, pair))
  })

  test(`behaviour: a transaction that never ends: told as busy, and one start once it has (${api})`, async () => {
    const sharing = open(api)
    const { browser, page } = sharing
    const pair = [sharing.addSharer(), sharing.addSharer()]
    const blocker = await openDatabase(browser)
    const records = blocker.transaction('claims', 'readwrite').objectStore('claims')
    let isBlocking = true
    const keepBusy = () => {
      if (isBlocking) records.get('x').onsuccess = keepBusy
    }
    keepBusy()
    for (const promise of pair.map(({ client }) => client.enable({ channel }))) {
      const error = errorFrom(await page.settle(promise))
      expect(error).toMatchObject({ code: 'timeout', outcome: 'not_sent' })
    }
    expect(page.agora.requests).toEqual([])
    isBlocking = false
    blocker.close()
    await page.time.advance(1_000)
    assertOne(sharing, await enableAll(sharing, pair))
  })

  test(`behaviour: the database deleted while it is used: nobody starts another (${api})`, async () => {
    const sharing = open(api)
    const { browser, page } = sharing
    const pair = [sharing.addSharer(), sharing.addSharer()]
    const enabling = enableAll(sharing, pair)
    for (let turn = 0; turn < 4; turn++) {
      await page.time.advance(300)
      browser.indexedDB.deleteDatabase('react-realtime-stt')
    }
    await enabling
    await page.time.advance(10_000)
    pair.push(sharing.addSharer())
    assertOne(sharing, await enableAll(sharing, pair))
  })

  test(`behaviour: the store cleared while a task runs: whoever asks next finds one task (${api})`, async () => {
    const sharing = open(api)
    const { browser, page } = sharing
    const pair = [sharing.addSharer(), sharing.addSharer()]
    await enableAll(sharing, pair)
    const database = await openDatabase(browser)
    database.transaction('claims', 'readwrite').objectStore('claims').clear()
    await page.time.idle()
    database.close()
    pair.push(sharing.addSharer())
    await enableAll(sharing, pair)
    await page.time.advance(60_000)
    const sessions = await enableAll(sharing, pair)
    // Nobody is told of a clear(): v6 may start a second task, which takes the first one's place.
    assertOne(sharing, sessions, page.agora.startedTasks(channel))
    if (api === 'v7') expect(page.agora.startedTasks(channel)).toBe(1)
  })

  test(`behaviour: out of quota: what ended is forgotten, and two tabs start once (${api})`, async () => {
    const sharing = open(api)
    const { page } = sharing
    const pair = [sharing.addSharer(), sharing.addSharer()]
    await sharing.plant({ v: 1, state: 'ended', attempt: 'x', instanceId: 'over' }, 'over')
    const { put } = IDBObjectStore.prototype
    let isFull = true
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...given: Parameters<typeof put>
    ) {
      if (!isFull || this.name !== 'claims') return put.apply(this, given)
      isFull = false
      const { transaction } = this as unknown as { transaction: { _abort(name: string): void } }
      transaction._abort('QuotaExceededError')
      return undefined as never
    })
    assertOne(sharing, await enableAll(sharing, pair))
    expect(isFull).toBe(false)
    expect(await sharing.stored('over')).toBeUndefined()
    for (const told of pair.map(decided)) expect(told).not.toContain('claims_unavailable')
    await page.time.advance(1_000)
  })

  test(`behaviour: BroadcastChannel missing: two tabs start once, and the other sees the stop when it asks (${api})`, async () => {
    const sharing = open(api)
    const { page } = sharing
    const none = { BroadcastChannel: undefined }
    const pair = [sharing.addSharer({}, none), sharing.addSharer({}, none)] as const
    assertOne(sharing, await enableAll(sharing, pair))
    const told = pair.map(decided)
    expect(told.flat().filter((one) => one === 'started')).toHaveLength(1)
    expect(told.flat()).toContain('joined')
    const [starter, other] = told[0]?.includes('started') ? pair : [pair[1], pair[0]]
    valueFrom(await page.settle(starter.client.disable({ channel })))
    expect(page.agora.liveTasks(channel)).toEqual([])
    await page.time.advance(61_000)
    assertOne(sharing, await enableAll(sharing, [other]), 2)
  })

  for (const hours of [-5, 5]) {
    test(`behaviour: the clock set by ${hours} hours before, during and after a start: one task (${api})`, async () => {
      const sharing = open(api)
      const { page } = sharing
      let jumpMs = 0
      const now = () => page.time.now + jumpMs
      const pair = [sharing.addSharer({}, { now }), sharing.addSharer({}, { now })]
      page.agora.failNext({ operation: 'start', delayMs: 3_000 })
      const enabling = Promise.all(pair.map(({ client }) => client.enable({ channel })))
      await page.time.advance(1_500)
      jumpMs = hours * HOUR_MS
      const sessions = valueFrom(await page.settle(enabling))
      assertOne(sharing, sessions)
      await page.time.advance(70_000)
      jumpMs = 0
      assertOne(sharing, await enableAll(sharing, pair))
      jumpMs = hours * HOUR_MS
      pair.push(sharing.addSharer({}, { now }))
      const began = page.time.now
      assertOne(sharing, await enableAll(sharing, pair))
      expect(page.time.now - began).toBeLessThan(10_000)
      for (const { client } of pair.slice(0, 1)) {
        valueFrom(await page.settle(client.disable({ channel })))
      }
      expect(page.agora.liveTasks(channel)).toEqual([])
    })
  }
}

for (const hours of [-5, 5]) {
  test(`behaviour: one device's clock set by ${hours} hours over Signaling: one task`, async () => {
    const sharing = openSharing('signaling')
    const { page } = sharing
    let jumpMs = 0
    const pair = [sharing.addSharer({}, { now: () => page.time.now + jumpMs }), sharing.addSharer()]
    page.agora.failNext({ operation: 'start', delayMs: 3_000 })
    const enabling = Promise.all(pair.map(({ client }) => client.enable({ channel })))
    await page.time.advance(1_500)
    jumpMs = hours * HOUR_MS
    assertOne(sharing, valueFrom(await page.settle(enabling)))
    jumpMs = 0
    await page.time.advance(70_000)
    jumpMs = hours * HOUR_MS
    pair.push(sharing.addSharer({}, { now: () => page.time.now + jumpMs }))
    assertOne(sharing, await enableAll(sharing, pair))
  })
}
