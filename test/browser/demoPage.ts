import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

export const windowOf = (page: Page, name: 'Ada' | 'Grace') =>
  page.getByRole('region', { name: `${name}’s window` })

export const everyWindow = (page: Page) => [windowOf(page, 'Ada'), windowOf(page, 'Grace')]

export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name })

export const clickEverywhere = (page: Page) => button(page, 'Everyone clicks now').click()

export async function choose(page: Page, ...options: string[]): Promise<void> {
  for (const name of options) await page.getByRole('radio', { name, exact: true }).check()
}

export async function expectEverywhere(page: Page, buttonName: string): Promise<void> {
  for (const one of everyWindow(page)) await button(one, buttonName).waitFor()
}

/** What a window shows beside a term. */
export const fact = (one: Locator, term: string) =>
  one
    .locator('dl > div')
    .filter({ has: one.page().getByText(term, { exact: true }) })
    .locator('dd')
    .textContent()

export async function expectError(page: Page, code: string, sentence: RegExp): Promise<void> {
  for (const one of everyWindow(page)) {
    const alert = one.getByRole('alert')
    await alert.getByText(code, { exact: true }).waitFor()
    expect(await alert.textContent()).toMatch(sentence)
    expect(await fact(one, 'Status')).toBe('disabled')
  }
}

/** Every click on a captions button, and the turn of the event loop it fell into. */
export function recordClicks(page: Page) {
  return page.evaluateHandle(() => {
    const clicks: { button: string; turn: number }[] = []
    let turn = 0
    document.addEventListener(
      'click',
      ({ target }) => {
        const button = (target as Element).closest('.captions-button')
        if (button) clicks.push({ button: button.textContent, turn })
        queueMicrotask(() => {
          turn += 1
        })
      },
      true,
    )
    return clicks
  })
}

export const storyOf = (page: Page) => page.getByRole('region', { name: 'Who claimed, who joined' })
