/** Brings the browsers of the browser tests where they are missing: Chromium, Debian's or Playwright's own, and Firefox ESR. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

const APT = '/usr/bin/apt-get'
const run = (command, args) => execFileSync(command, args, { stdio: 'inherit' })
const hasApt = process.getuid?.() === 0 && existsSync(APT)

const browsers = [
  {
    name: 'Chromium',
    variable: 'CHROMIUM_PATH',
    places: ['/usr/bin/chromium', chromium.executablePath()],
    packages: ['chromium', 'fonts-dejavu'],
    installWithoutApt() {
      const require = createRequire(import.meta.url)
      const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js')
      run(process.execPath, [cli, 'install', 'chromium'])
    },
  },
  {
    name: 'Firefox ESR',
    variable: 'FIREFOX_PATH',
    places: ['/usr/bin/firefox-esr'],
    packages: ['firefox-esr'],
    // Playwright's own is patched, and speaks no WebDriver BiDi to puppeteer.
    installWithoutApt() {},
  },
]

function find({ variable, places }) {
  const named = process.env[variable]
  if (named && !existsSync(named)) {
    throw new Error(`${variable} names ${named}, where there is nothing.`)
  }
  return [named, ...places].find((path) => path && existsSync(path))
}

function install({ packages, installWithoutApt }) {
  if (!hasApt) return installWithoutApt()
  run(APT, ['update', '-qq'])
  run(APT, ['install', '-y', '-qq', '--no-install-recommends', ...packages])
}

const missing = []
for (const browser of browsers) {
  const { name, variable } = browser
  if (!find(browser)) install(browser)
  const found = find(browser)
  if (found) process.stdout.write(`${name}: ${found}\n`)
  else missing.push(`${name} is still missing. Install it and set ${variable}.`)
}
if (missing.length > 0) throw new Error(missing.join('\n'))
