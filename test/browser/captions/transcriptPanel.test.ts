import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from '../chromium.ts'
import { type PageServer, servePage } from '../servePage.ts'
import type { PanelPage } from './panelPage.tsx'

declare const panel: PanelPage

const FRAMES = 120

let browser: Browser
let server: PageServer

beforeAll(async () => {
  server = await servePage(fileURLToPath(new URL('panelPage.tsx', import.meta.url)))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function openPanel(lines: number): Promise<Page> {
  const page = await browser.newPage()
  await page.goto(server.address)
  await page.evaluate((count) => panel.add(count), lines)
  await page.getByRole('region', { name: 'Transcript' }).getByText('sixty').first().waitFor()
  return page
}

/** Of sorted values, by their rank from 0 to 1. */
function at(rank: number, values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(rank * (sorted.length - 1))] ?? Number.NaN
}

test('default: a panel with 100,000 lines scrolls as smoothly as one with 1,000', async () => {
  const short = await openPanel(1_000)
  const long = await openPanel(100_000)
  const scroll = (page: Page) => page.evaluate((frames) => panel.scroll(frames), FRAMES)
  const times: Record<'short' | 'long', number[]> = { short: [], long: [] }
  for (let round = 0; round < 2; round++) {
    await short.bringToFront()
    times.short.push(...(await scroll(short)))
    await long.bringToFront()
    times.long.push(...(await scroll(long)))
  }
  const shown = (values: readonly number[]) =>
    [0.5, 0.95, 1].map((rank) => at(rank, values).toFixed(1)).join(' / ')
  const figures = `1,000 lines: ${shown(times.short)} ms, 100,000 lines: ${shown(times.long)} ms`
  expect(await long.evaluate(() => panel.countRows())).toBeLessThan(500)
  expect(at(0.5, times.long), figures).toBeLessThan(1.5 * at(0.5, times.short))
  expect(at(0.95, times.long), figures).toBeLessThan(2 * at(0.95, times.short))
})
