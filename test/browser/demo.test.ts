import { expect, test } from 'vitest'
import { ACCESS_TOKEN } from './accessToken.ts'
import {
  button,
  choose,
  clickEverywhere,
  everyWindow,
  expectEverywhere,
  fact,
  recordClicks,
  windowOf,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

/** The gate keeps 1000 ms between sends; what is measured here is arrivals. */
const MIN_GAP_MS = 950
const APIS = ['v6', 'v7'] as const

const demo = setUpDemo()

test('default: the page loads without a message and asks nobody else', async () => {
  const { page, witness } = demo
  expect(await page.title()).toContain('captions')
  await expectEverywhere(page, 'Enable captions')
  expect(await page.getByRole('radio', { name: 'v6' }).isChecked()).toBe(true)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test.each(APIS)('behaviour: %s, everyone clicks at once, one task starts', async (api) => {
  const { backend, page, witness } = demo
  await choose(page, api)
  const clicks = await recordClicks(page)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')

  const [first, second, ...others] = await clicks.jsonValue()
  expect(first).toMatchObject({ button: 'Enable captions', turn: second?.turn })
  expect(second).toMatchObject({ button: 'Enable captions' })
  expect(others).toEqual([])
  expect(await backend.countRequests('start')).toBe(1)
  expect(await backend.countRequests('acquire')).toBe(api === 'v6' ? 1 : 0)
  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(1)
  for (const one of everyWindow(page)) {
    expect(await fact(one, 'Status')).toBe('enabled')
    expect(await fact(one, 'Task')).toBe(liveTasks[0]?.taskId)
  }
  await page.getByText('One task runs: every minute is billed once.').waitFor()

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).liveTasks).toEqual([])
  expect(await backend.countRequests('stop')).toBe(1)
  await page.getByText('No task runs, so nothing is being billed.').waitFor()
  expect(await backend.getSmallestGapMs()).toBeGreaterThanOrEqual(MIN_GAP_MS)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test('behaviour: one window clicks, the other one shows it', async () => {
  const { backend, page } = demo
  await button(windowOf(page, 'Grace'), 'Enable captions').click()
  await expectEverywhere(page, 'Captions on')
  await button(windowOf(page, 'Ada'), 'Captions on').click()
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test('behaviour: start over ends everything, in every tab', async () => {
  const { address, backend, page } = demo
  const tab = await page.context().newPage()
  await tab.goto(address)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  await button(tab, 'Start over').click()
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(0)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test('behaviour: no token is shown or stored', async () => {
  const { backend, page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  const kept = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      // Text without the markup that may split it.
      document.documentElement.textContent,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ].join('\n'),
  )
  expect(kept).not.toMatch(ACCESS_TOKEN)
  // v6: the instance token is shown by its beginning only.
  expect(kept).not.toMatch(/[0-9a-f]{40}/)
  expect(JSON.stringify(await backend.getState())).not.toMatch(ACCESS_TOKEN)
})
