import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  deviceOf,
  expectEverywhere,
  expectStory,
  fact,
  stopEverywhere,
  toggle,
} from './demoPage.ts'
import { untilReady } from './openDemo.ts'
import { setUpDemo } from './setUpDemo.ts'

const demo = setUpDemo()

/** By the link that a person would take. */
async function openTab(page: Page): Promise<Page> {
  const opening = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Open in another tab' }).click()
  const tab = await opening
  await untilReady(tab)
  return tab
}

const ROWS = [
  { api: 'v6', hasSignaling: false },
  { api: 'v7', hasSignaling: false },
  { api: 'v7', hasSignaling: true },
]

test.each(ROWS)(
  'default: $api, Signaling $hasSignaling, two tabs click at once, one task starts',
  async ({ api, hasSignaling }) => {
    const { backend, page } = demo
    await choose(page, '1', api)
    await toggle(page, 'Devices share claims through Signaling').setChecked(hasSignaling)
    const tab = await openTab(page)
    await untilReady(page)
    await Promise.all([clickEverywhere(page), clickEverywhere(tab)])
    await expectEverywhere(page, 'Captions on', 1)
    await expectEverywhere(tab, 'Captions on', 1)

    expect((await backend.getBill()).startedTasks).toBe(1)
    expect(await backend.countRequests('start')).toBe(1)
    const facts = async (term: string) =>
      Promise.all([page, tab].map((one) => fact(deviceOf(one, 'Ada'), term)))
    expect(new Set(await facts('Task')).size).toBe(1)
    expect((await facts('Origin')).sort()).toEqual(['Joined', 'Started by this device'])
    const everybody = hasSignaling ? 'all devices' : 'all tabs of its browser'
    for (const one of [page, tab]) {
      await expectStory(one, new RegExp(`Ada( \\(tab 2\\))? claimed the start for ${everybody}`))
      await expectStory(one, /Ada( \(tab 2\))? joined task .*: the claim names it/)
    }
  },
)

test('behaviour: a tab shows what another has started, and stops it for both', async () => {
  const { backend, page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  const tab = await openTab(page)
  await expectEverywhere(tab, 'Captions on')
  expect(await fact(deviceOf(tab, 'Ada'), 'Origin')).toBe('Joined')
  await stopEverywhere(tab)
  await expectEverywhere(tab, 'Enable captions')
  await expectEverywhere(page, 'Enable captions')
  expect(await backend.getBill()).toMatchObject({ startedTasks: 1, liveTasks: 0 })
})

test('behaviour: another tab opens with the same view, and the switches change in all', async () => {
  const { backend, page } = demo
  await choose(page, '3')
  await toggle(page, 'Compare: without this package').check()
  await page.getByRole('textbox', { name: 'Channel' }).fill('retro')
  await button(page, 'Use it').click()
  const tab = await openTab(page)
  expect(await tab.getByRole('radio', { name: '3', exact: true }).isChecked()).toBe(true)
  expect(await toggle(tab, 'Compare: without this package').isChecked()).toBe(true)
  expect(await tab.getByRole('textbox', { name: 'Channel' }).inputValue()).toBe('retro')
  await choose(tab, 'v6')
  await page.getByRole('radio', { name: 'v6', checked: true }).waitFor()
  await button(deviceOf(page, 'Ada'), 'Enable captions').click()
  await expectEverywhere(tab, 'Captions on', 3)
  expect(await tab.getByRole('radio', { name: 'v7' }).isDisabled()).toBe(true)
  expect((await backend.getBill('retro')).liveTasks).toBe(1)
  expect(tab.url()).not.toMatch(/007/)
})

test('behaviour: more tabs than a browser has connections for one host', async () => {
  const { page } = demo
  await choose(page, '1')
  const tabs = [page]
  for (let count = 0; count < 7; count++) tabs.push(await openTab(page))
  await clickEverywhere(page)
  for (const tab of tabs) await expectEverywhere(tab, 'Captions on', 1)
})
