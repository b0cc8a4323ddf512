import axe from 'axe-core'
import { expect, vi } from 'vitest'

/** jsdom lays nothing out and draws nothing, so that contrast is the browser tests' matter. */
export async function expectAccessible(container: Element): Promise<void> {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null)
  const { violations } = await axe.run(container, {
    rules: { 'color-contrast': { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
}
