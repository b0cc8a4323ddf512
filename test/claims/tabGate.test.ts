import { expect, test } from 'vitest'
import { takeTabTurn } from '../../src/claims/tabGate.ts'
import { type TabPlatform, tabPlatform } from '../../src/claims/tabPlatform.ts'
import { VirtualTime } from '../simulation/virtualTime.ts'
import { createFakeBrowser } from './fakeBrowser.ts'

const APP_ID = 'app'
const INTERVAL_MS = 1_000
const HOUR_MS = 3_600_000

function openBrowser() {
  const time = new VirtualTime({ idleTurns: 60 })
  const browser = createFakeBrowser({
    now: () => time.now,
    monotonicNow: time.environment().monotonicNow,
    setTimeout: time.setTimeout,
    clearTimeout: time.clearTimeout,
  })
  const calls: { name: string; at: number }[] = []
  /** As the client does: a turn that is no good any more is ended, and another taken. */
  const call = async (platform: TabPlatform, name = '', isLook = false) => {
    for (;;) {
      const turn = await takeTabTurn(platform, APP_ID, INTERVAL_MS, isLook)
      const isGood = turn.isGood()
      if (isGood) calls.push({ name, at: time.now })
      turn.end()
      if (isGood) return
    }
  }
  const openTab = (overrides: Partial<TabPlatform> = {}): TabPlatform => ({
    ...browser.openTab().platform,
    ...overrides,
  })
  return { time, browser, calls, call, openTab }
}

type Calls = ReturnType<typeof openBrowser>['calls']
const namesOf = (calls: Calls) => calls.map(({ name }) => name)
const gapsOf = (calls: Calls) => calls.slice(1).map(({ at }, index) => at - (calls[index]?.at ?? 0))

test('default: the first turn comes at once, those of other tabs an interval apart', async () => {
  const { time, calls, call, openTab } = openBrowser()
  const begunAt = time.now
  for (let tab = 0; tab < 8; tab++) call(openTab(), String(tab))
  await time.advance(20_000)
  expect(calls).toHaveLength(8)
  expect(calls[0]?.at).toBe(begunAt)
  for (const gap of gapsOf(calls)) {
    expect(gap).toBeGreaterThanOrEqual(INTERVAL_MS)
    expect(gap).toBeLessThanOrEqual(INTERVAL_MS + 60)
  }
  expect(time.pendingTimers).toBe(0)
})

test('default: in plain Node a turn is good at once and for ever, without a timer', async () => {
  const none = { setTimeout: () => expect.unreachable(), clearTimeout: () => {} }
  const turn = await takeTabTurn({ ...tabPlatform, ...none }, APP_ID, INTERVAL_MS, true)
  expect(turn.isGood()).toBe(true)
  turn.end()
})

test('behaviour: without locks the stamp alone keeps them apart', async () => {
  const { time, calls, call, openTab } = openBrowser()
  for (let tab = 0; tab < 8; tab++) call(openTab({ locks: undefined }))
  await time.advance(20_000)
  expect(calls).toHaveLength(8)
  for (const gap of gapsOf(calls)) expect(gap).toBeGreaterThanOrEqual(INTERVAL_MS)
})

test('behaviour: what users asked for goes before look-ups that wait', async () => {
  const { time, calls, call, openTab } = openBrowser()
  for (const name of ['look1', 'look2', 'look3']) call(openTab(), name, true)
  await time.idle()
  for (const name of ['asked1', 'asked2']) call(openTab(), name)
  await time.advance(10_000)
  // The first had its turn at once, and the second was in their queue already.
  expect(namesOf(calls)).toEqual(['look1', 'look2', 'asked1', 'asked2', 'look3'])
})

test('behaviour: a turn is void 50 ms after its stamp, by either clock', async () => {
  const { time, openTab } = openBrowser()
  let jumpMs = 0
  const tab = openTab({ now: () => time.now + jumpMs })
  const turn = await takeTabTurn(tab, APP_ID, INTERVAL_MS, false)
  expect(turn.isGood()).toBe(true)
  await time.advance(50)
  expect(turn.isGood()).toBe(true)
  jumpMs = 1
  expect(turn.isGood()).toBe(false)
  jumpMs = -HOUR_MS
  expect(turn.isGood()).toBe(true)
  await time.advance(1)
  expect(turn.isGood()).toBe(false)
  turn.end()
})

test('behaviour: a void turn still counts', async () => {
  const { time, calls, call, openTab } = openBrowser()
  const turn = await takeTabTurn(openTab(), APP_ID, INTERVAL_MS, false)
  const begunAt = time.now
  call(openTab())
  await time.advance(400)
  turn.end()
  await time.advance(5_000)
  expect(calls.map(({ at }) => at - begunAt)).toEqual([INTERVAL_MS + 50])
})

test('behaviour: a stamp from the future holds nobody up for more than an interval', async () => {
  const { time, calls, call, openTab } = openBrowser()
  await call(openTab({ now: () => time.now + 5 * HOUR_MS }))
  const begunAt = time.now
  call(openTab(), 'a')
  call(openTab(), 'b')
  await time.advance(5_000)
  expect(calls.slice(1).map(({ at }) => at - begunAt)).toEqual([1_050, 2_100])
})

test('behaviour: a clock set back while a turn waits costs two intervals at most', async () => {
  const { time, calls, call, openTab } = openBrowser()
  let jumpMs = 0
  const now = () => time.now + jumpMs
  await call(openTab({ now }))
  const begunAt = time.now
  call(openTab({ now }))
  await time.advance(500)
  jumpMs = -HOUR_MS
  await time.advance(5_000)
  expect(calls).toHaveLength(2)
  expect((calls[1]?.at ?? 0) - begunAt).toBeLessThanOrEqual(2 * (INTERVAL_MS + 50))
})

test('behaviour: what is no stamp is replaced', async () => {
  const { time, browser, calls, call, openTab } = openBrowser()
  await call(openTab())
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = browser.indexedDB.open('react-realtime-stt')
    request.onsuccess = () => resolve(request.result)
  })
  for (const stamp of ['text', Number.NaN, {}, Number.POSITIVE_INFINITY]) {
    database.transaction('gate', 'readwrite').objectStore('gate').put(stamp, APP_ID)
    const begunAt = time.now
    call(openTab())
    await time.advance(3_000)
    expect((calls.at(-1)?.at ?? 0) - begunAt).toBe(1_050)
  }
  database.close()
})

test('behaviour: a lock that is not granted within 10 s is gone without', async () => {
  const { time, calls, call, openTab } = openBrowser()
  const stuck = openTab()
  const turn = await takeTabTurn(stuck, APP_ID, INTERVAL_MS, false)
  const begunAt = time.now
  call(openTab())
  await time.advance(30_000)
  expect(calls.map(({ at }) => at - begunAt)).toEqual([10_000])
  turn.end()
})

test('behaviour: a page that is hidden lets the next one in', async () => {
  const { time, browser, calls, call } = openBrowser()
  const hidden = browser.openTab()
  await takeTabTurn(hidden.platform, APP_ID, INTERVAL_MS, false)
  const begunAt = time.now
  call(browser.openTab().platform)
  await time.idle()
  hidden.hide()
  await time.advance(2_000)
  expect(calls.map(({ at }) => at - begunAt)).toEqual([1_050])
  expect(browser.lockNames).toEqual([])
})

test('behaviour: a page that crashes lets the next one in', async () => {
  const { time, browser, calls, call } = openBrowser()
  const crashing = browser.openTab()
  await takeTabTurn(crashing.platform, APP_ID, INTERVAL_MS, true)
  call(browser.openTab().platform, '', true)
  await time.idle()
  crashing.crash()
  await time.advance(2_000)
  expect(calls).toHaveLength(1)
})

test('behaviour: where IndexedDB is forbidden or does not answer, it goes on without', async () => {
  const { time, openTab } = openBrowser()
  const forbidden = () => {
    throw new DOMException('Forbidden.', 'SecurityError')
  }
  const silent = () => ({ addEventListener() {} })
  for (const open of [forbidden, silent]) {
    for (const locks of [undefined, openTab().locks]) {
      const indexedDB = { open } as unknown as IDBFactory
      const begunAt = time.now
      let took: number | undefined
      takeTabTurn(openTab({ indexedDB, locks }), APP_ID, INTERVAL_MS, false).then((turn) => {
        took = time.now - begunAt
        expect(turn.isGood()).toBe(true)
        turn.end()
      })
      await time.advance(5_000)
      expect(took).toBeLessThanOrEqual(open === silent ? 2_750 : 0)
    }
  }
  expect(time.pendingTimers).toBe(0)
})
