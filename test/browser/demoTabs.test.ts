import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  expectEverywhere,
  fact,
  storyOf,
  windowOf,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

const APIS = ['v6', 'v7'] as const

const demo = setUpDemo()

/** By the link that a person would take. */
async function openTab(page: Page): Promise<Page> {
  const opening = page.context().waitForEvent('page')
  await page.getByRole('link', { name: 'Open in another tab' }).click()
  const tab = await opening
  await button(tab, 'Everyone clicks now').waitFor()
  // Its number is the lowest that is free: pages of the test before may not have gone yet.
  await tab.getByText(/^This is Tab \d\./).waitFor()
  return tab
}

test.each(APIS)('default: %s, two tabs click at once, one task starts', async (api) => {
  const { backend, page } = demo
  await choose(page, api)
  const tab = await openTab(page)
  await Promise.all([clickEverywhere(page), clickEverywhere(tab)])
  await expectEverywhere(page, 'Captions on')
  await expectEverywhere(tab, 'Captions on')

  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(1)
  expect(await backend.countRequests('start')).toBe(1)
  for (const one of [page, tab]) {
    expect(await fact(windowOf(one, 'Ada'), 'Task')).toBe(liveTasks[0]?.taskId)
  }
  const origins = [page, tab].map((one) => fact(windowOf(one, 'Ada'), 'Origin'))
  expect((await Promise.all(origins)).sort()).toEqual(['Joined', 'Started by this page'])

  for (const one of [page, tab]) {
    const story = storyOf(one)
    await story.getByText(/^\S+ Tab \d claimed the start for all tabs/).waitFor()
    await story.getByText(/^\S+ Tab \d joined task .*: the claim names it/).waitFor()
  }
})

test('behaviour: a tab shows what another has started, and stops it for both', async () => {
  const { backend, page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  const tab = await openTab(page)
  await expectEverywhere(tab, 'Captions on')
  expect(await fact(windowOf(tab, 'Ada'), 'Origin')).toBe('Joined')
  await clickEverywhere(tab)
  await expectEverywhere(tab, 'Enable captions')
  await expectEverywhere(page, 'Enable captions')
  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(1)
  expect(liveTasks).toEqual([])
})

test('behaviour: another tab opens with the same switches, and the API changes in all', async () => {
  const { backend, page } = demo
  await page.getByRole('textbox', { name: 'Channel' }).fill('retro')
  await button(page, 'Use it').click()
  const tab = await openTab(page)
  expect(await tab.getByRole('textbox', { name: 'Channel' }).inputValue()).toBe('retro')
  await choose(tab, 'v7')
  await page.getByRole('radio', { name: 'v7', checked: true }).waitFor()
  await clickEverywhere(page)
  await expectEverywhere(tab, 'Captions on')
  expect(await tab.getByRole('radio', { name: 'v6' }).isDisabled()).toBe(true)
  expect((await backend.getState()).liveTasks).toMatchObject([{ api: 'v7', channel: 'retro' }])
})

test('behaviour: start over leaves no claim behind, in any tab', async () => {
  const { backend, page } = demo
  const tab = await openTab(page)
  for (let round = 0; round < 2; round++) {
    await clickEverywhere(page)
    await expectEverywhere(page, 'Captions on')
    await expectEverywhere(tab, 'Captions on')
    await button(tab, 'Start over').click()
    await expectEverywhere(page, 'Enable captions')
    await expectEverywhere(tab, 'Enable captions')
    expect((await backend.getState()).startedTasks).toBe(0)
  }
  await Promise.all([clickEverywhere(page), clickEverywhere(tab)])
  await expectEverywhere(page, 'Captions on')
  await expectEverywhere(tab, 'Captions on')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test('behaviour: switches are in the address, tokens are not', async () => {
  const { page } = demo
  await choose(page, 'Expired', 'Without this package')
  expect(new URL(page.url()).search).toBe('?tokens=expired&way=plain')
  const tab = await openTab(page)
  expect(await tab.getByRole('radio', { name: 'Without this package' }).isChecked()).toBe(true)
  expect(tab.url()).not.toMatch(/007/)
})
