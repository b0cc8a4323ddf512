import type { Browser, Locator, Page } from 'playwright-core'
import type { ViteDevServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import {
  addressOf,
  DemoBackend,
  findBarriers,
  type OpenDemo,
  openDemo,
  serveDemo,
} from './openDemo.ts'

/** The gate keeps 1000 ms between sends; what is measured here is arrivals. */
const MIN_GAP_MS = 950
const APIS = ['v6', 'v7'] as const
const TOKEN = /007[A-Za-z0-9+/=]{20,}/

let server: ViteDevServer
let browser: Browser
let backend: DemoBackend
let demo: OpenDemo

beforeAll(async () => {
  browser = await launchChromium()
  server = await serveDemo()
  backend = new DemoBackend(addressOf(server))
  // The first load also pre-bundles the dependencies.
  const { page } = await openDemo(browser, addressOf(server))
  await page.context().close()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

beforeEach(async () => {
  await backend.reset()
  demo = await openDemo(browser, addressOf(server))
})

afterEach(async () => {
  await demo.page.context().close()
})

const windowOf = (page: Page, name: 'Ada' | 'Grace') =>
  page.getByRole('region', { name: `${name}’s window` })

const everyWindow = (page: Page) => [windowOf(page, 'Ada'), windowOf(page, 'Grace')]

const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name })

const clickEverywhere = (page: Page) => button(page, 'Everyone clicks now').click()

async function choose(page: Page, ...options: string[]): Promise<void> {
  for (const name of options) await page.getByRole('radio', { name, exact: true }).check()
}

async function expectEverywhere(page: Page, buttonName: string): Promise<void> {
  for (const one of everyWindow(page)) await button(one, buttonName).waitFor()
}

/** What a window shows beside a term. */
const fact = (one: Locator, term: string) =>
  one
    .locator('dl > div')
    .filter({ has: one.page().getByText(term, { exact: true }) })
    .locator('dd')
    .textContent()

async function expectError(page: Page, code: string, sentence: RegExp): Promise<void> {
  for (const one of everyWindow(page)) {
    const alert = one.getByRole('alert')
    await alert.getByText(code, { exact: true }).waitFor()
    expect(await alert.textContent()).toMatch(sentence)
    expect(await fact(one, 'Status')).toBe('disabled')
  }
}

/** Every click on a captions button, and the turn of the event loop it fell into. */
function recordClicks(page: Page) {
  return page.evaluateHandle(() => {
    const clicks: { button: string; turn: number }[] = []
    let turn = 0
    document.addEventListener(
      'click',
      ({ target }) => {
        const button = (target as Element).closest('.captions-button')
        if (button) clicks.push({ button: button.textContent, turn })
        queueMicrotask(() => {
          turn += 1
        })
      },
      true,
    )
    return clicks
  })
}

async function countRequests(operation: string): Promise<number> {
  const { requests } = await backend.getState()
  return requests.filter((request) => request.operation === operation).length
}

async function smallestGap(): Promise<number> {
  const { requests } = await backend.getState()
  expect(requests.length).toBeGreaterThan(1)
  const gaps = requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0))
  return Math.min(...gaps)
}

test('default: the page loads without a message and asks nobody else', async () => {
  const { page, witness } = demo
  expect(await page.title()).toContain('captions')
  await expectEverywhere(page, 'Enable captions')
  expect(await page.getByRole('radio', { name: 'v6' }).isChecked()).toBe(true)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test.each(APIS)('behaviour: %s, everyone clicks at once, one task starts', async (api) => {
  const { page, witness } = demo
  await choose(page, api)
  const clicks = await recordClicks(page)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')

  const [first, second, ...others] = await clicks.jsonValue()
  expect(first).toMatchObject({ button: 'Enable captions', turn: second?.turn })
  expect(second).toMatchObject({ button: 'Enable captions' })
  expect(others).toEqual([])
  expect(await countRequests('start')).toBe(1)
  expect(await countRequests('acquire')).toBe(api === 'v6' ? 1 : 0)
  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(1)
  for (const one of everyWindow(page)) {
    expect(await fact(one, 'Status')).toBe('enabled')
    expect(await fact(one, 'Task')).toBe(liveTasks[0]?.taskId)
  }
  await page.getByText('One task runs: every minute is billed once.').waitFor()

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).liveTasks).toEqual([])
  expect(await countRequests('stop')).toBe(1)
  await page.getByText('No task runs, so nothing is being billed.').waitFor()
  expect(await smallestGap()).toBeGreaterThanOrEqual(MIN_GAP_MS)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test('behaviour: one window clicks, the other one shows it', async () => {
  const { page } = demo
  await button(windowOf(page, 'Grace'), 'Enable captions').click()
  await expectEverywhere(page, 'Captions on')
  await button(windowOf(page, 'Ada'), 'Captions on').click()
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test.each(APIS)('options: token, %s, expired and invalid ones are told apart', async (api) => {
  const { page } = demo
  await choose(page, api, 'Expired')
  await clickEverywhere(page)
  await expectError(
    page,
    'token_expired',
    /expired.*Let the token provider mint a new one.*set “Token” to “Good”/s,
  )

  await choose(page, 'Invalid')
  await clickEverywhere(page)
  await expectError(
    page,
    'invalid_token',
    /not accept the token.*Check that.*set “Token” to “Good”/s,
  )
  expect((await backend.getState()).startedTasks).toBe(0)

  await choose(page, 'Good')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(await page.getByRole('alert').allInnerTexts()).toEqual(['', ''])
})

test('behaviour: Try again repeats what failed', async () => {
  const { page } = demo
  await choose(page, 'Expired')
  await button(windowOf(page, 'Ada'), 'Enable captions').click()
  await expectError(page, 'token_expired', /Try again/)
  const before = await countRequests('acquire')
  // Younger than a second, the failure would be repeated without a request.
  await page.waitForTimeout(1_200)
  await button(windowOf(page, 'Grace'), 'Try again').click()
  await expect.poll(() => countRequests('acquire'), { timeout: 5_000 }).toBeGreaterThan(before)
  await expectError(page, 'token_expired', /Try again/)
})

test.each(APIS)('options: service not enabled, %s', async (api) => {
  const { page } = demo
  await choose(page, api)
  const toggle = page.getByRole('checkbox', { name: 'Real-Time STT is enabled' })
  await toggle.uncheck()
  await clickEverywhere(page)
  await expectError(
    page,
    'service_not_enabled',
    /Enable it in the Agora Console.*switch “Real-Time STT is enabled” on/s,
  )
  expect(await button(page, 'Try again').count()).toBe(0)
  expect((await backend.getState()).startedTasks).toBe(0)
})

test('options: 2 s latency shows the pending state', async () => {
  const { page } = demo
  await page.getByRole('checkbox', { name: 'Every answer takes 2 s' }).check()
  await choose(page, 'v7')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Starting captions…')
  for (const one of everyWindow(page)) {
    expect(await fact(one, 'Status')).toBe('enabling')
    expect(await button(one, 'Starting captions…').getAttribute('aria-disabled')).toBe('true')
  }
  await page.getByText('Stop captions to change these.').waitFor()
  expect(await page.getByRole('radio', { name: 'v6' }).isDisabled()).toBe(true)
  await page.waitForTimeout(1_000)
  expect(await fact(windowOf(page, 'Ada'), 'Status')).toBe('enabling')
  await expectEverywhere(page, 'Captions on')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Stopping captions…')
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test.each(APIS)('options: answer lost, %s, ends with one task', async (api) => {
  const { page } = demo
  await choose(page, api)
  const toggle = page.getByRole('checkbox', { name: 'The answer to the next start is lost' })
  await toggle.check()
  await clickEverywhere(page)
  await windowOf(page, 'Ada')
    .getByText(/^No answer came\./)
    .waitFor()
  await expectEverywhere(page, 'Captions on')
  const { startedTasks, liveTasks, requests } = await backend.getState()
  expect(startedTasks).toBe(1)
  expect(liveTasks).toHaveLength(1)
  expect(requests.filter(({ status }) => status === null)).toHaveLength(1)
  expect(await fact(windowOf(page, 'Grace'), 'Task')).toBe(liveTasks[0]?.taskId)
  expect(await toggle.isChecked()).toBe(false)
  expect(await smallestGap()).toBeGreaterThanOrEqual(MIN_GAP_MS)
})

test.each(APIS)('options: without this package, %s, two tasks are billed', async (api) => {
  const { page } = demo
  await choose(page, api, 'Without this package')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(2)
  expect(liveTasks).toHaveLength(2)
  await page.getByText('Two tasks run in one channel: every minute is billed twice.').waitFor()

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).liveTasks).toEqual([])
})

test('options: only acquire, no task starts', async () => {
  const { page } = demo
  await page.getByRole('checkbox', { name: 'Only acquire the token' }).check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Token acquired')
  expect(await fact(windowOf(page, 'Ada'), 'Instance token')).toMatch(/^[0-9a-f]{6}…/)
  expect(await countRequests('acquire')).toBe(1)
  expect((await backend.getState()).startedTasks).toBe(0)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
})

test('options: channel, the task runs in it', async () => {
  const { page } = demo
  await page.getByRole('textbox', { name: 'Channel' }).fill('retro')
  await button(page, 'Use it').click()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getState()).liveTasks).toMatchObject([{ channel: 'retro' }])
})

test('behaviour: start over ends everything, in every tab', async () => {
  const { page } = demo
  const tab = await page.context().newPage()
  await tab.goto(addressOf(server))
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  await button(tab, 'Start over').click()
  await expectEverywhere(page, 'Enable captions')
  expect((await backend.getState()).startedTasks).toBe(0)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getState()).startedTasks).toBe(1)
})

test('behaviour: a second tab shows what it knows, and the panel what is true', async () => {
  const { page } = demo
  await choose(page, 'v7')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')

  const tab = await page.context().newPage()
  await tab.goto(addressOf(server))
  await choose(tab, 'v7')
  await tab.getByText('One task runs: every minute is billed once.').waitFor()
  await clickEverywhere(tab)
  await expectEverywhere(tab, 'Captions on')
  const { startedTasks, liveTasks } = await backend.getState()
  expect(startedTasks).toBe(1)
  expect(await fact(windowOf(tab, 'Ada'), 'Task')).toBe(liveTasks[0]?.taskId)
  expect(await fact(windowOf(tab, 'Ada'), 'Origin')).toBe('Joined')
})

test('behaviour: no token is shown or stored', async () => {
  const { page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  const kept = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      // Text without the markup that may split it.
      document.documentElement.textContent,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.cookie,
    ].join('\n'),
  )
  expect(kept).not.toMatch(TOKEN)
  // v6: the instance token is shown by its beginning only.
  expect(kept).not.toMatch(/[0-9a-f]{40}/)
  expect(JSON.stringify(await backend.getState())).not.toMatch(TOKEN)
})

test.each(['light', 'dark'] as const)('behaviour: axe finds nothing, %s', async (colorScheme) => {
  await demo.page.context().close()
  demo = await openDemo(browser, addressOf(server), { colorScheme, reducedMotion: 'reduce' })
  const { page } = demo
  expect(await findBarriers(page)).toEqual([])

  await page.getByRole('checkbox', { name: 'Every answer takes 2 s' }).check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Starting captions…')
  expect(await findBarriers(page)).toEqual([])
  await expectEverywhere(page, 'Captions on')
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('checkbox', { name: 'Every answer takes 2 s' }).uncheck()

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  await choose(page, 'Expired')
  await clickEverywhere(page)
  await expectError(page, 'token_expired', /expired/)
  expect(await findBarriers(page)).toEqual([])

  await choose(page, 'Good', 'Without this package')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(await findBarriers(page)).toEqual([])
})

test('behaviour: nothing sticks out of a narrow window', async () => {
  const { page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  for (const width of [320, 360, 800, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
})

test('behaviour: captions can be enabled by keyboard', async () => {
  const { page } = demo
  const captions = button(windowOf(page, 'Ada'), /captions/i)
  await captions.focus()
  await page.keyboard.press('Enter')
  await expectEverywhere(page, 'Captions on')
  const hasFocus = () => document.activeElement?.textContent?.startsWith('Captions on')
  expect(await page.evaluate(hasFocus)).toBe(true)
})
