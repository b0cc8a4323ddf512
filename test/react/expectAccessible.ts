import axe from 'axe-core'
import { expect } from 'vitest'

/** jsdom lays nothing out, so that contrast is the browser tests' matter. */
export async function expectAccessible(container: Element): Promise<void> {
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
