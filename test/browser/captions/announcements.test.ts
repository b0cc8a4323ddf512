import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { type PageServer, servePage } from '../servePage.ts'
import type { AnnouncementsPage } from './announcementsPage.tsx'

declare const announcements: AnnouncementsPage

const SENTENCES = 200

let browser: Browser
let server: PageServer

beforeAll(async () => {
  server = await servePage(fileURLToPath(new URL('announcementsPage.tsx', import.meta.url)))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

test('options: announce, 200 sentences are announced once, politely, and nothing provisional', async () => {
  const page = await browser.newPage()
  await page.goto(server.address)
  const log = page.getByRole('log', { name: 'Captions, as they are spoken' })
  await log.waitFor({ state: 'attached' })
  expect(await log.getAttribute('aria-live')).toBe('polite')
  await page.evaluate((count) => announcements.speak(count), SENTENCES)
  const announced = await page.evaluate(() => announcements.announced)
  const joined = announced.map((text) => text.replace(/^Speaker \d: /, '')).join(' ')
  const expected = Array.from({ length: SENTENCES }, (_, at) => `Sentence ${at + 1}, and its end.`)
  expect(joined).toBe(expected.join(' '))
  for (const text of announced) expect(text).toMatch(/^Speaker [01]: /)
})
