import { expect, test } from 'vitest'
import { ACCESS_TOKEN } from './accessToken.ts'
import {
  button,
  choose,
  clickEverywhere,
  deviceOf,
  everyDevice,
  expectEverywhere,
  fact,
  getSendGaps,
  OWNERS,
  stopEverywhere,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

/** The gate keeps 1000 ms; a browser's clock is rounded. */
const MIN_GAP_MS = 999
const APIS = ['v6', 'v7'] as const

const demo = setUpDemo()

test('default: the page loads without a message and asks nobody else', async () => {
  const { page, witness } = demo
  expect(await page.title()).toContain('captions')
  await expectEverywhere(page, 'Enable captions')
  expect(await page.getByRole('radio', { name: 'v7' }).isChecked()).toBe(true)
  expect(await page.getByRole('radio', { name: '2', exact: true }).isChecked()).toBe(true)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test.each(APIS)('behaviour: %s, everyone clicks at once, one task starts', async (api) => {
  const { backend, page, witness } = demo
  await choose(page, api)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')

  expect(await backend.countRequests('start')).toBe(1)
  expect(await backend.countRequests('acquire')).toBe(api === 'v6' ? 1 : 0)
  expect(await backend.getBill()).toMatchObject({ startedTasks: 1, liveTasks: 1 })
  const facts = async (term: string) => Promise.all(everyDevice(page).map((one) => fact(one, term)))
  expect(await facts('Status')).toEqual(['enabled', 'enabled'])
  expect(new Set(await facts('Task')).size).toBe(1)
  expect((await facts('Origin')).sort()).toEqual(['Joined', 'Started by this device'])
  await page.getByText('One task runs: every minute is billed once.').waitFor()

  await stopEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  expect(await backend.getBill()).toMatchObject({ startedTasks: 1, liveTasks: 0 })
  expect(await backend.countRequests('stop')).toBe(1)
  await page.getByText('No task runs, so nothing is being billed.').waitFor()
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test.each(APIS)('behaviour: %s, one device is clicked twice in one instant', async (api) => {
  const { backend, page, witness } = demo
  await choose(page, '1', api)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on', 1)
  expect(await backend.countRequests('start')).toBe(1)
  await page.getByText('Ada: another click shares what is under way.').waitFor()
  await stopEverywhere(page)
  await expectEverywhere(page, 'Enable captions', 1)
  expect(await backend.countRequests('stop')).toBe(1)
  expect((await backend.getBill()).liveTasks).toBe(0)
  // Of one device: every other has a gate of its own.
  const gaps = await getSendGaps(page)
  expect(gaps.length).toBeGreaterThan(0)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MIN_GAP_MS)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test.each([1, 2, 3, 4])('options: %i devices, all click, one task starts', async (count) => {
  const { backend, page, witness } = demo
  await choose(page, String(count))
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on', count)
  const tasks = await Promise.all(everyDevice(page, count).map((one) => fact(one, 'Task')))
  expect(new Set(tasks).size).toBe(1)
  expect((await backend.getBill()).startedTasks).toBe(1)
  expect(await page.locator('.device-row').count()).toBe(count)
  expect(new URL(page.url()).search).toBe(count === 2 ? '' : `?devices=${count}`)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test('behaviour: one device clicks, the others show it, and one that comes late as well', async () => {
  const { backend, page } = demo
  await button(deviceOf(page, 'Lena'), 'Enable captions').click()
  await expectEverywhere(page, 'Captions on')
  const { requestCount } = await backend.getState()
  await choose(page, '3')
  await button(deviceOf(page, 'Grace'), 'Captions on').waitFor()
  expect((await backend.getState()).requestCount).toBe(requestCount)
  await button(deviceOf(page, 'Grace'), 'Captions on').click()
  await expectEverywhere(page, 'Enable captions', 3)
  expect(await backend.getBill()).toMatchObject({ startedTasks: 1, liveTasks: 0 })
})

test('behaviour: start over ends everything, in every tab and device', async () => {
  const { address, backend, page } = demo
  const tab = await page.context().newPage()
  await tab.goto(address)
  for (let round = 0; round < 2; round++) {
    await clickEverywhere(page)
    await expectEverywhere(page, 'Captions on')
    await expectEverywhere(tab, 'Captions on')
    await button(tab, 'Start over').click()
    await expectEverywhere(page, 'Enable captions')
    await expectEverywhere(tab, 'Enable captions')
    expect((await backend.getBill()).startedTasks).toBe(0)
  }
})

test.each(APIS)(
  'behaviour: %s, no token is in a page, its storage or its messages',
  async (api) => {
    const { address, page } = demo
    const messages: string[] = []
    page.on('websocket', (socket) => {
      socket.on('framesent', ({ payload }) => messages.push(String(payload)))
      socket.on('framereceived', ({ payload }) => messages.push(String(payload)))
    })
    await page.exposeBinding('heard', (_source, message: string) => messages.push(message))
    await page.addInitScript(() => {
      const { heard } = globalThis as unknown as { heard: (message: string) => void }
      addEventListener('message', ({ data }) => heard(JSON.stringify(data)))
    })
    await page.goto(`${address}?devices=4`)
    await choose(page, api)
    await clickEverywhere(page)
    await expectEverywhere(page, 'Captions on', OWNERS.length)
    await expect.poll(() => messages.join('\n')).toMatch(/joined/)

    for (const frame of page.frames()) {
      const kept = await frame.evaluate(async () => {
        const databases = await indexedDB.databases().catch(() => [])
        const stored = await Promise.all(databases.map(({ name }) => readAll(name as string)))
        return [
          location.href,
          document.documentElement.outerHTML,
          // Text without the markup that may split it.
          document.documentElement.textContent,
          JSON.stringify(stored),
          ...['localStorage', 'sessionStorage', 'cookie'].map(readText),
        ].join('\n')

        // A private window keeps nothing for a frame of another site, and says so by throwing.
        function readText(name: string): string {
          try {
            return name === 'cookie'
              ? document.cookie
              : JSON.stringify({ ...window[name as 'localStorage'] })
          } catch {
            return ''
          }
        }

        async function readAll(name: string): Promise<unknown[]> {
          const database = await settle(indexedDB.open(name))
          const stores = [...database.objectStoreNames]
          const all = stores.map((store) =>
            settle(database.transaction(store).objectStore(store).getAll()),
          )
          const values = await Promise.all(all)
          database.close()
          return values
        }

        function settle<Result>(request: IDBRequest<Result>): Promise<Result> {
          return new Promise((resolve, reject) => {
            request.onsuccess = () => resolve(request.result)
            request.onerror = () => reject(request.error)
          })
        }
      })
      expect(kept).not.toMatch(ACCESS_TOKEN)
      // v6: the instance token is longer than a task's id, and shown by its beginning only.
      expect(kept).not.toMatch(/[0-9a-f]{40}/)
    }
    const told = messages.join('\n')
    for (const kind of ['signaling-call', 'signaling-event', 'demo:press', 'demo:frame']) {
      expect(told).toContain(kind)
    }
    expect(told).not.toMatch(ACCESS_TOKEN)
    expect(told).not.toMatch(/[0-9a-f]{40}/)
  },
)
