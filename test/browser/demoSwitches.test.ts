import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  everyWindow,
  expectError,
  expectEverywhere,
  fact,
  windowOf,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

/** The gate keeps 1000 ms between sends; what is measured here is arrivals. */
const MIN_GAP_MS = 950
const APIS = ['v6', 'v7'] as const

const demo = setUpDemo()

test.each(APIS)('options: token, %s, expired and invalid ones are told apart', async (api) => {
  const { backend, page } = demo
  await choose(page, api, 'Expired')
  await clickEverywhere(page)
  await expectError(page, 'token_expired', /expired.*Mint a new one.*set “Token” to “Good”/s)

  await choose(page, 'Invalid')
  await clickEverywhere(page)
  await expectError(
    page,
    'invalid_token',
    /not accept the token.*Check that.*set “Token” to “Good”/s,
  )
  expect((await backend.getState()).startedTasks).toBe(0)

  await choose(page, 'Good')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(await page.getByRole('alert').allInnerTexts()).toEqual(['', ''])
})

test('behaviour: Try again repeats what failed', async () => {
  const { backend, page } = demo
  await choose(page, 'Expired')
  await button(windowOf(page, 'Ada'), 'Enable captions').click()
  await expectError(page, 'token_expired', /Try again/)
  const before = await backend.countRequests('acquire')
  // Younger than a second, the failure would be repeated without a request.
  await page.waitForTimeout(1_200)
  await button(windowOf(page, 'Grace'), 'Try again').click()
  await expect
    .poll(() => backend.countRequests('acquire'), { timeout: 5_000 })
    .toBeGreaterThan(before)
  await expectError(page, 'token_expired', /Try again/)
})

test.each(APIS)('options: service not enabled, %s', async (api) => {
  const { backend, page } = demo
  await choose(page, api)
  const toggle = page.getByRole('checkbox', { name: 'Real-Time STT is enabled' })
  await toggle.uncheck()
  await clickEverywhere(page)
  await expectError(
    page,
    'service_not_enabled',
    /Enable it in the Agora Console.*switch “Real-Time STT is enabled” on/s,
  )
  expect(await button(page, 'Try again').count()).toBe(0)
  expect((await backend.getState()).startedTasks).toBe(0)
})

test('options: 2 s latency shows the pending state', async () => {
  const { backend, page } = demo
  await page.getByRole('checkbox', { name: 'Every answer takes 2 s' }).check()
  await choose(page, 'v7')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Starting captions…')
  for (const one of everyWindow(page)) {
    expect(await fact(one, 'Status')).toBe('enabling')
    expect(await button(one, 'Starting captions…').getAttribute('aria-disabled')).toBe('true')
  }
  await page.getByText('Stop captions to change these.').waitFor()
  expect(await page.getByRole('radio', { name: 'v6' }).isDisabled()).toBe(true)
  await page.waitForTimeout(1_000)
  expect(await fact(windowOf(page, 'Ada'), 'Status')).toBe('enabling')
  await expectEverywhere(page, 'Captions on')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Stopping captions…')
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test.each(APIS)('options: answer lost, %s, ends with one task', async (api) => {
  const { backend, page } = demo
  await choose(page, api)
  const toggle = page.getByRole('checkbox', { name: 'The answer to the next start is lost' })
  await toggle.check()
  await clickEverywhere(page)
  await windowOf(page, 'Ada')
    .getByText(/^No answer came\./)
    .waitFor()
  await expectEverywhere(page, 'Captions on')
  const { startedTasks, liveTasks, requests } = await backend.getState()
  expect(startedTasks).toBe(1)
  expect(liveTasks).toHaveLength(1)
  expect(requests.filter(({ status }) => status === null)).toHaveLength(1)
  expect(await fact(windowOf(page, 'Grace'), 'Task')).toBe(liveTasks[0]?.taskId)
  expect(await toggle.isChecked()).toBe(false)
  expect(await backend.getSmallestGapMs()).toBeGreaterThanOrEqual(MIN_GAP_MS)
})

test.each(APIS)('options: without this package, %s, two tasks are billed', async (api) => {
  const { backend, page } = demo
  await choose(page, api, 'Without this package')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(2)
  expect(liveTasks).toHaveLength(2)
  await page.getByText('Two tasks run in one channel: every minute is billed twice.').waitFor()

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).liveTasks).toEqual([])
})

test('options: only acquire, no task starts', async () => {
  const { backend, page } = demo
  await page.getByRole('checkbox', { name: 'Only acquire the token' }).check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Token acquired')
  expect(await fact(windowOf(page, 'Ada'), 'Instance token')).toMatch(/^[0-9a-f]{6}…/)
  expect(await backend.countRequests('acquire')).toBe(1)
  expect((await backend.getState()).startedTasks).toBe(0)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
})

test('options: channel, the task runs in it', async () => {
  const { backend, page } = demo
  await page.getByRole('textbox', { name: 'Channel' }).fill('retro')
  await button(page, 'Use it').click()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getState()).liveTasks).toMatchObject([{ channel: 'retro' }])
})
