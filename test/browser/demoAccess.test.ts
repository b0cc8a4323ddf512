import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  expectError,
  expectEverywhere,
  windowOf,
} from './demoPage.ts'
import { findBarriers } from './findBarriers.ts'
import { setUpDemo } from './setUpDemo.ts'

const demo = setUpDemo()

test.each(['light', 'dark'] as const)('behaviour: axe finds nothing, %s', async (colorScheme) => {
  await demo.reopen({ colorScheme, reducedMotion: 'reduce' })
  const { page } = demo
  expect(await findBarriers(page)).toEqual([])

  await page.getByRole('checkbox', { name: 'Every answer takes 2 s' }).check()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Starting captions…')
  expect(await findBarriers(page)).toEqual([])
  await expectEverywhere(page, 'Captions on')
  expect(await findBarriers(page)).toEqual([])
  await page.getByRole('checkbox', { name: 'Every answer takes 2 s' }).uncheck()

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  await choose(page, 'Expired')
  await clickEverywhere(page)
  await expectError(page, 'token_expired', /expired/)
  expect(await findBarriers(page)).toEqual([])

  await choose(page, 'Good', 'Without this package')
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  expect(await findBarriers(page)).toEqual([])
})

test('behaviour: nothing sticks out of a narrow window', async () => {
  const { page } = demo
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  for (const width of [320, 360, 800, 1280]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    const buttons = page.getByRole('button')
    const cut = await buttons.evaluateAll((all) =>
      all
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map((one) => one.textContent),
    )
    expect(cut).toEqual([])
  }
})

test('behaviour: captions can be enabled by keyboard', async () => {
  const { page } = demo
  const captions = button(windowOf(page, 'Ada'), /captions/i)
  await captions.focus()
  await page.keyboard.press('Enter')
  await expectEverywhere(page, 'Captions on')
  const hasFocus = () => document.activeElement?.textContent?.startsWith('Captions on')
  expect(await page.evaluate(hasFocus)).toBe(true)
})
