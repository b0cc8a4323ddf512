import type { Locator, Page } from 'playwright-core'
import { DEVICES, deviceOf, type Owner } from './demoPage.ts'

/** The captions over the tiles of a window. */
export const overlayOf = (page: Page, name: Owner) =>
  deviceOf(page, name).getByRole('region', {
    name: `Captions on ${DEVICES[name]}`,
    exact: true,
  })

/** A caption or a line of the transcript, speaker and text, as it is in the end. */
export const sentence = (within: Locator, text: string) => within.getByText(text, { exact: true })

export const transcriptOf = (page: Page) => page.getByRole('region', { name: 'Transcript' })

/** What is in the transcript, with nothing but speakers and texts. */
export async function readTranscript(page: Page): Promise<string[]> {
  const rows = transcriptOf(page).getByRole('paragraph')
  return rows.evaluateAll((all) =>
    all.map((row) => row.textContent.slice(row.querySelector('time')?.textContent.length).trim()),
  )
}

/** Everything that an overlay shows from now on, and whether it was provisional. */
export function recordCaptions(overlay: Locator) {
  return overlay.evaluateHandle((element) => {
    const seen: { text: string; isInterim: boolean }[] = []
    const record = () => {
      for (const line of element.querySelectorAll('p')) {
        const isInterim = line.querySelector('.stt-interim') !== null
        seen.push({ text: line.textContent, isInterim })
      }
    }
    new MutationObserver(record).observe(element, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    return seen
  })
}
