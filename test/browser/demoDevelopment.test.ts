import type { Browser } from 'playwright-core'
import type { ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import { clickEverywhere, expectEverywhere } from './demoPage.ts'
import { addressOf, openDemo, serveDemoForDevelopment } from './openDemo.ts'

let browser: Browser
let server: ViteDevServer

beforeAll(async () => {
  browser = await launchChromium()
  server = await serveDemoForDevelopment()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('default: npm run demo serves the same page', async () => {
  // The first load also pre-bundles the dependencies.
  await openDemo(browser, addressOf(server))
  const { page, witness } = await openDemo(browser, addressOf(server))
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})
