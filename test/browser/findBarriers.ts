import axe from 'axe-core'
import type { Frame, Page } from 'playwright-core'

/** What axe finds, as `rule: element`. */
export async function findBarriers(page: Page | Frame): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run()
    return violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target }) => `${impact} ${id}: ${target.join(' ')}`),
    )
  })
}
