import { writeFile } from 'node:fs/promises'
import { type Browser, chromium } from 'playwright-core'
import { findChromium, QUIET_FLAGS } from '../../browser/chromium.ts'

/** A browser that gets a processor before what else runs on the machine, where the system lets it. */
export interface PreferredBrowser {
  browser: Browser
  isPreferred: boolean
  close(): Promise<void>
}

/** As `nice` counts: -20 to 19. */
const NICENESS = -15

export async function launchPreferredBrowser(): Promise<PreferredBrowser> {
  const server = await chromium.launchServer({ executablePath: findChromium(), args: QUIET_FLAGS })
  const isPreferred = await prefer(server.process().pid)
  const browser = await chromium.connect(server.wsEndpoint())
  return { browser, isPreferred, close: () => server.close() }
}

/** Linux shares the processors among sessions, and a browser has one of its own: being nice within it changes nothing. */
async function prefer(pid: number | undefined): Promise<boolean> {
  try {
    await writeFile(`/proc/${pid}/autogroup`, String(NICENESS))
    return true
  } catch {
    return false
  }
}
