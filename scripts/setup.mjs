/** Brings Chromium for the browser tests where it is missing: Debian's, else Playwright's own. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright-core'

const DEBIAN_CHROMIUM = '/usr/bin/chromium'
const run = (command, args) => execFileSync(command, args, { stdio: 'inherit' })

function find() {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named)) {
    throw new Error(`CHROMIUM_PATH names ${named}, where there is nothing.`)
  }
  const candidates = [named, DEBIAN_CHROMIUM, chromium.executablePath()]
  return candidates.find((path) => path && existsSync(path))
}

function install() {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    run('apt-get', ['update', '-qq'])
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu'])
    return
  }
  const require = createRequire(import.meta.url)
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js')
  run(process.execPath, [cli, 'install', 'chromium'])
}

if (!find()) install()
const found = find()
if (!found) throw new Error('Chromium is still missing. Install it and set CHROMIUM_PATH.')
process.stdout.write(`Chromium: ${found}\n`)
