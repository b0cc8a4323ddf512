import type { BrowserContext, Page } from 'playwright-core'

/** Something moved, by Chromium's own account. */
export interface LayoutShift {
  /** Where something was on the screen, and where it went. Five at most, the largest. */
  moved: readonly string[]
  /** Nothing but lines of captions or of the transcript, up or down in the room that they have. */
  isSpeech: boolean
}

interface LayoutShiftEntry extends PerformanceEntry {
  sources: readonly { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
}

type Recording = typeof globalThis & { takeLayoutShifts: () => LayoutShift[] }

/** In every page and frame of the context, from its first paint on. */
export async function recordLayoutShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const shifts: LayoutShift[] = []
    const observer = new PerformanceObserver((list) => record(list.getEntries()))
    observer.observe({ type: 'layout-shift', buffered: true })

    function record(entries: readonly PerformanceEntry[]): void {
      for (const { sources } of entries as LayoutShiftEntry[]) {
        shifts.push({
          moved: sources.map(
            ({ node, previousRect, currentRect }) =>
              `${nameOf(node)}: ${toText(previousRect)} → ${toText(currentRect)}`,
          ),
          isSpeech: sources.every(
            ({ node, previousRect, currentRect }) =>
              isInSpeech(node) && isUpOrDown(previousRect, currentRect),
          ),
        })
      }
    }

    const elementOf = (node: Node | null) => (node instanceof Element ? node : node?.parentElement)

    function nameOf(node: Node | null): string {
      const element = elementOf(node)
      return element ? `${element.localName}.${element.getAttribute('class') ?? ''}` : 'gone'
    }

    /** What is no more in the page was a line that has been read: nothing else goes while people talk. */
    function isInSpeech(node: Node | null): boolean {
      const element = elementOf(node)
      return !element || !!element.closest('.stt-overlay .stt-line, .stt-scroller')
    }

    /** What is out of sight has neither size nor place. */
    const isUpOrDown = (before: DOMRect, after: DOMRect) =>
      before.width === 0 || after.width === 0 || Math.abs(before.x - after.x) < 1

    const toText = ({ x, y, width, height }: DOMRect) =>
      [x, y, width, height].map(Math.round).join(' ')

    ;(globalThis as Recording).takeLayoutShifts = () => {
      record(observer.takeRecords())
      return shifts.splice(0)
    }
  })
}

const TIME_TO_PAINT_MS = 200

/** Of the page and its frames, since the last call. */
export async function takeLayoutShifts(page: Page): Promise<LayoutShift[]> {
  // A frame that is out of sight has no animation frames to wait for.
  await page.waitForTimeout(TIME_TO_PAINT_MS)
  const all = page
    .frames()
    .map((frame) => frame.evaluate(() => (globalThis as Recording).takeLayoutShifts()))
  return (await Promise.all(all)).flat()
}
