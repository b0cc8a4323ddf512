import type { Browser, BrowserContextOptions } from 'playwright-core'
import type { PreviewServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { launchChromium } from './chromium.ts'
import { DemoBackend } from './demoBackend.ts'
import { addressOf, type OpenDemo, openDemo, serveDemo } from './openDemo.ts'

export interface Demo extends OpenDemo {
  address: string
  backend: DemoBackend
  /** Opens it anew, in a browser context that holds nothing. */
  reopen(options?: BrowserContextOptions & { query?: string }): Promise<void>
}

/** One server and one browser for a test file; for each test a fresh service and a fresh page. */
export function setUpDemo(): Demo {
  const demo = {} as Demo
  let server: PreviewServer
  let browser: Browser

  demo.reopen = async (options = {}) => {
    await demo.page?.context().close()
    Object.assign(demo, await openDemo(browser, demo.address, options))
  }

  beforeAll(async () => {
    browser = await launchChromium()
    server = await serveDemo()
    demo.address = addressOf(server)
    demo.backend = new DemoBackend(demo.address)
  })

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  beforeEach(async () => {
    await demo.backend.reset()
    await demo.reopen()
  })

  afterEach(async () => {
    await demo.page.context().close()
  })

  return demo
}
