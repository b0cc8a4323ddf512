import { expect, test } from 'vitest'
import {
  button,
  choose,
  clickEverywhere,
  expectEverywhere,
  OWNERS,
  plainWindowOf,
  stopEverywhere,
  toggle,
} from './demoPage.ts'
import { untilReady } from './openDemo.ts'
import { setUpDemo } from './setUpDemo.ts'

const PLAIN_CHANNEL = 'standup-without'

const demo = setUpDemo()

test.each([
  { api: 'v6', count: 2 },
  { api: 'v7', count: 2 },
  { api: 'v7', count: 4 },
])('default: $api, $count devices with and without the package', async ({ api, count }) => {
  const { backend, page } = demo
  await choose(page, api, String(count))
  await toggle(page, 'Compare: without this package').check()
  await untilReady(page)
  await clickEverywhere(page)
  await expectEverywhere(page, 'Captions on', count)
  for (const owner of OWNERS.slice(0, count)) {
    await button(plainWindowOf(page, owner), 'Captions on').waitFor()
  }
  expect(await backend.getBill()).toMatchObject({ startedTasks: 1, liveTasks: 1 })
  expect(await backend.getBill(PLAIN_CHANNEL)).toMatchObject({
    startedTasks: count,
    liveTasks: count,
  })
  const often = count === 2 ? 'twice' : '4 times'
  await page
    .getByText(`${count} tasks run in one channel: every minute is billed ${often}.`)
    .waitFor()
  const alive = page.getByRole('region', { name: 'The bill' }).locator('dd:first-of-type')
  const shown = async () => [await alive.nth(0).textContent(), await alive.nth(3).textContent()]
  await expect.poll(shown).toEqual(['1', String(count)])

  await stopEverywhere(page)
  await expectEverywhere(page, 'Enable captions', count)
  await expect.poll(async () => (await backend.getBill(PLAIN_CHANNEL)).liveTasks).toBe(0)
})

test('behaviour: what was started beside the package is stopped, though it is not shown any more', async () => {
  const { backend, page } = demo
  await toggle(page, 'Compare: without this package').check()
  await untilReady(page)
  await button(plainWindowOf(page, 'Lena'), 'Enable captions').click()
  await button(plainWindowOf(page, 'Lena'), 'Captions on').waitFor()
  await toggle(page, 'Compare: without this package').uncheck()
  await stopEverywhere(page)
  await expect.poll(async () => (await backend.getBill(PLAIN_CHANNEL)).liveTasks).toBe(0)
  await expect.poll(() => page.getByRole('radio', { name: 'v6' }).isDisabled()).toBe(false)
})

test('behaviour: a lost answer without the package, and a second try, leave two tasks', async () => {
  const { backend, page } = demo
  await toggle(page, 'Compare: without this package').check()
  await toggle(page, 'The answer to the next start is lost').check()
  const plain = plainWindowOf(page, 'Ada')
  await button(plain, 'Enable captions').click()
  await plain.getByText(/^The start failed, and a task may run all the same/).waitFor()
  await button(plain, 'Enable captions').click()
  await button(plain, 'Captions on').waitFor()
  expect(await backend.getBill(PLAIN_CHANNEL)).toMatchObject({ startedTasks: 2, liveTasks: 2 })
})
