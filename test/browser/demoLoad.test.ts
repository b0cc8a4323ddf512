import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import type { PreviewServer } from 'vite'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { overlayOf, sentence } from './captionsPage.ts'
import { findChromium, QUIET_FLAGS } from './chromium.ts'
import { type CountingProxy, openCountingProxy } from './countingProxy.ts'
import { DemoBackend } from './demoBackend.ts'
import { button, deviceOf, expectEverywhere, plainWindowOf } from './demoPage.ts'
import { recordLayoutShifts, takeLayoutShifts } from './layoutShifts.ts'
import { addressOf, serveDemo, untilReady } from './openDemo.ts'

/** High enough for the whole page, so that whatever moves is seen to. */
const DESKTOP = { width: 1280, height: 3_200 }
const LAPTOP = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 6_000 }
const ASSETS = fileURLToPath(new URL('../../demo/dist/assets', import.meta.url))

let proxy: CountingProxy
let browser: Browser
let server: PreviewServer
let backend: DemoBackend

beforeAll(async () => {
  proxy = await openCountingProxy()
  browser = await chromium.launch({
    executablePath: findChromium(),
    // What is for this machine goes past it.
    args: [...QUIET_FLAGS, `--proxy-server=${proxy.address}`],
  })
  server = await serveDemo()
  backend = new DemoBackend(addressOf(server))
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
  proxy?.close()
})

beforeEach(async () => {
  await backend.reset()
})

interface ColdPage {
  page: Page
  /** Console messages and uncaught errors. */
  messages: string[]
  /** Of every answer, its path and how many bytes came over the wire. */
  answers: { path: string; bytes: number }[]
}

/** In a browser context that holds nothing. */
async function openCold(query: string, viewport = DESKTOP): Promise<ColdPage> {
  const context = await browser.newContext({ viewport })
  await recordLayoutShifts(context)
  const page = await context.newPage()
  const messages: string[] = []
  const answers: ColdPage['answers'] = []
  page.on('console', (message) => messages.push(message.text()))
  page.on('pageerror', ({ message }) => messages.push(message))
  page.on('requestfinished', async (request) => {
    const { responseBodySize, responseHeadersSize } = await request.sizes()
    const { pathname } = new URL(request.url())
    answers.push({ path: pathname, bytes: responseBodySize + responseHeadersSize })
  })
  await page.goto(`${addressOf(server)}${query}`)
  await untilReady(page)
  return { page, messages, answers }
}

/** As no person does it: Chromium forgives what moves within half a second of a click. */
const pressUnseen = (one: Locator) => one.evaluate((element) => (element as HTMLElement).click())

/** What moved besides the lines of captions: words that are spoken push older ones up. */
const takeShiftsBesidesSpeech = async (page: Page) =>
  (await takeLayoutShifts(page)).filter(({ isSpeech }) => !isSpeech)

const OWNERS = ['Ada', 'Lena'] as const

const QUERIES = ['?devices=1', '', '?devices=4', '?compare', '?devices=4&compare']

test.each([
  ...QUERIES.map((query) => ({ query, viewport: DESKTOP })),
  ...QUERIES.map((query) => ({ query, viewport: PHONE })),
  { query: '', viewport: LAPTOP },
])('default: nothing moves while $query loads, $viewport.width wide', async (row) => {
  const { page, messages } = await openCold(row.query, row.viewport)
  expect(await takeLayoutShifts(page)).toEqual([])
  expect(messages).toEqual([])
  expect(proxy.asked).toEqual([])
  await page.context().close()
})

/** Of a page alone, and more for each frame: every origin has a cache of its own. */
const ANSWERS = { page: 7, frame: 6 }
const MAX_BYTES = { page: 180_000, frame: 150_000 }

test.each([1, 2, 4])(
  'default: %i devices ask for little, and not for the real SDK',
  async (count) => {
    const { page, answers } = await openCold(`?devices=${count}`)
    const frames = count - 1
    await page.waitForLoadState('networkidle')
    await expect.poll(() => answers.length).toBe(ANSWERS.page + frames * ANSWERS.frame)
    const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0)
    expect(bytes).toBeLessThanOrEqual(MAX_BYTES.page + frames * MAX_BYTES.frame)

    const assets = await readdir(ASSETS)
    const withSdk: string[] = []
    for (const asset of assets) {
      const text = await readFile(`${ASSETS}/${asset}`, 'utf8')
      if (text.includes('AgoraRTC')) withSdk.push(`/assets/${asset}`)
      // The developer tools would ask for it.
      expect(text).not.toContain('sourceMappingURL')
    }
    expect(withSdk).toHaveLength(1)
    expect(answers.map(({ path }) => path)).not.toContain(withSdk[0])
    await page.context().close()
  },
)

test('behaviour: nothing but words moves from the click to the stop, also when a crowd comes', async () => {
  const { page, messages } = await openCold('?compare')
  await pressUnseen(button(page, 'Everyone clicks now'))
  await expectEverywhere(page, 'Captions on')
  await Promise.all(OWNERS.map((owner) => plainWindowOf(page, owner).getByText('Stop').waitFor()))
  await backend.setSwitches({ isCrowded: false })
  await sentence(overlayOf(page, 'Lena'), 'Lena: Guten Morgen aus Berlin!').waitFor()
  expect(await takeShiftsBesidesSpeech(page)).toEqual([])

  await backend.setSwitches({ isCrowded: true })
  for (const owner of OWNERS) {
    await expect.poll(() => deviceOf(page, owner).locator('.tile').count()).toBe(8)
  }
  await overlayOf(page, 'Lena').getByText('Omar:').first().waitFor()
  expect(await takeShiftsBesidesSpeech(page)).toEqual([])

  await backend.setSwitches({ isCrowded: false })
  await pressUnseen(button(deviceOf(page, 'Ada'), 'Captions on'))
  await expectEverywhere(page, 'Enable captions')
  expect(await takeShiftsBesidesSpeech(page)).toEqual([])
  expect(messages).toEqual([])
  expect(proxy.asked).toEqual([])
  await page.context().close()
})
