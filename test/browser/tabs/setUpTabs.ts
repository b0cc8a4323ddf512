import type { Browser } from 'puppeteer-core'
import { afterAll, beforeAll } from 'vitest'
import type { PageServer } from '../servePage.ts'
import { serveTabs } from './openTabs.ts'
import { createTabService, type TabService } from './tabService.ts'

export interface TabSetting {
  readonly service: TabService
  browser: Browser
  server: PageServer
}

/** One browser, and one service for the clients in its tabs, for a group of tests. */
export function setUpTabs(launch: () => Promise<Browser>): TabSetting {
  const setting = { service: createTabService() } as TabSetting

  beforeAll(async () => {
    setting.server = await serveTabs('clientPage.ts', setting.service.answer)
    setting.browser = await launch()
  })

  afterAll(async () => {
    await setting.browser?.close()
    await setting.server?.close()
  })

  return setting
}
