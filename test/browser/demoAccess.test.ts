import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  deviceFrames,
  deviceOf,
  expectEverywhere,
  nextStep,
  plainWindowOf,
  stopEverywhere,
  toggle,
  tourOf,
} from './demoPage.ts'
import { findBarriers } from './findBarriers.ts'
import { untilReady } from './openDemo.ts'
import { setUpDemo } from './setUpDemo.ts'

const SCHEMES = ['light', 'dark'] as const

const demo = setUpDemo()

/** In the page and in its frames: axe does not look into other origins. */
async function expectNoBarriers(state: string): Promise<void> {
  const { page } = demo
  const all = await Promise.all([page, ...deviceFrames(page)].map(findBarriers))
  expect(all.flat(), state).toEqual([])
}

test.each(SCHEMES)(
  'behaviour: axe finds nothing from off to on and back, %s',
  async (colorScheme) => {
    await demo.reopen({ colorScheme, reducedMotion: 'reduce' })
    const { backend, page } = demo
    await expectNoBarriers('off')
    await backend.setSwitches({ isSlow: true })
    await clickEverywhere(page)
    await expectEverywhere(page, 'Starting captions…')
    await expectNoBarriers('starting')
    await backend.setSwitches({ isSlow: false })
    await expectEverywhere(page, 'Captions on')
    await deviceOf(page, 'Ada').getByText('For developers').click()
    await expect
      .poll(() => page.locator('.stt-line').count(), { timeout: 20_000 })
      .toBeGreaterThan(1)
    await expectNoBarriers('on')
    await button(deviceOf(page, 'Ada'), 'Caption settings').click()
    await expectNoBarriers('settings')
    await page.keyboard.press('Escape')
    await button(page, 'Read it as WebVTT').click()
    await expectNoBarriers('WebVTT')
    await backend.setSwitches({ isSlow: true })
    await stopEverywhere(page)
    await expectEverywhere(page, 'Stopping captions…')
    await expectNoBarriers('stopping')
  },
)

test.each(SCHEMES)('behaviour: axe finds nothing where it goes wrong, %s', async (colorScheme) => {
  await demo.reopen({ colorScheme, reducedMotion: 'reduce' })
  const { backend, page } = demo
  await choose(page, 'v6', 'Expired')
  await clickEverywhere(page)
  await deviceOf(page, 'Lena').getByText('token_expired', { exact: true }).waitFor()
  await expectNoBarriers('expired')
  await backend.reset()
  await untilReady(page)
  await toggle(page, 'Compare: without this package').check()
  await untilReady(page)
  await clickEverywhere(page)
  await button(plainWindowOf(page, 'Lena'), 'Captions on').waitFor()
  await expectEverywhere(page, 'Captions on')
  await page.getByText(/2 tasks run in one channel/).waitFor()
  await expectNoBarriers('compared')
  await backend.setSwitches({ isCrowded: true })
  await deviceOf(page, 'Ada').getByRole('listitem').nth(7).waitFor()
  await expectNoBarriers('crowded')
})

test.each(SCHEMES)('behaviour: axe finds nothing on the tour, %s', async (colorScheme) => {
  await demo.reopen({ colorScheme, reducedMotion: 'reduce' })
  const { page } = demo
  await button(page, 'Take the tour').click()
  await button(tourOf(page), 'Click on both devices').click()
  await tourOf(page)
    .getByText(/Two clicks/)
    .waitFor()
  await expectNoBarriers('step 1')
  for (let step = 2; step <= 5; step++) {
    await nextStep(page)
    await expectNoBarriers(`step ${step}`)
  }
})

test('behaviour: nothing sticks out, at any width, with text twice as large, from right to left', async () => {
  const { page } = demo
  await choose(page, '4')
  await toggle(page, 'Compare: without this package').check()
  await untilReady(page)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on', 4)
  const variants: [string, () => Promise<void>][] = [
    ['as it is', async () => {}],
    [
      'right to left',
      () => everywhere(page, () => document.documentElement.setAttribute('dir', 'rtl')),
    ],
    [
      '200 %',
      () => everywhere(page, () => document.documentElement.style.setProperty('font-size', '200%')),
    ],
  ]
  for (const [variant, apply] of variants) {
    await apply()
    for (const width of [320, 360, 800, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      const state = `${variant}, ${width} px`
      expect(await page.evaluate(() => document.documentElement.scrollWidth), state).toBe(width)
      expect(await findCut(page), state).toEqual([])
      for (const frame of deviceFrames(page)) {
        expect(await frame.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
          true,
        )
      }
    }
  }
})

test('behaviour: everything is reached and done by keyboard', async () => {
  const { backend, page } = demo
  await page.getByRole('radio', { name: '2', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expectEverywhere(page, 'Enable captions', 3)
  await untilReady(page)
  await button(page, 'Everyone clicks now').focus()
  await page.keyboard.press('Enter')
  await expectEverywhere(page, 'Captions on', 3)
  const own = button(deviceOf(page, 'Ada'), /captions/i).first()
  await own.focus()
  await page.keyboard.press('Enter')
  await expectEverywhere(page, 'Enable captions', 3)
  // It kept the focus while it waited.
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  expect(await focused()).toContain('Enable captions')
  const inFrame = button(deviceOf(page, 'Grace'), 'Enable captions')
  await inFrame.focus()
  await page.keyboard.press('Space')
  await expectEverywhere(page, 'Captions on', 3)
  expect((await backend.getBill()).startedTasks).toBe(2)
})

test('behaviour: the way by Tab is the way by eye, and every stop can be seen', async () => {
  const { page } = demo
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const stops: string[] = []
  for (let count = 0; count < 60; count++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      const shown = element.matches('.segments input')
        ? getComputedStyle(element.nextElementSibling as Element).outlineStyle
        : outlineStyle
      const isFrame = element.tagName === 'IFRAME'
      const isSeen = isFrame || (shown !== 'none' && outlineWidth !== '0px') || shown !== 'none'
      const label =
        element.getAttribute('aria-label') ??
        (element as HTMLIFrameElement).title ??
        element.textContent ??
        ''
      return { isSeen, name: label || element.closest('label')?.textContent || element.textContent }
    })
    if (!stop) break
    expect(stop.isSeen, `${stop.name}`).toBe(true)
    stops.push(String(stop.name))
  }
  const order = ['Take the tour', 'Everyone clicks now', '2', 'v7', 'Mute', 'Lena’s tablet']
  const found = order.map((name) => stops.findIndex((stop) => stop.startsWith(name)))
  expect(found).not.toContain(-1)
  expect(found).toEqual([...found].sort((one, other) => one - other))
})

const everywhere = async (page: Page, change: () => void) => {
  for (const frame of page.frames()) await frame.evaluate(change)
}

/** The buttons whose text is cut. */
const findCut = (page: Page) =>
  page
    .getByRole('button')
    .evaluateAll((all) =>
      all
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .map((one) => one.textContent),
    )
