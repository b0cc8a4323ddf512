/** Takes the pictures of the README from the real page: `docs/pictures/*.png`. */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadModule } from './loadModule.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'docs/pictures')
const WIDTH = 1_440
const TALL = 1_800
const MARGIN = 16

/** Each waits for what it has to show, and fails where that does not come. */
const scenes = [
  {
    name: 'call',
    query: '',
    async wait(page) {
      await page.getByText('One task runs: every minute is billed once.').waitFor()
      const captions = page.getByRole('region', { name: 'Captions on Ada’s laptop', exact: true })
      await captions.getByText('Ada: Good morning, everybody.', { exact: true }).waitFor()
      await captions.getByText(/^Grace: Morn/).waitFor()
    },
  },
  {
    name: 'compare',
    query: '?compare',
    async wait(page) {
      await page.getByText(/^2 tasks run in one channel/).waitFor()
      const captions = page.getByRole('region', { name: /^Captions on Ada’s laptop, without$/ })
      const twice = captions.getByText('Ada: Good morning, everybody.', { exact: true })
      await twice.nth(1).waitFor()
    },
  },
]

const { serveDemo, addressOf, openDemo } = await loadModule('test/browser/openDemo.ts')
const { launchChromium } = await loadModule('test/browser/chromium.ts')

execFileSync('npm', ['run', '--silent', 'demo:build'], { cwd: root, stdio: 'inherit' })
mkdirSync(folder, { recursive: true })
const server = await serveDemo()
const browser = await launchChromium()
const address = addressOf(server)
const post = (name, body) =>
  fetch(`${address}demo/${name}`, { method: 'POST', ...(body && { body: JSON.stringify(body) }) })

for (const { name, query, wait } of scenes) {
  await post('reset')
  const { page } = await openDemo(browser, address, {
    query,
    viewport: { width: WIDTH, height: TALL },
    colorScheme: 'light',
    // The pointer's place, blinks and nods would differ each time.
    reducedMotion: 'reduce',
  })
  await page.getByRole('button', { name: 'Everyone clicks now' }).click()
  await page.getByRole('button', { name: 'Captions on' }).first().waitFor()
  await page.mouse.move(0, 0)
  await page.evaluate(() => document.activeElement?.blur())
  // From the beginning of the talk.
  await post('switch', { isCrowded: false })
  await wait(page)
  const { y, height } = await page.locator('.devices').boundingBox()
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path, clip: { x: 0, y: 0, width: WIDTH, height: y + height + MARGIN } })
  process.stdout.write(`${path}\n`)
  await page.context().close()
}
await browser.close()
await server.close()
process.exit(0)
