import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const DEBIAN_CHROMIUM = '/usr/bin/chromium'

export const QUIET_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** `CHROMIUM_PATH`, else Debian's, else Playwright's own. */
export function findChromium(): string {
  const named = process.env.CHROMIUM_PATH
  const candidates = named ? [named] : [DEBIAN_CHROMIUM, chromium.executablePath()]
  const found = candidates.find((path) => path !== '' && existsSync(path))
  if (found) return found
  throw new Error(
    `No Chromium at ${candidates.join(' or ')}. Run \`npm run setup\`, or set CHROMIUM_PATH to its executable.`,
  )
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: QUIET_FLAGS })
}
