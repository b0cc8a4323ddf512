import type { Browser, Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { PageServer } from '../servePage.ts'
import type { ClaimsTab } from './claimsPage.ts'
import { crashTab, launchTabs, openTabs, serveTabs } from './openTabs.ts'

declare const tab: ClaimsTab

let browser: Browser
let server: PageServer
let tabs: Page[]

beforeAll(async () => {
  server = await serveTabs('claimsPage.ts')
  browser = await launchTabs()
  tabs = await openTabs(browser, server.address, 8)
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function openTab(): Promise<Page> {
  const [page] = await openTabs(browser, server.address, 1)
  return page as Page
}

const isStarterGone = (page: Page, attempt: string) =>
  page.evaluate((id) => tab.isStarterGone(id), attempt)
const isHeld = (page: Page, attempt: string) => page.evaluate((id) => tab.isHeld(id), attempt)
const hold = (page: Page, attempt: string, as: 'starter' | 'holder') =>
  page.evaluate((id, role) => tab.hold(id, role), attempt, as)
const noticesOf = async (page: Page, channel: string) => {
  const notices = await page.evaluate(() => tab.notices)
  return notices.filter((notice) => notice.channel === channel)
}

/** The tab that stays; 10 s are only against hanging. */
const witness = () => tabs[0] as Page
const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

test('default: of 8 tabs that claim at the same moment one wins, 10 times', async () => {
  for (const page of tabs) await page.evaluate(() => tab.show('race'))
  for (let round = 0; round < 10; round++) {
    await Promise.all(
      tabs.map((page, index) =>
        page.evaluate((id) => tab.claimOnSignal('race', id), `r${round}-t${index}`),
      ),
    )
    const [starter, ...others] = [tabs[round % 8] as Page, ...tabs.toSpliced(round % 8, 1)]
    const claims = [await starter.evaluate(() => tab.signal())].concat(
      await Promise.all(others.map((page) => page.evaluate(() => tab.outcome()))),
    )
    const won = claims.filter((claim) => claim !== null)
    expect(won).toHaveLength(1)
    const read = await Promise.all(tabs.map((page) => page.evaluate(() => tab.read('race'))))
    for (const claim of read) expect(claim?.revision).toBe(won[0]?.revision)
    await soon(async () => {
      const notices = await Promise.all(tabs.map((page) => noticesOf(page, 'race')))
      for (const seen of notices) expect(seen.at(-1)?.attempt).toBe(won[0]?.value.attempt)
    })
  }
})

test('behaviour: a starter whose tab was closed or crashed is gone for those who show its channel', async () => {
  for (const end of ['closed', 'crashed']) {
    const starter = await openTab()
    await hold(starter, end, 'starter')
    await starter.evaluate((id) => tab.claim(id, id), end)
    await witness().evaluate((id) => tab.show(id), end)
    await soon(async () => expect((await noticesOf(witness(), end)).at(-1)?.attempt).toBe(end))
    expect(await isStarterGone(witness(), end)).toBe(false)
    const { length } = await noticesOf(witness(), end)
    if (end === 'closed') await starter.close()
    else await crashTab(starter)
    await soon(async () => expect(await noticesOf(witness(), end)).toHaveLength(length + 1))
    expect(await isStarterGone(witness(), end)).toBe(true)
  }
})

test('behaviour: a page in the back/forward cache holds nothing, and holds again when it comes back', async () => {
  const page = await openTab()
  await hold(page, 'cached', 'starter')
  await hold(page, 'cached', 'holder')
  expect(await isStarterGone(witness(), 'cached')).toBe(false)
  expect(await isHeld(witness(), 'cached')).toBe(true)
  await page.goto(`${server.address}away`)
  await soon(async () => {
    expect(await isStarterGone(witness(), 'cached')).toBe(true)
    expect(await isHeld(witness(), 'cached')).toBe(false)
  })
  await page.goBack()
  expect(await page.evaluate(() => tab.wasRestored)).toBe(true)
  await soon(async () => expect(await isHeld(witness(), 'cached')).toBe(true))
  expect(await isStarterGone(witness(), 'cached')).toBe(true)
  await page.close()
})

test('behaviour: a lock that a cached page kept is taken from it', async () => {
  const page = await openTab()
  await page.evaluate(() => tab.holdBlindly('stt-start:kept'))
  await page.evaluate(() => tab.claim('kept', 'kept'))
  await witness().evaluate(() => tab.show('kept'))
  await soon(async () => expect((await noticesOf(witness(), 'kept')).at(-1)?.attempt).toBe('kept'))
  const { length } = await noticesOf(witness(), 'kept')
  await page.goto(`${server.address}away`)
  await soon(async () => expect(await noticesOf(witness(), 'kept')).toHaveLength(length + 1))
  expect(await isStarterGone(witness(), 'kept')).toBe(true)
  await page.close()
})

test('behaviour: a page that comes back hears of what it missed', async () => {
  const page = await openTab()
  await page.evaluate(() => tab.show('missed'))
  // A page that waits for IndexedDB is not kept.
  await soon(async () => expect(await noticesOf(page, 'missed')).toHaveLength(1))
  await page.goto(`${server.address}away`)
  await witness().evaluate(() => tab.claim('missed', 'missed'))
  await page.goBack()
  expect(await page.evaluate(() => tab.wasRestored)).toBe(true)
  await soon(async () => expect((await noticesOf(page, 'missed')).at(-1)?.attempt).toBe('missed'))
  await page.close()
})

test('behaviour: what the origin stored is cleared under its tabs, and they go on', async () => {
  await witness().evaluate(() => tab.show('cleared'))
  await witness().evaluate(() => tab.claim('cleared', 'before'))
  const session = await witness().createCDPSession()
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(server.address).origin,
    storageTypes: 'indexeddb',
  })
  await soon(async () => expect((await noticesOf(witness(), 'cleared')).at(-1)?.attempt).toBeNull())
  for (const page of tabs) expect(await page.evaluate(() => tab.read('cleared'))).toBeNull()
  expect(await tabs[1]?.evaluate(() => tab.claim('cleared', 'after'))).not.toBeNull()
})

test('behaviour: calls of 6 tabs are an interval apart', async () => {
  const calls = await Promise.all(tabs.slice(0, 6).map((page) => page.evaluate(() => tab.call(1))))
  const sorted = calls.flat().sort((a, b) => a - b)
  expect(sorted).toHaveLength(6)
  for (const [index, at] of sorted.entries())
    expect(at - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000)
})
