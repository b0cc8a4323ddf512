import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { button, choose, clickEverywhere, expectEverywhere, storyOf } from './demoPage.ts'
import {
  deviceFact,
  deviceFrames,
  deviceOf,
  enableOnAll,
  expectDevices,
  openDevices,
  setSignaling,
  stopOnAll,
} from './devicesPage.ts'
import { setUpDemo } from './setUpDemo.ts'

const APIS = ['v6', 'v7'] as const

const demo = setUpDemo()

const expectStory = (page: Page, sentence: RegExp) => storyOf(page).getByText(sentence).waitFor()

test('default: two devices are origins of their own', async () => {
  const { page, witness } = demo
  await openDevices(page)
  const origins = [page.url(), ...deviceFrames(page).map((frame) => frame.url())].map(
    (url) => new URL(url).origin,
  )
  expect(origins).toHaveLength(3)
  expect(new Set(origins).size).toBe(3)
  expect(origins.map((origin) => new URL(origin).hostname)).toEqual([
    '127.0.0.1',
    'localhost',
    '127.0.0.1',
  ])
  expect(witness.messages).toEqual([])
})

test.each(APIS)('default: %s, devices with Signaling, tasks ever started is one', async (api) => {
  const { backend, page } = demo
  await choose(page, api)
  await openDevices(page)
  for (let round = 1; round <= 3; round++) {
    await enableOnAll(page)
    await expectDevices(page, 'Captions on')
    const { startedTasks, liveTasks } = await backend.getState()
    expect(startedTasks).toBe(round)
    expect(await backend.countRequests('start')).toBe(round)
    expect(liveTasks).toHaveLength(1)
    for (const name of ['A', 'B'] as const) {
      expect(await deviceFact(page, name, 'Status')).toBe('enabled')
      expect(await deviceFact(page, name, 'Task')).toBe(liveTasks[0]?.taskId)
    }
    await stopOnAll(page)
    await expectDevices(page, 'Enable captions')
    expect((await backend.getState()).liveTasks).toEqual([])
  }
  for (const frame of deviceFrames(page)) {
    expect(await frame.locator('[role=alert]').textContent()).toBe('')
  }
})

test('behaviour: the panel says who claimed, who joined, and why', async () => {
  const { page } = demo
  await openDevices(page)
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  await page.getByText('One task runs: every minute is billed once.').waitFor()
  const story = storyOf(page)
  const claimed = story.getByText(/claimed the start for all devices: it alone may start a task/)
  const starter = /Device [AB]/.exec((await claimed.textContent()) ?? '')?.[0]
  const other = starter === 'Device A' ? 'Device B' : 'Device A'
  await expectStory(page, new RegExp(`${starter} .* started task [0-9a-f]{6}\\.`))
  await expectStory(page, new RegExp(`${other} .* joined task .*: the claim names it`))
  expect(await story.getByText(new RegExp(`${other} \\([^)]*\\) claimed`)).count()).toBe(0)
})

test('options: Signaling off, v6, each device starts a task', async () => {
  const { backend, page } = demo
  await openDevices(page)
  await setSignaling(page, false)
  await deviceOf(page, 'A').getByText('Kept to itself').waitFor()
  await deviceOf(page, 'B').getByText('Kept to itself').waitFor()
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  expect((await backend.getState()).startedTasks).toBe(2)
  await page.getByText('Two tasks run in one channel: every minute is billed twice.').waitFor()
  await expectStory(page, /Device A .* claimed the start, but kept that to itself/)
  await expectStory(page, /Device B .* claimed the start, but kept that to itself/)
  const toggle = page.getByRole('checkbox', { name: 'Signaling between devices' })
  expect(await toggle.isDisabled()).toBe(true)

  await stopOnAll(page)
  await expectDevices(page, 'Enable captions')
  expect((await backend.getState()).liveTasks).toEqual([])
})

test.each([
  { secondStart: 'Accepted', tasks: 2 },
  { secondStart: 'Refused after 2 s', tasks: 2 },
  { secondStart: 'Refused', tasks: 1 },
])('options: Signaling off, v7, a second start is $secondStart: $tasks', async (expected) => {
  const { backend, page } = demo
  await choose(page, 'v7', expected.secondStart)
  await openDevices(page)
  await setSignaling(page, false)
  await deviceOf(page, 'A').getByText('Kept to itself').waitFor()
  await deviceOf(page, 'B').getByText('Kept to itself').waitFor()
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  expect((await backend.getState()).startedTasks).toBe(expected.tasks)
  expect(await backend.countRequests('start')).toBe(2)
  if (expected.tasks === 1) {
    await expectStory(page, /joined task .*: the service refused a second one of that name/)
  }
})

test('options: Signaling on again, one task, though the service accepts every start', async () => {
  const { backend, page } = demo
  await choose(page, 'v7', 'Accepted')
  await openDevices(page)
  await setSignaling(page, false)
  await deviceOf(page, 'B').getByText('Kept to itself').waitFor()
  await setSignaling(page, true)
  for (const name of ['A', 'B'] as const) {
    await deviceOf(page, name).getByText('In Signaling, for all devices').waitFor()
  }
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test('behaviour: a third device shows what runs, without a request, and can stop it', async () => {
  const { backend, page } = demo
  await openDevices(page)
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  const { requestCount } = await backend.getState()
  await button(page, 'Add a third device').click()
  await expectDevices(page, 'Captions on', ['C'])
  expect((await backend.getState()).requestCount).toBe(requestCount)
  await expectStory(page, /Device C .* joined task .*: the claim names it, so it sent no start/)

  await deviceOf(page, 'C').getByRole('button', { name: 'Captions on' }).click()
  await expectDevices(page, 'Enable captions', ['A', 'B', 'C'])
  expect((await backend.getState()).liveTasks).toEqual([])
})

test('behaviour: start over sets devices back too, and windows are a call of their own', async () => {
  const { backend, page } = demo
  await openDevices(page)
  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  await button(page, 'Start over').click()
  await expectDevices(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(0)

  await enableOnAll(page)
  await expectDevices(page, 'Captions on')
  await page.getByRole('radio', { name: 'Windows and tabs' }).check()
  await expectEverywhere(page, 'Enable captions')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  await page.getByText('2 tasks run, each in a channel of its own.').waitFor()
})

test('behaviour: a device obeys the page around it, and no other message', async () => {
  const { backend, page } = demo
  await openDevices(page)
  const [first, second] = deviceFrames(page)
  const command = { type: 'demo:press', wanted: 'on' }
  // From itself, and from another device.
  await first?.evaluate((data) => postMessage(data, '*'), command)
  await second?.evaluate((data) => parent.frames[0]?.postMessage(data, '*'), command)
  await page.evaluate(() => frames[0]?.postMessage({ type: 'demo:press', wanted: 'maybe' }, '*'))
  await page.evaluate(() => frames[0]?.postMessage('on', '*'))
  await page.waitForTimeout(500)
  await expectDevices(page, 'Enable captions')
  expect((await backend.getState()).requestCount).toBe(0)
  await page.evaluate((data) => frames[0]?.postMessage(data, '*'), command)
  await expectDevices(page, 'Captions on')
})
