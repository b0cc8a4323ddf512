import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core'
import { build } from 'vite'
import { expect, vi } from 'vitest'
import { sendWebResponse, toWebRequest } from '../../../demo/server/nodeBridge.ts'
import { findChromium, QUIET_FLAGS } from '../chromium.ts'
import { findFirefox } from '../firefox.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Defaults under which tabs behave as no user's do. */
const UNREAL = /throttling|backgrounding|BackForwardCache/

export interface TabServer {
  /** Ends with a slash; a page of another script is at `away`. */
  readonly address: string
  close(): Promise<void>
}

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
 * Serves a page that runs `script`, built as a user's bundler would: the development server's socket would keep it out
 * of the back/forward cache.
 *
 * @param script beside this file
 * @param answer what stands behind the page; null: nothing of that address does
 */
export async function serveTabs(
  script: string,
  answer: (request: Request) => Promise<Response> | null = () => null,
): Promise<TabServer> {
  const code = await bundle(at(script))
  const server = createServer(async (request, response) => {
    const answered = await answer(await toWebRequest(request))
    if (answered) return sendWebResponse(answered, response)
    const isScript = request.url === '/page.js'
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
    const isAway = request.url === '/away'
    const page = `<!doctype html><title>tab</title>${isAway ? '' : '<script type="module" src="/page.js"></script>'}`
    response.end(isScript ? code : page)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () => end(server),
  }
}

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

async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: at('../../../vite.config.ts'),
    root: at('.'),
    logLevel: 'error',
    plugins: [],
    build: {
      write: false,
      lib: { entry, formats: ['es'], fileName: 'page' },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  return outputs
    .flatMap((one) => ('output' in one ? one.output : []))
    .map((chunk) => ('code' in chunk ? chunk.code : ''))
    .join('')
}

function end(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
