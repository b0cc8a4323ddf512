import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  deviceOf,
  everyDevice,
  expectError,
  expectEverywhere,
  expectStory,
  fact,
  getSendGaps,
  stopEverywhere,
  toggle,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

/** The gate keeps 1000 ms; a browser's clock is rounded. */
const MIN_GAP_MS = 999
const APIS = ['v6', 'v7'] as const

const demo = setUpDemo()

test.each(APIS)('options: token, %s, expired and invalid ones are told apart', async (api) => {
  const { backend, page } = demo
  await choose(page, api, 'Expired')
  await clickEverywhere(page)
  await expectError(page, 'token_expired', /expired.*Mint a new one.*hand out good tokens/s)

  await choose(page, 'Invalid')
  await clickEverywhere(page)
  await expectError(page, 'invalid_token', /not accept the token.*Check that.*good tokens/s)
  expect((await backend.getBill()).startedTasks).toBe(0)

  await choose(page, 'Good')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  for (const one of everyDevice(page)) {
    expect(await one.getByRole('alert').textContent()).toBe('')
  }
})

test.each(APIS)('options: token expired once, %s, nobody has to notice', async (api) => {
  const { backend, page } = demo
  await choose(page, api, 'Expired once')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getBill()).startedTasks).toBe(1)
  const { requests } = await backend.getState()
  expect(requests[0]?.status).toBe(401)
  await expectStory(page, /renewed its token: the old one had expired/)
})

test('behaviour: Try again repeats what failed', async () => {
  const { backend, page } = demo
  await choose(page, 'v6', 'Expired')
  await button(deviceOf(page, 'Ada'), 'Enable captions').click()
  await deviceOf(page, 'Ada').getByText('token_expired', { exact: true }).waitFor()
  const before = await backend.countRequests('acquire')
  // Younger than a second, the failure would be repeated without a request.
  await page.waitForTimeout(1_200)
  await button(deviceOf(page, 'Ada'), 'Try again').click()
  await expect
    .poll(() => backend.countRequests('acquire'), { timeout: 5_000 })
    .toBeGreaterThan(before)
  await button(deviceOf(page, 'Ada'), 'Try again').waitFor()
})

test.each(APIS)('options: service not enabled, %s', async (api) => {
  const { backend, page } = demo
  await choose(page, api)
  await toggle(page, 'Real-Time STT is enabled').uncheck()
  await clickEverywhere(page)
  await expectError(
    page,
    'service_not_enabled',
    /Enable it in the Agora Console.*switch “Real-Time STT is enabled” on/s,
  )
  expect(await button(deviceOf(page, 'Ada'), 'Try again').count()).toBe(0)
  expect((await backend.getBill()).startedTasks).toBe(0)
})

test('options: 2 s latency shows the pending state', async () => {
  const { backend, page } = demo
  await toggle(page, 'Every answer takes 2 s').check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Starting captions…')
  for (const one of everyDevice(page)) {
    expect(await fact(one, 'Status')).toBe('enabling')
    expect(await button(one, 'Starting captions…').getAttribute('aria-disabled')).toBe('true')
  }
  await page.getByText('Stop captions to change these.').waitFor()
  expect(await page.getByRole('radio', { name: 'v6' }).isDisabled()).toBe(true)
  await page.waitForTimeout(1_000)
  expect(await fact(deviceOf(page, 'Ada'), 'Status')).toBe('enabling')
  await expectEverywhere(page, 'Captions on')
  await stopEverywhere(page)
  await expectEverywhere(page, 'Stopping captions…')
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getBill()).startedTasks).toBe(1)
})

test.each(APIS)('options: answer lost, %s, ends with one task', async (api) => {
  const { backend, page } = demo
  await choose(page, '1', api)
  const lost = toggle(page, 'The answer to the next start is lost')
  await lost.check()
  await clickEverywhere(page)
  await deviceOf(page, 'Ada')
    .getByText(/^No answer came\./)
    .waitFor()
  await expectEverywhere(page, 'Captions on', 1)
  expect(await backend.getBill()).toMatchObject({ startedTasks: 1, liveTasks: 1 })
  const { requests } = await backend.getState()
  expect(requests.filter(({ status }) => status === null)).toHaveLength(1)
  await expectStory(page, /got no answer to its start/)
  expect(await lost.isChecked()).toBe(false)
  const gaps = await getSendGaps(page)
  expect(gaps.length).toBeGreaterThan(0)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(MIN_GAP_MS)
})

test('options: only acquire, no task starts', async () => {
  const { backend, page } = demo
  expect(await toggle(page, 'v6: only acquire the instance token').isDisabled()).toBe(true)
  await choose(page, '1', 'v6')
  await toggle(page, 'v6: only acquire the instance token').check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Token acquired', 1)
  expect(await fact(deviceOf(page, 'Ada'), 'Instance token')).toMatch(/^[0-9a-f]{6}…/)
  expect(await backend.countRequests('acquire')).toBe(1)
  expect((await backend.getBill()).startedTasks).toBe(0)
  await stopEverywhere(page)
  await expectEverywhere(page, 'Enable captions', 1)
})

test('options: channel, the task runs in it, and a bad name says what is wrong', async () => {
  const { backend, page } = demo
  const field = page.getByRole('textbox', { name: 'Channel' })
  await field.fill('a'.repeat(65))
  await page.getByText('Give a name of 1 to 64 bytes.').waitFor()
  expect(await button(page, 'Use it').isDisabled()).toBe(true)
  await field.fill('retro')
  await button(page, 'Use it').click()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getBill('retro')).liveTasks).toBe(1)
})

test('options: eight people talk at once, and each has a tile', async () => {
  const { page } = demo
  await choose(page, '1')
  await toggle(page, 'Eight people talk at once').check()
  const tiles = deviceOf(page, 'Ada').getByRole('listitem')
  await tiles.nth(7).waitFor()
  await expect.poll(() => tiles.filter({ hasText: 'speaking' }).count()).toBeGreaterThan(5)
  await toggle(page, 'Eight people talk at once').uncheck()
  await expect.poll(() => tiles.count()).toBe(4)
})
