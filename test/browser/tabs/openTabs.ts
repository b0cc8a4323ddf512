import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core'
import { expect, vi } from 'vitest'
import { findChromium, QUIET_FLAGS } from '../chromium.ts'
import { findFirefox } from '../firefox.ts'
import { type PageServer, servePage } from '../servePage.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Defaults under which tabs behave as no user's do. */
const UNREAL = /throttling|backgrounding|BackForwardCache/

/** Playwright would keep tabs in the background visible and unthrottled. */
export function launchTabs(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: findChromium(),
    args: QUIET_FLAGS,
    ignoreDefaultArgs: puppeteer.defaultArgs().filter((arg) => UNREAL.test(arg)),
  })
}

/** Over WebDriver BiDi; puppeteer keeps Firefox's pages out of the back/forward cache unless told otherwise. */
export function launchFirefoxTabs(): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    extraPrefsFirefox: { 'fission.bfcacheInParent': true },
  })
}

/**
 * The development server's socket would keep a page out of the back/forward cache.
 *
 * @param script beside this file
 */
export const serveTabs = (
  script: string,
  answer?: (request: Request) => Promise<Response> | null,
): Promise<PageServer> => servePage(at(script), answer)

/** Opens tabs of one browser profile, each once its script has run. */
export async function openTabs(
  profile: Browser | BrowserContext,
  address: string,
  count: number,
): Promise<Page[]> {
  const pages = await Promise.all(Array.from({ length: count }, () => profile.newPage()))
  await Promise.all(pages.map((page) => page.goto(address, { waitUntil: 'load' })))
  return pages
}

export async function crashTab(page: Page): Promise<void> {
  const session = await page.createCDPSession()
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => {})
}

/** As a link would: Firefox tells puppeteer nothing of a page that comes out of the back/forward cache. */
export async function leaveTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    location.href = '/away'
  })
  await waitForPath(page, '/away')
}

export async function comeBack(page: Page): Promise<void> {
  await page.evaluate(() => history.back())
  await waitForPath(page, '/')
}

async function waitForPath(page: Page, path: string): Promise<void> {
  const read = () =>
    page.evaluate(() => (document.readyState === 'complete' ? location.pathname : ''))
  await vi.waitFor(async () => expect(await read()).toBe(path), { timeout: 10_000 })
}
