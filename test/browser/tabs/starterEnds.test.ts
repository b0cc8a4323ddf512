import type { Browser, Page } from 'puppeteer-core'
import { describe, expect, test, vi } from 'vitest'
import type { ClientTab } from './clientPage.ts'
import {
  comeBack,
  crashTab,
  launchFirefoxTabs,
  launchTabs,
  leaveTab,
  openTabs,
} from './openTabs.ts'
import { setUpTabs, type TabSetting } from './setUpTabs.ts'

declare const tab: ClientTab

interface Ending {
  how: string
  end: (starter: Page) => Promise<unknown>
  /** What of its start is still to come: all of it, which arrives when another has started, or the answer. */
  part?: 'all of it' | 'its answer'
  /** How the tab that waits is seen. */
  seen: 'visible' | 'hidden'
  limitMs: number
  /** What becomes of the tab then. */
  andThen?: (starter: Page) => Promise<void>
}

const close = (starter: Page) => starter.close()
const setLifecycle = (state: 'frozen' | 'active') => async (starter: Page) => {
  const session = await starter.createCDPSession()
  await session.send('Page.setWebLifecycleState', { state })
}
const comeBackFromCache = async (starter: Page) => {
  await comeBack(starter)
  expect(await starter.evaluate(() => tab.wasRestored)).toBe(true)
}

const visible = { seen: 'visible', limitMs: 7_000 } as const
const hidden = { seen: 'hidden', limitMs: 12_000 } as const
/** A claim stands for 30 s where its writer may still be there. */
const intended = { seen: 'visible', limitMs: 37_000 } as const

/** The long ones first: the others run beside them. */
const chromiumEndings: Ending[] = [
  { how: 'is frozen', end: setLifecycle('frozen'), andThen: setLifecycle('active'), ...intended },
  {
    how: 'is offline',
    end: (starter) => starter.setOfflineMode(true),
    andThen: (starter) => starter.setOfflineMode(false),
    ...intended,
  },
  { how: 'is closed', end: close, ...visible },
  { how: 'is closed', end: close, ...hidden },
  { how: 'crashes', end: crashTab, ...visible },
  { how: 'crashes', end: crashTab, ...hidden },
  { how: 'crashes', part: 'its answer', end: crashTab, ...visible },
  { how: 'is cached', end: leaveTab, andThen: comeBackFromCache, ...visible },
  { how: 'is cached', end: leaveTab, andThen: comeBackFromCache, ...hidden },
]

/** Firefox does not cache a page that waits for an answer or holds a lock. */
const firefoxEndings: Ending[] = [
  { how: 'is closed', end: close, ...visible },
  { how: 'is closed', end: close, ...hidden },
  { how: 'is left', part: 'its answer', end: leaveTab, ...visible },
]

describe('Chromium', { concurrent: true }, () => testEndings(launchTabs, chromiumEndings))
/** One by one: all of its tabs are in one window, so one is visible. */
describe('Firefox', () => testEndings(launchFirefoxTabs, firefoxEndings))

function testEndings(launch: () => Promise<Browser>, endings: Ending[]): void {
  const setting = setUpTabs(launch)
  for (const [index, ending] of endings.entries()) {
    const { how, part = 'all of it', seen } = ending
    const when = part === 'all of it' ? 'before its start arrives' : 'before its answer'
    test(
      `behaviour: the starter ${how} ${when}, and a ${seen} tab gets there`,
      () => playEnding(setting, `ending-${index}`, ending),
      90_000,
    )
  }
}

async function playEnding(
  { service, browser, server }: TabSetting,
  channel: string,
  { part = 'all of it', end, andThen, seen, limitMs }: Ending,
): Promise<void> {
  const profile = await browser.createBrowserContext()
  const opened = await openTabs(profile, server.address, 3)
  const [starter, waiter, other] = opened as [Page, Page, Page]
  const read = (page: Page) => page.evaluate((name) => tab.read(name), channel)
  const enable = (page: Page) => page.evaluate((name) => tab.enable(name), channel)
  const soon = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 50 })

  const held = service.holdStart(channel, part)
  enable(starter).catch(() => {})
  await held.arrived
  const enabled = enable(waiter)
  await soon(async () => expect((await read(waiter)).status).toBe('enabling'))
  await (seen === 'visible' ? waiter : other).bringToFront()

  const begunAt = Date.now()
  await end(starter)
  const taskId = await enabled
  const tookMs = Date.now() - begunAt
  expect(await waiter.evaluate(() => document.visibilityState)).toBe(seen)
  expect(await read(waiter)).toMatchObject({ status: 'enabled', taskId })
  expect(tookMs).toBeLessThan(limitMs)

  held.letGo()
  await andThen?.(starter)
  const left = andThen ? [starter, waiter] : [waiter]
  await soon(async () => {
    for (const page of left) {
      expect(await read(page)).toMatchObject({ status: 'enabled', taskId })
    }
  })
  expect(await enable(other)).toBe(taskId)
  expect(service.agora.liveTasks(channel).map((task) => task.taskId)).toEqual([taskId])
  await profile.close()
}
