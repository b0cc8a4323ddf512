import { expect, test } from 'vitest'
import { ACCESS_TOKEN } from './accessToken.ts'
import { button } from './demoPage.ts'
import {
  deviceFrames,
  deviceOf,
  enableOnAll,
  expectDevices,
  openDevices,
  setSignaling,
} from './devicesPage.ts'
import { findBarriers } from './findBarriers.ts'
import { setUpDemo } from './setUpDemo.ts'

/** An instance token is longer than a task's id. */
const INSTANCE_TOKEN = /[0-9a-f]{40}/

const demo = setUpDemo()

/** In the page and in its frames: axe does not look into other origins. */
async function findAllBarriers(): Promise<string[]> {
  const { page } = demo
  const all = await Promise.all([page, ...deviceFrames(page)].map(findBarriers))
  return all.flat()
}

test.each(['light', 'dark'] as const)('behaviour: axe finds nothing, %s', async (colorScheme) => {
  await demo.reopen({ colorScheme, reducedMotion: 'reduce' })
  const { backend, page } = demo
  await openDevices(page)
  expect(await findAllBarriers()).toEqual([])
  await backend.setSwitches({ isSlow: true })
  await enableOnAll(page)
  await expectDevices(page, 'Starting captions…')
  expect(await findAllBarriers()).toEqual([])
  await expectDevices(page, 'Captions on')
  expect(await findAllBarriers()).toEqual([])

  await backend.reset()
  await backend.setSwitches({ isServiceEnabled: false })
  await expectDevices(page, 'Enable captions')
  await setSignaling(page, false)
  await deviceOf(page, 'A').getByText('Kept to itself').waitFor()
  await deviceOf(page, 'A').getByRole('button', { name: 'Enable captions' }).click()
  await deviceOf(page, 'A').getByText('service_not_enabled', { exact: true }).waitFor()
  expect(await findAllBarriers()).toEqual([])
})

test('behaviour: nothing sticks out of a narrow window, and frames need no scrolling', async () => {
  const { page } = demo
  await openDevices(page)
  await button(page, 'Add a third device').click()
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  for (const width of [320, 360, 800, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    for (const frame of deviceFrames(page)) {
      const isCut = () =>
        frame.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement
          return scrollWidth > innerWidth || scrollHeight > innerHeight
        })
      await expect.poll(isCut, { timeout: 5_000 }).toBe(false)
    }
  }
})

test('behaviour: devices can be opened, enabled and stopped by keyboard', async () => {
  const { page } = demo
  await page.getByRole('radio', { name: 'Windows and tabs' }).focus()
  await page.keyboard.press('ArrowRight')
  await expectDevices(page, 'Enable captions')
  await page.waitForFunction(() => document.querySelectorAll('iframe').length === 2)
  const captions = deviceOf(page, 'B').getByRole('button', { name: /captions/i })
  await captions.focus()
  await page.keyboard.press('Enter')
  await expectDevices(page, 'Captions on')
  await button(page, 'Stop on all').focus()
  await page.keyboard.press('Enter')
  await expectDevices(page, 'Enable captions')
})

test('behaviour: no token is in a device’s page, its address, its storage or its messages', async () => {
  const messages: string[] = []
  const { page } = demo
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => messages.push(String(payload)))
    socket.on('framereceived', ({ payload }) => messages.push(String(payload)))
  })
  await page.exposeBinding('heard', (_source, message: string) => messages.push(message))
  await page.addInitScript(() => {
    const { heard } = globalThis as unknown as { heard: (message: string) => void }
    addEventListener('message', ({ data }) => heard(JSON.stringify(data)))
  })
  await page.reload()
  await openDevices(page)
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  await expect.poll(() => messages.join('\n')).toMatch(/joined/)

  for (const frame of [page.mainFrame(), ...deviceFrames(page)]) {
    const kept = await frame.evaluate(async () => {
      const databases = await indexedDB.databases().catch(() => [])
      const stored = await Promise.all(databases.map(({ name }) => readAll(name as string)))
      return [
        location.href,
        document.documentElement.outerHTML,
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
    expect(kept).not.toMatch(INSTANCE_TOKEN)
  }
  const told = messages.join('\n')
  for (const kind of ['demo:signaling-call', 'demo:signaling-event', 'demo:press', 'demo:height']) {
    expect(told).toContain(kind)
  }
  expect(told).not.toMatch(ACCESS_TOKEN)
  expect(told).not.toMatch(INSTANCE_TOKEN)
})
