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
import {
  button,
  choose,
  clickEverywhere,
  deviceOf,
  everyDevice,
  expectEverywhere,
  plainWindowOf,
  stopEverywhere,
  toggle,
} from './demoPage.ts'
import { untilReady } from './openDemo.ts'
import { setUpDemo } from './setUpDemo.ts'

const TIME_TO_SPEAK_MS = 2_000

const demo = setUpDemo()

/** People talk whether or not captions are on; with this they begin anew. */
const beginTalk = () => demo.backend.setSwitches({ isCrowded: false })

async function enableAtTheBeginning(): Promise<void> {
  await clickEverywhere(demo.page)
  await expectEverywhere(demo.page, 'Captions on')
  await beginTalk()
}

test('default: each window shows who says what, in its viewer’s language, until the stop', async () => {
  const { page, witness } = demo
  const tiles = deviceOf(page, 'Lena').getByRole('listitem')
  const seen = await recordCaptions(overlayOf(page, 'Ada'))
  await enableAtTheBeginning()
  expect(await tiles.count()).toBe(4)
  await tiles.filter({ hasText: /^Ada.*, speaking$/ }).waitFor()
  await sentence(overlayOf(page, 'Ada'), 'Ada: Good morning, everybody.').waitFor()
  await sentence(overlayOf(page, 'Lena'), 'Ada: Guten Morgen, alle zusammen.').waitFor()
  const ofAda = (await seen.jsonValue()).filter(({ text }) => text.startsWith('Ada: Good m'))
  expect(ofAda[0]).toEqual({ text: 'Ada: Good mourning', isInterim: true })
  expect(ofAda.at(-1)).toEqual({ text: 'Ada: Good morning, everybody.', isInterim: false })
  expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toMatch(ACCESS_TOKEN)

  await stopEverywhere(page)
  await expectEverywhere(page, 'Enable captions')
  const before = await readTranscript(page)
  expect(before).toContain('Ada: Good morning, everybody.')
  await page.waitForTimeout(TIME_TO_SPEAK_MS)
  expect(await readTranscript(page)).toEqual(before)
  expect(witness).toEqual({ messages: [], strayRequests: [] })
})

test('options: a viewer’s language, chosen by keyboard, is theirs alone and kept', async () => {
  const { page } = demo
  const opener = button(deviceOf(page, 'Ada'), 'Caption settings')
  const settings = page.getByRole('dialog', { name: 'Caption settings of Ada' })
  const language = settings.getByRole('combobox', { name: 'Language' })
  await opener.focus()
  for (const key of ['Enter', 'Tab', 'ArrowDown', 'ArrowDown', 'Escape']) {
    await page.keyboard.press(key)
  }
  await settings.waitFor({ state: 'hidden' })
  expect(await opener.evaluate((element) => element === document.activeElement)).toBe(true)
  await enableAtTheBeginning()
  await sentence(overlayOf(page, 'Ada'), 'Ada: 皆さん、おはようございます。').waitFor()
  await sentence(overlayOf(page, 'Lena'), 'Ada: Guten Morgen, alle zusammen.').waitFor()
  await page.reload()
  await opener.click()
  expect(await language.locator('option:checked').textContent()).toBe('日本語')
})

test('default: v6, the transcript is searched, downloaded and read back', async () => {
  const { page } = demo
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await choose(page, 'v6')
  const panel = transcriptOf(page)
  await panel.getByText('Nothing has been said yet.').waitFor()
  await enableAtTheBeginning()
  await sentence(overlayOf(page, 'Ada'), 'Lena: Good morning from Berlin!').waitFor()
  await sentence(overlayOf(page, 'Lena'), 'Lena: Guten Morgen aus Berlin!').waitFor()
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

  await page.getByRole('radio', { name: 'Deutsch', exact: true }).check()
  await button(page, 'Read it as WebVTT').click()
  const read = page.getByRole('region', { name: 'WebVTT, as of now' })
  expect(await read.locator('pre').textContent()).toContain('<v Ada>Guten Morgen, alle zusammen.')
  await button(page, 'Close the file').click()
  await read.waitFor({ state: 'detached' })
})

test('behaviour: another tab hears the same from then on, and start over empties both', async () => {
  const { address, page } = demo
  await enableAtTheBeginning()
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

test('behaviour: speaking shows while captions are off, and whoever is muted says nothing', async () => {
  const { page } = demo
  const tiles = deviceOf(page, 'Lena').getByRole('listitem')
  await button(deviceOf(page, 'Ada'), 'Mute').click()
  await tiles.filter({ hasText: /^Ada.*, muted$/ }).waitFor()
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on')
  await tiles.filter({ hasText: 'speaking' }).first().waitFor()
  const speakers = await tiles.filter({ hasText: 'speaking' }).allTextContents()
  expect(speakers.some((name) => name.startsWith('Ada'))).toBe(false)
  await expect
    .poll(async () => (await readTranscript(page)).length, { timeout: 20_000 })
    .toBeGreaterThan(4)
  expect((await readTranscript(page)).filter((line) => line.startsWith('Ada:'))).toEqual([])
})

test('behaviour: without the package two tasks say everything twice', async () => {
  const { page } = demo
  await toggle(page, 'Compare: without this package').check()
  await untilReady(page)
  await clickEverywhere(page)
  for (const owner of ['Ada', 'Lena'] as const) {
    await button(plainWindowOf(page, owner), 'Captions on').waitFor()
  }
  await beginTalk()
  const captions = plainWindowOf(page, 'Ada').getByRole('region', { name: /^Captions on/ })
  const twice = captions.getByText('Ada: Good morning, everybody.', { exact: true })
  const once = /^Ada: (Good morning, everybody|Guten Morgen, alle zusammen)\.$/
  await Promise.all([
    expect.poll(() => twice.count(), { timeout: 10_000 }).toBe(2),
    // Strict: two would be an error.
    ...everyDevice(page).map((device) => device.getByText(once).waitFor()),
  ])
})
