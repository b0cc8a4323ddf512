import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { createServer, type ViteDevServer } from 'vite'

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** The demo as `npm run demo` serves it, on a free port. */
export async function serveDemo(): Promise<ViteDevServer> {
  const server = await createServer({
    configFile: at('vite.config.ts'),
    mode: 'test',
    logLevel: 'error',
    // Not the cache of a demo that may be running.
    cacheDir: at('node_modules/.vite-demo-test'),
    server: { port: 0, strictPort: false, host: '127.0.0.1', watch: null },
  })
  return server.listen()
}

export function addressOf(server: ViteDevServer): string {
  const [address] = server.resolvedUrls?.local ?? []
  if (!address) throw new Error('The Vite server has no address.')
  return address
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

export async function openDemo(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<OpenDemo> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const witness = watch(page, address)
  await page.goto(address)
  await page.getByRole('button', { name: 'Everyone clicks now' }).waitFor()
  return { page, witness }
}

function watch(page: Page, address: string): Witness {
  const witness: Witness = { messages: [], strayRequests: [] }
  page.on('console', (message) => {
    const text = message.text()
    if (!DEVELOPMENT_MESSAGES.some((pattern) => pattern.test(text))) witness.messages.push(text)
  })
  page.on('pageerror', (error) => witness.messages.push(error.message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    const isOwn = protocol === 'data:' || origin === new URL(address).origin
    if (!isOwn) witness.strayRequests.push(request.url())
  })
  return witness
}
