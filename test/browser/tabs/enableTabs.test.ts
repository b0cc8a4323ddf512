import type { Browser, Page } from 'puppeteer-core'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { ClientTab } from './clientPage.ts'
import { comeBack, launchFirefoxTabs, launchTabs, leaveTab, openTabs } from './openTabs.ts'
import { setUpTabs } from './setUpTabs.ts'
import type { TabCall } from './tabService.ts'

declare const tab: ClientTab

const ROUNDS = Number(process.env.STT_ROUNDS ?? 10)
const TABS = 8
const INTERVAL_MS = 1_000
/** A request may be longer on its way than the next one, on a busy machine. */
const TRANSIT_MS = 250

type FourOrMore = [Page, Page, Page, Page, ...Page[]]

describe('Chromium', () => testTabs(launchTabs))
describe('Firefox', () => testTabs(launchFirefoxTabs))

function testTabs(launch: () => Promise<Browser>): void {
  const setting = setUpTabs(launch)
  const { service } = setting
  let tabs: Page[]

  beforeAll(async () => {
    tabs = await openTabs(setting.browser, setting.server.address, TABS)
  })

  /** The tabs in another order for each round. */
  const turned = (round: number) => tabs.map((_, index) => tabs[(index + round) % TABS] as Page)
  const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 50 })
  const read = (page: Page, channel: string) => page.evaluate((name) => tab.read(name), channel)
  const readAll = (channel: string) => Promise.all(tabs.map((page) => read(page, channel)))

  test('default: of 8 tabs that enable at the same moment one starts, and all are enabled', {
    timeout: 60_000 + ROUNDS * 10_000,
  }, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      // Every other round in a channel that was disabled.
      const channel = `round-${Math.floor(round / 2)}`
      const [loading, fresh, fresher, front, ...others] = turned(round) as FourOrMore
      await front.bringToFront()
      await Promise.all([fresh, fresher].map((page) => page.goto(setting.server.address)))
      const settled: Page[] = [fresh, fresher, front, ...others]
      await Promise.all(
        settled.map((page) => page.evaluate((name) => tab.enableOnSignal(name), channel)),
      )
      const first = service.calls.length
      const held = service.holdStart(channel, 'its answer')
      await loading.goto(`${setting.server.address}?enable=${channel}`)
      await soon(async () => {
        for (const { status } of await readAll(channel)) expect(status).toBe('enabling')
      })
      held.letGo()
      const outcomes = await Promise.all(tabs.map((page) => page.evaluate(() => tab.outcome())))
      const [task, ...more] = service.agora.liveTasks(channel)
      expect(more).toEqual([])
      expect(outcomes).toEqual(tabs.map(() => task?.taskId))
      const shown = await readAll(channel)
      for (const { status, taskId } of shown) {
        expect([status, taskId]).toEqual(['enabled', task?.taskId])
      }
      const started = tabs.filter((_, index) => shown[index]?.origin === 'started')
      const ids = await Promise.all(started.map((page) => page.evaluate(() => tab.id)))
      const sent = service.calls.slice(first).map(({ tab, path }) => [tab, path])
      expect(sent).toEqual([[ids[0], 'join']])
      if (round % 2 === 1) continue
      await started[0]?.evaluate((name) => tab.disable(name), channel)
      await soon(async () => {
        for (const { status } of await readAll(channel)) expect(status).toBe('disabled')
      })
    }
    expectSpaced(service.calls)
  })

  test('default: what tabs send is a second apart, whatever it is for', async () => {
    const first = service.calls.length
    const [starters, lookers] = [tabs.slice(0, 5), tabs.slice(5, 7)]
    const enables = starters.map((page, index) =>
      page.evaluate((name) => tab.enable(name), `apart-${index}`),
    )
    const looks = lookers.map((page) => page.evaluate(() => tab.refresh('empty')))
    expect(await Promise.all(enables)).toEqual(
      starters.map((_, index) => service.agora.liveTasks(`apart-${index}`)[0]?.taskId),
    )
    expect(await Promise.all(looks)).toEqual(['none', 'none'])
    const sent = service.calls.slice(first)
    expect(new Set(sent.map((call) => call.tab)).size).toBe(7)
    expectSpaced(sent)
  })

  test('behaviour: a tab that comes out of the back/forward cache shows what was started meanwhile', async () => {
    const [starter] = tabs as FourOrMore
    // Firefox keeps no page that holds a lock, as those do that show a session.
    const [away] = (await openTabs(setting.browser, setting.server.address, 1)) as [Page]
    await away.evaluate(() => tab.show('meanwhile'))
    await soon(async () => expect((await read(away, 'meanwhile')).status).toBe('disabled'))
    await leaveTab(away)
    const taskId = await starter.evaluate(() => tab.enable('meanwhile'))
    const first = service.calls.length
    await comeBack(away)
    expect(await away.evaluate(() => tab.wasRestored)).toBe(true)
    await soon(async () =>
      expect(await read(away, 'meanwhile')).toMatchObject({ status: 'enabled', taskId }),
    )
    expect(service.calls.slice(first)).toEqual([])
  })
}

function expectSpaced(calls: TabCall[]): void {
  const gapsOf = (moments: number[]) =>
    moments
      .sort((a, b) => a - b)
      .flatMap((at, index, all) => (index === 0 ? [] : [at - (all[index - 1] ?? 0)]))
  const sent = gapsOf(calls.map(({ sentAt }) => sentAt))
  const arrived = gapsOf(calls.map(({ arrivedAt }) => arrivedAt))
  expect(Math.min(...sent)).toBeGreaterThanOrEqual(INTERVAL_MS)
  expect(Math.min(...arrived)).toBeGreaterThanOrEqual(INTERVAL_MS - TRANSIT_MS)
}
