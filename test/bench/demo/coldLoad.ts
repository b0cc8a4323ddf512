import type { BrowserContext, Page } from 'playwright-core'
import { launchChromium } from '../../browser/chromium.ts'

/** A first visit, in ms since the address was entered. */
export interface ColdLoad {
  /** Captions can be enabled. */
  pressableMs: number
  /** Every device listens. */
  readyMs: number
}

type Recording = typeof globalThis & { coldLoad: Partial<ColdLoad> }

/** In a browser that has just been started and has an empty profile. */
export async function measureColdLoad(address: string): Promise<ColdLoad> {
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    await recordLoad(context)
    const page = await context.newPage()
    await page.goto(address)
    return await readLoad(page)
  } finally {
    await browser.close()
  }
}

async function recordLoad(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const coldLoad: Partial<ColdLoad> = {}
    ;(globalThis as Recording).coldLoad = coldLoad
    const moments = [
      ['pressableMs', '.captions-button[aria-disabled="false"]'],
      ['readyMs', '.scene-press .button-strong[aria-disabled="false"]'],
    ] as const
    new MutationObserver(() => {
      for (const [moment, selector] of moments) {
        if (coldLoad[moment] === undefined && document.querySelector(selector)) {
          coldLoad[moment] = performance.now()
        }
      }
    }).observe(document, { subtree: true, childList: true, attributes: true })
  })
}

async function readLoad(page: Page): Promise<ColdLoad> {
  const read = await page.waitForFunction(() => {
    const { pressableMs, readyMs } = (globalThis as Recording).coldLoad
    return pressableMs !== undefined && readyMs !== undefined && { pressableMs, readyMs }
  })
  return (await read.jsonValue()) as ColdLoad
}
