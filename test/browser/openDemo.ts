import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { createServer, type PreviewServer, preview, type ViteDevServer } from 'vite'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

// The test's own mode: whatever demo/.env says, nobody is billed.
const shared = { configFile: at('vite.config.ts'), mode: 'test', logLevel: 'error' } as const
const address = { port: 0, strictPort: false, host: '127.0.0.1' }

/** The demo as `npm run demo:preview` serves it, on a free port. */
export function serveDemo(): Promise<PreviewServer> {
  return preview({ ...shared, preview: address })
}

/** The demo as `npm run demo` serves it, on a free port. */
export async function serveDemoForDevelopment(): Promise<ViteDevServer> {
  const server = await createServer({
    ...shared,
    // Not the cache of a demo that may be running.
    cacheDir: at('node_modules/.vite-demo-test'),
    server: { ...address, watch: null },
  })
  return server.listen()
}

export function addressOf({ resolvedUrls }: PreviewServer | ViteDevServer): string {
  const [found] = resolvedUrls?.local ?? []
  if (!found) throw new Error('The server has no address.')
  return found
}

/** What a page said and asked for. */
interface Witness {
  /** Console messages and uncaught errors, but for those of the development builds of Vite and React. */
  messages: string[]
  /** Requests to anywhere but this machine. */
  strayRequests: string[]
}

export interface OpenDemo {
  page: Page
  witness: Witness
}

const DEVELOPMENT_MESSAGES = [/^\[vite\] connect/, /React DevTools/]

/** @param query of the page's address */
export async function openDemo(
  browser: Browser,
  address: string,
  { query = '', ...options }: BrowserContextOptions & { query?: string } = {},
): Promise<OpenDemo> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const witness = watch(page)
  await page.goto(`${address}${query}`)
  await untilReady(page)
  return { page, witness }
}

/** Until every device listens. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('.scene-press button:not([aria-disabled="true"])').waitFor()
}

function watch(page: Page): Witness {
  const witness: Witness = { messages: [], strayRequests: [] }
  page.on('console', (message) => {
    const text = message.text()
    if (!DEVELOPMENT_MESSAGES.some((pattern) => pattern.test(text))) witness.messages.push(text)
  })
  page.on('pageerror', (error) => witness.messages.push(error.message))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const isOwn = protocol === 'data:' || ['localhost', '127.0.0.1'].includes(hostname)
    if (!isOwn) witness.strayRequests.push(request.url())
  })
  return witness
}
