import type { Frame, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const DEVICES = {
  Ada: 'Ada’s laptop',
  Lena: 'Lena’s tablet',
  Grace: 'Grace’s laptop',
  Kenji: 'Kenji’s phone',
} as const

export type Owner = keyof typeof DEVICES

/** In the order in which they are added. */
export const OWNERS = Object.keys(DEVICES) as Owner[]

/** A person's window: Ada's is in the page, the others' are frames. */
export function deviceOf(page: Page, owner: Owner): Locator {
  const name = DEVICES[owner]
  const place = owner === 'Ada' ? page : page.frameLocator(`iframe[title="${name}"]`)
  return place.getByRole('region', { name, exact: true })
}

/** The same person's window without the package. */
export const plainWindowOf = (page: Page, owner: Owner) =>
  page.getByRole('region', { name: `${DEVICES[owner]}, without`, exact: true })

export const everyDevice = (page: Page, count = 2) =>
  OWNERS.slice(0, count).map((owner) => deviceOf(page, owner))

export const deviceFrames = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().endsWith('/device.html'))

export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name })

export const toggle = (page: Page, name: string | RegExp) => page.getByRole('checkbox', { name })

export const clickEverywhere = (page: Page) => button(page, 'Everyone clicks now').click()

export const stopEverywhere = (page: Page) => button(page, 'Everyone stops').click()

export async function choose(page: Page, ...options: string[]): Promise<void> {
  for (const name of options) await page.getByRole('radio', { name, exact: true }).check()
}

export async function expectEverywhere(page: Page, name: string, count = 2): Promise<void> {
  for (const one of everyDevice(page, count)) await button(one, name).waitFor()
}

/** What a window shows beside a term. */
export const fact = (one: Locator, term: string) =>
  one
    .locator('dl > div')
    .filter({ has: one.page().getByText(term, { exact: true }) })
    .locator('dd')
    .textContent()

export async function expectError(page: Page, code: string, sentence: RegExp): Promise<void> {
  for (const one of everyDevice(page)) {
    const alert = one.getByRole('alert')
    await alert.getByText(code, { exact: true }).waitFor()
    expect(await alert.textContent()).toMatch(sentence)
    // For a moment it can show what another device tries.
    await expect.poll(() => fact(one, 'Status'), { timeout: 10_000 }).toBe('disabled')
  }
}

export const storyOf = (page: Page) =>
  page.getByRole('region', { name: 'What just happened' }).getByRole('listitem')

export const expectStory = (page: Page, sentence: RegExp) =>
  storyOf(page).filter({ hasText: sentence }).first().waitFor()

export const tourOf = (page: Page) => page.getByRole('complementary')

export const nextStep = (page: Page) =>
  tourOf(page).getByRole('button', { name: 'Next', exact: true }).click()

/** Between the sends of any two REST calls of the page, in ms: when they arrive also tells how busy the machine is. */
export const getSendGaps = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const sends = performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.startsWith('/agora/'))
      .map(({ startTime }) => startTime)
    return sends.slice(1).map((at, index) => at - (sends[index] ?? 0))
  })
