import { existsSync } from 'node:fs'

const DEBIAN_FIREFOX = '/usr/bin/firefox-esr'

/** `FIREFOX_PATH`, else Debian's. */
export function findFirefox(): string {
  const path = process.env.FIREFOX_PATH || DEBIAN_FIREFOX
  if (existsSync(path)) return path
  throw new Error(
    `No Firefox at ${path}. Run \`npm run setup\`, or set FIREFOX_PATH to its executable.`,
  )
}
