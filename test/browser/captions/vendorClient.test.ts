import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { type PageServer, servePage } from '../servePage.ts'
import type { VendorClientPage } from './vendorClientPage.tsx'

declare const call: VendorClientPage

let browser: Browser
let server: PageServer

beforeAll(async () => {
  server = await servePage(fileURLToPath(new URL('vendorClientPage.tsx', import.meta.url)))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('default: a stream-message of a client of agora-rtc-sdk-ng is shown as a line', async () => {
  const page = await browser.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(server.address)
  const captions = page.getByRole('region', { name: 'Captions' })
  expect(await page.evaluate(() => call.version)).toMatch(/^4\./)
  await page.evaluate(() => call.say('Good mor'))
  await captions.getByText('Ada: Good mor', { exact: true }).waitFor()
  await page.evaluate(() => call.say('Good morning'))
  await captions.getByText('Ada: Good morning', { exact: true }).waitFor()
  expect(await page.evaluate(() => call.lines())).toEqual([{ text: 'Good morning', isLive: true }])
  await page.evaluate(() => call.botLeaves())
  expect(await page.evaluate(() => call.lines())).toEqual([{ text: 'Good morning', isLive: false }])
  expect(errors).toEqual([])
})
