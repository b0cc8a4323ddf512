import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ACCESS_TOKEN } from './accessToken.ts'
import {
  overlayOf,
  readTranscript,
  recordCaptions,
  sentence,
  transcriptOf,
} from './captionsPage.ts'
import { button, choose, clickEverywhere, expectEverywhere, windowOf } from './demoPage.ts'
import { deviceOf, enableOnAll, openDevices } from './devicesPage.ts'
import { findBarriers } from './findBarriers.ts'
import { setUpDemo } from './setUpDemo.ts'

const TIME_TO_SPEAK_MS = 2_000

const demo = setUpDemo()

test('default: each window shows who says what, in its viewer’s language, until the stop', async () => {
  const { page, witness } = demo
  const tiles = windowOf(page, 'Grace').getByRole('listitem')
  const seen = await recordCaptions(overlayOf(page, 'Ada'))
  await clickEverywhere(page)
  await tiles.filter({ hasText: 'Ada, speaking' }).waitFor()
  expect(await tiles.count()).toBe(4)
  await sentence(overlayOf(page, 'Ada'), 'Ada: Good morning, everybody.').waitFor()
  await sentence(overlayOf(page, 'Grace'), 'Ada: Guten Morgen, alle zusammen.').waitFor()
  const ofAda = (await seen.jsonValue()).filter(({ text }) => text.startsWith('Ada: '))
  expect(ofAda[0]).toEqual({ text: 'Ada: Good mourning', isInterim: true })
  expect(ofAda.at(-1)).toEqual({ text: 'Ada: Good morning, everybody.', isInterim: false })
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(ACCESS_TOKEN)

  await clickEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  await expect.poll(() => tiles.filter({ hasText: 'speaking' }).count()).toBe(0)
  const before = await readTranscript(page)
  expect(before[0]).toBe('Ada: Good morning, everybody.')
  await page.waitForTimeout(TIME_TO_SPEAK_MS)
  expect(await readTranscript(page)).toEqual(before)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test('options: a viewer’s language, chosen by keyboard, is theirs alone and kept', async () => {
  const { page } = demo
  const opener = button(windowOf(page, 'Ada'), 'Caption settings')
  const settings = page.getByRole('dialog', { name: 'Caption settings of Ada' })
  const language = settings.getByRole('combobox', { name: 'Language' })
  await clickEverywhere(page)
  await opener.focus()
  for (const key of ['Enter', 'Tab', 'ArrowDown', 'ArrowDown', 'Escape']) {
    await page.keyboard.press(key)
  }
  await settings.waitFor({ state: 'hidden' })
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
  await sentence(overlayOf(page, 'Ada'), 'Ada: 皆さん、おはようございます。').waitFor()
  await sentence(overlayOf(page, 'Grace'), 'Ada: Guten Morgen, alle zusammen.').waitFor()
  await page.reload()
  await opener.click()
  expect(await language.locator('option:checked').textContent()).toBe('日本語')
})

test('default: v7, the transcript is searched and downloaded, and axe finds nothing', async () => {
  const { page } = demo
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await choose(page, 'v7')
  const panel = transcriptOf(page)
  await panel.getByText('Nothing has been said yet.').waitFor()
  await clickEverywhere(page)
  await sentence(overlayOf(page, 'Ada'), 'Lena: Good morning from Berlin!').waitFor()
  await sentence(overlayOf(page, 'Grace'), 'Lena: Guten Morgen aus Berlin!').waitFor()
  await panel.getByRole('searchbox').fill('berlin')
  await panel.getByText('1 of 1 line').waitFor()
  expect(await panel.locator('mark').allTextContents()).toEqual(['Berlin'])

  const downloading = page.waitForEvent('download')
  await button(panel, 'Download WebVTT').click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('standup.vtt')
  const file = await readFile(await download.path(), 'utf8')
  expect(file).toMatch(/^WEBVTT\n/)
  expect(file).toMatch(/^00:00:00\.000 --> 00:00:0\d\.\d{3}/m)
  expect(file).toContain('<v Ada>Good morning, everybody.')
  expect(file).toContain('<v Lena>Guten Morgen aus Berlin!')

  await button(windowOf(page, 'Grace'), 'Caption settings').click()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await findBarriers(page)).toEqual([])
  }
})

test('behaviour: another tab hears the same from then on, and start over empties both', async () => {
  const { address, page } = demo
  await clickEverywhere(page)
  await sentence(overlayOf(page, 'Ada'), 'Ada: Good morning, everybody.').waitFor()
  const tab = await page.context().newPage()
  await tab.goto(address)
  for (const one of [page, tab]) {
    const next = 'Kenji: Good morning. It is already evening in Tokyo.'
    await sentence(overlayOf(one, 'Ada'), next).waitFor()
  }
  await button(tab, 'Start over').click()
  for (const one of [page, tab]) {
    await transcriptOf(one).getByText('Nothing has been said yet.').waitFor()
  }
})

test('behaviour: whoever is muted says nothing, and two tasks say everything twice', async () => {
  const { page } = demo
  await button(windowOf(page, 'Ada'), 'Mute').click()
  await choose(page, 'Without this package')
  await clickEverywhere(page)
  const count = async (text: string) =>
    (await readTranscript(page)).filter((line) => line.startsWith(text)).length
  await expect.poll(() => count('Grace: Morning, Ada.'), { timeout: 10_000 }).toBe(2)
  await expect.poll(() => count('Lena: Guten Morgen aus Berlin!'), { timeout: 10_000 }).toBe(2)
  expect(await count('Ada:')).toBe(0)
})

test('default: devices show captions too', async () => {
  const { page, witness } = demo
  await openDevices(page)
  await enableOnAll(page)
  for (const name of ['A', 'B'] as const) {
    const captions = deviceOf(page, name).getByRole('region', { name: 'Captions' })
    await sentence(captions, 'Ada: Good morning, everybody.').waitFor()
  }
  expect(witness.messages).toEqual([])
})
