import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import {
  button,
  choose,
  clickEverywhere,
  deviceFrames,
  deviceOf,
  expectEverywhere,
  expectStory,
  fact,
  stopEverywhere,
  storyOf,
  toggle,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

const demo = setUpDemo()

const signaling = () => toggle(demo.page, 'Devices share claims through Signaling')

test('default: every device is an origin of its own', async () => {
  const { page } = demo
  await choose(page, '4')
  await expectEverywhere(page, 'Enable captions', 4)
  const origins = [page.url(), ...deviceFrames(page).map((frame) => frame.url())].map(
    (url) => new URL(url).origin,
  )
  expect(origins).toHaveLength(4)
  expect(new Set(origins).size).toBe(4)
})

test('behaviour: the panel says who claimed, who joined, and why', async () => {
  const { page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  await expectStory(page, /claimed the start for all devices: it alone may start a task/)
  const claimed = storyOf(page).filter({ hasText: 'claimed the start for all devices' })
  const starter = /Ada|Lena/.exec((await claimed.textContent()) ?? '')?.[0]
  const other = starter === 'Ada' ? 'Lena' : 'Ada'
  await expectStory(page, new RegExp(`${starter} started task [0-9a-f]{6}\\.`))
  await expectStory(page, new RegExp(`${other} joined task .*: the claim names it`))
  expect(await claimed.count()).toBe(1)
})

test.each([
  { api: 'v6', secondStart: null, tasks: 2 },
  { api: 'v7', secondStart: 'Accepted', tasks: 2 },
  { api: 'v7', secondStart: 'Refused after 2 s', tasks: 2 },
  { api: 'v7', secondStart: 'Refused', tasks: 1 },
])('options: no Signaling, $api, a second start is $secondStart: $tasks', async (row) => {
  const { backend, page } = demo
  await choose(page, row.api, ...(row.secondStart ? [row.secondStart] : []))
  await signaling().uncheck()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(await fact(deviceOf(page, 'Lena'), 'Claims')).toBe('Kept in this browser')
  expect((await backend.getBill()).startedTasks).toBe(row.tasks)
  expect(await backend.countRequests('start')).toBe(2)
  await expectStory(page, /claimed the start for all tabs of its browser/)
  if (row.tasks === 1) {
    await expectStory(page, /joined task .*: the service refused a second one of that name/)
  } else {
    await page.getByText('2 tasks run in one channel: every minute is billed twice.').waitFor()
  }
  expect(await signaling().isDisabled()).toBe(true)
  await stopEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  await expect.poll(async () => (await backend.getBill()).liveTasks).toBe(0)
})

test('options: Signaling on again, one task, though the service accepts every start', async () => {
  const { backend, page } = demo
  await choose(page, 'Accepted')
  await signaling().uncheck()
  await signaling().check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(await fact(deviceOf(page, 'Lena'), 'Claims')).toBe('In Signaling, for all devices')
  expect((await backend.getBill()).startedTasks).toBe(1)
})

test('behaviour: a device obeys the page around it, and no other message', async () => {
  const { backend, page } = demo
  await choose(page, '3')
  await button(deviceOf(page, 'Grace'), 'Enable captions').waitFor()
  const [first, second] = deviceFrames(page)
  const command = { type: 'demo:press', wanted: 'on' }
  // From itself, and from another device.
  await first?.evaluate((data) => postMessage(data, '*'), command)
  await second?.evaluate((data) => parent.frames[0]?.postMessage(data, '*'), command)
  await page.evaluate(() => frames[0]?.postMessage({ type: 'demo:press', wanted: 'maybe' }, '*'))
  await page.evaluate(() => frames[0]?.postMessage('on', '*'))
  await page.waitForTimeout(500)
  await expectEverywhere(page, 'Enable captions', 3)
  expect((await backend.getState()).requestCount).toBe(0)
  await page.evaluate((data) => frames[0]?.postMessage(data, '*'), command)
  await expectEverywhere(page, 'Captions on', 3)
})

test('behaviour: the demo’s socket hears nobody from another site', async () => {
  const { address } = demo
  const url = `${address.replace('http', 'ws')}demo/socket`
  const open = (origin: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, { origin })
      socket.onopen = () => {
        socket.close()
        resolve('open')
      }
      socket.onerror = () => resolve('refused')
    })
  expect(await open('https://elsewhere.example')).toBe('refused')
  expect(await open(new URL(address).origin)).toBe('open')
})

test('behaviour: who mutes or switches the camera off does so on every device', async () => {
  const { page } = demo
  await button(deviceOf(page, 'Lena'), 'Mute').click()
  await button(deviceOf(page, 'Lena'), 'Camera off').click()
  const tile = (owner: 'Ada' | 'Lena') =>
    deviceOf(page, owner).getByRole('listitem').filter({ hasText: 'Lena' })
  for (const owner of ['Ada', 'Lena'] as const) {
    await tile(owner).filter({ hasText: 'muted' }).waitFor()
    expect(await tile(owner).locator('.initial').textContent()).toBe('L')
  }
  const pressed = (name: string) =>
    button(deviceOf(page, 'Lena'), name).getAttribute('aria-pressed')
  expect([await pressed('Mute'), await pressed('Camera off')]).toEqual(['true', 'true'])
  await button(deviceOf(page, 'Lena'), 'Camera off').click()
  await expect.poll(() => tile('Ada').locator('.portrait').count()).toBe(1)
})
