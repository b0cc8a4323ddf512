import type { Page } from 'puppeteer-core'
import { expect, test } from 'vitest'
import type { ClientTab } from './clientPage.ts'
import { launchTabs, openTabs } from './openTabs.ts'
import { setUpTabs } from './setUpTabs.ts'

declare const tab: ClientTab

const setting = setUpTabs(launchTabs)

/** Two tabs each of a window, of a private one, and of another origin in the first. */
async function openGroups(): Promise<Page[][]> {
  const { browser, server } = setting
  const { address } = server
  const elsewhere = address.replace('127.0.0.1', 'localhost')
  return Promise.all([
    openTabs(browser, address, 2),
    openTabs(await browser.createBrowserContext(), address, 2),
    openTabs(browser, elsewhere, 2),
  ])
}

async function enableAll(groups: Page[][], channel: string): Promise<string[][]> {
  const enable = (page: Page) => page.evaluate((name) => tab.enable(name), channel)
  return Promise.all(groups.map((pages) => Promise.all(pages.map(enable))))
}

test('default: a private window and another origin start for themselves, and the name makes it one task', async () => {
  const { service } = setting
  const outcomes = await enableAll(await openGroups(), 'same')
  const [task, ...more] = service.agora.tasks('same')
  expect(more).toEqual([])
  expect(outcomes).toEqual(Array.from({ length: 3 }, () => [task?.taskId, task?.taskId]))
  const starts = service.agora.requests.filter(({ channel, operation }) => {
    return channel === 'same' && operation === 'start'
  })
  expect(starts.map(({ status }) => status).sort()).toEqual([200, 409, 409])
})

test('behaviour: where the service does not look at names, each has a task of its own', async () => {
  const { service } = setting
  service.agora.configure({ nameDedup: 'off' })
  const outcomes = await enableAll(await openGroups(), 'own')
  for (const [one, other] of outcomes) expect(other).toBe(one)
  const live = service.agora.liveTasks('own').map(({ taskId }) => taskId)
  expect(outcomes.map(([taskId]) => taskId).sort()).toEqual(live.sort())
  expect(new Set(live).size).toBe(3)
})
