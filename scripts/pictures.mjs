/**
 * Makes the pictures of the README from the demo's production build. Every one waits until the page shows what it is about,
 * and fails where that does not come.
 */
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { loadModule } from './loadModule.mjs'

const at = (path) => fileURLToPath(new URL(`../docs/pictures/${path}`, import.meta.url))
/** People begin to talk anew for each try: what is to be seen together may have gone meanwhile. */
const MAX_TRIES = 5
const ROOM_PX = 16

const { default: buildDemo } = await loadModule('test/browser/buildDemo.ts')
const { launchChromium } = await loadModule('test/browser/chromium.ts')
const { DemoBackend } = await loadModule('test/browser/demoBackend.ts')
const { addressOf, openDemo, serveDemo } = await loadModule('test/browser/openDemo.ts')

/** Ada has finished, Grace is in the middle of her answer. */
const EXCHANGE = {
  english: [/^Ada: Let’s start with the new release\. .* people like it\.$/, /^Grace: Very much so\. \w/],
  german: [/^Ada: Fangen wir mit der neuen Version an\. .* sie gefällt\.$/, /^Grace: Und wie\. \w/],
}

const scenes = [
  {
    name: 'call.png',
    query: '',
    width: 1120,
    part: '.devices',
    async set({ page, backend }) {
      await clickEverywhere(page, 2)
      await backend.setSwitches({ isCrowded: false })
    },
    async isShown({ page }) {
      const windows = [windowOf(page), frameOf(page)]
      const [ada, lena] = await Promise.all(windows.map(captionsOf))
      return isExchange(ada, EXCHANGE.english) && isExchange(lena, EXCHANGE.german)
    },
  },
  {
    name: 'compare.png',
    query: '?compare',
    width: 1280,
    part: '.devices',
    async set({ page, backend }) {
      await clickEverywhere(page, 2)
      for (const title of ['Ada’s laptop, without', 'Lena’s tablet, without']) {
        await page.getByRole('region', { name: title, exact: true }).getByText('Stop').waitFor()
      }
      await page.getByText('2 tasks run in one channel: every minute is billed twice.').waitFor()
      await page.getByText('One task runs: every minute is billed once.').waitFor()
      await backend.setSwitches({ isCrowded: false })
    },
    async isShown({ page }) {
      const [ada, lena] = await Promise.all([windowOf(page), frameOf(page)].map(captionsOf))
      return isExchange(ada, EXCHANGE.english) && isExchange(lena, EXCHANGE.german)
    },
  },
  {
    name: 'tour.png',
    query: '',
    width: 1280,
    part: '.devices',
    async set({ page }) {
      await page.getByRole('button', { name: 'Take the tour' }).click()
      await page.getByRole('button', { name: 'Click on both devices' }).click()
    },
    isShown: async ({ page }) =>
      (await page.locator('.tour-outcome').textContent()).startsWith('Two clicks, one start'),
  },
]

const windowOf = (page) => page.getByRole('region', { name: 'Ada’s laptop', exact: true })
const frameOf = (page) => page.frameLocator('iframe')

async function clickEverywhere(page, count) {
  await page.getByRole('button', { name: 'Everyone clicks now' }).click()
  await page.locator('.events li[data-decision="started"]').waitFor()
  await page.locator('.events li[data-decision="joined"]').nth(count - 2).waitFor()
}

const captionsOf = (place) => place.locator('.stt-line').allTextContents()

const isExchange = (lines, patterns) =>
  lines.length === patterns.length && patterns.every((pattern, index) => pattern.test(lines[index]))

async function takePicture(browser, address, scene) {
  const { page, witness } = await openDemo(browser, address, {
    query: scene.query,
    viewport: { width: scene.width, height: 900 },
  })
  const stage = { page, backend: new DemoBackend(address) }
  for (let count = 1; count <= MAX_TRIES; count += 1) {
    await stage.backend.reset()
  }
}
