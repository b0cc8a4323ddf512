import { expect, test } from 'vitest'
import {
  button,
  choose,
  deviceOf,
  expectEverywhere,
  expectStory,
  nextStep,
  toggle,
  tourOf,
} from './demoPage.ts'
import { setUpDemo } from './setUpDemo.ts'

const APIS = ['v7', 'v6'] as const

const demo = setUpDemo()

const outcome = () => tourOf(demo.page).getByRole('status')

async function act(name: string, expected: RegExp): Promise<void> {
  await button(tourOf(demo.page), name).click()
  await expect.poll(() => outcome().textContent(), { timeout: 40_000 }).toMatch(expected)
}

const next = () => nextStep(demo.page)

test('default: five steps, each done on the real page', async () => {
  const { backend, page, witness } = demo
  // The tour sets the page as it needs it.
  await choose(page, '4', 'Expired')
  await button(page, 'Take the tour').click()
  const tour = tourOf(page)

  await tour.getByRole('heading', { name: 'Two people click at once' }).waitFor()
  await tour.getByText('Step 1 of 5').waitFor()
  await act('Click on both devices', /Two clicks, one start on the wire, one task/)
  await expectEverywhere(page, 'Captions on')
  expect((await backend.getBill()).startedTasks).toBe(1)
  await next()

  await tour.getByRole('heading', { name: 'Your token expires' }).waitFor()
  await act('Let one token be expired', /asked the token provider once more/)
  await expectStory(page, /renewed its token/)
  await expectEverywhere(page, 'Captions on')
  await act('Let every token be expired', /TokenExpiredError, code “token_expired”.*no task/)
  await deviceOf(page, 'Ada').getByText('token_expired', { exact: true }).waitFor()
  expect((await backend.getBill()).liveTasks).toBe(0)
  await next()

  await tour.getByRole('heading', { name: 'The network eats the answer' }).waitFor()
  await act('Lose the answer to the next start', /one task was started, and captions are on/)
  await expectStory(page, /got no answer to its start/)
  expect((await backend.getBill()).liveTasks).toBe(1)
  await next()

  await tour.getByRole('heading', { name: 'A second device' }).waitFor()
  await act('Add Grace’s laptop and press its button', /no further task was started, one task runs/)
  await expectEverywhere(page, 'Captions on', 3)
  await expectStory(page, /Grace joined task/)
  await next()

  await tour.getByRole('heading', { name: 'Read it back as WebVTT' }).waitFor()
  await act('Read it back', /^\d+ lines, with who said them/)
  const file = page.getByRole('region', { name: 'WebVTT, as of now' }).locator('pre')
  expect(await file.textContent()).toMatch(/^WEBVTT\n[\s\S]*<v (Ada|Lena|Grace|Kenji)>/)
  await button(tour, 'Finish').click()
  await tour.waitFor({ state: 'detached' })
  expect(witness.strayRequests).toEqual([])
  // A lost answer and an expired token are told by the browser itself.
  expect(witness.messages.filter((message) => !/^Failed to load resource/.test(message))).toEqual(
    [],
  )
})

test.each(APIS)('behaviour: every step can be the first, %s', async (api) => {
  const { backend, page } = demo
  const steps = [
    ['Let one token be expired', /Nobody had to notice/],
    ['Lose the answer to the next start', /one task was started/],
    ['Add Grace’s laptop and press its button', /no further task was started/],
    ['Read it back', /lines, with who said them/],
  ] as const
  for (const [index, [name, expected]] of steps.entries()) {
    await backend.reset()
    await backend.setCall({ api })
    await page.getByRole('radio', { name: api, checked: true }).waitFor()
    await button(page, 'Take the tour').click()
    for (let step = 0; step <= index; step++) await next()
    await act(name, expected)
    await button(tourOf(page), /Close the tour|Finish/).click()
  }
})

test('behaviour: by keyboard, the focus follows, Escape closes, and the way back exists', async () => {
  const { page } = demo
  await button(page, 'Take the tour').focus()
  await page.keyboard.press('Enter')
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused).toBe('Two people click at once')
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('Click on both devices')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Your token expires')
  await button(tourOf(page), 'Back').focus()
  await page.keyboard.press('Enter')
  await expect.poll(focused).toBe('Two people click at once')
  await page.keyboard.press('Escape')
  await tourOf(page).waitFor({ state: 'detached' })
  expect(await focused()).toBe('Take the tour')
})

test('behaviour: what somebody changes meanwhile does not hold the tour up', async () => {
  const { page } = demo
  await toggle(page, 'Every answer takes 2 s').check()
  await button(page, 'Take the tour').click()
  await button(tourOf(page), 'Click on both devices').click()
  await next()
  await tourOf(page).getByText('Step 2 of 5').waitFor()
  expect(await outcome().textContent()).toBe('')
})
