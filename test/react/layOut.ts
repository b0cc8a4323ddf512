import { vi } from 'vitest'

const LINE_PX = 20
const SCROLLER_PX = 300

/** Gives jsdom the layout that a transcript needs: lines of 20 px in an element of 300 px that scrolls. */
export function layOut(): void {
  const prototype = HTMLElement.prototype
  const isScroller = (element: Element) => element.classList.contains('stt-scroller')
  const heightOf = (element: Element) => {
    if (isScroller(element)) return SCROLLER_PX
    if (element.hasAttribute('data-index')) return element.childElementCount * LINE_PX
    return element.parentElement?.hasAttribute('data-index') ? LINE_PX : 0
  }
  const define = (
    name: 'offsetHeight' | 'clientHeight' | 'scrollHeight',
    get: (element: HTMLElement) => number,
  ) =>
    vi.spyOn(prototype, name, 'get').mockImplementation(function (this: HTMLElement) {
      return get(this)
    })
  define('offsetHeight', heightOf)
  define('clientHeight', heightOf)
  define('scrollHeight', (element) => {
    const sizer = element.firstElementChild as HTMLElement | null
    return Math.max(Number.parseFloat(sizer?.style.height ?? '0'), heightOf(element))
  })
  vi.stubGlobal('Blob', BlobWithText)
  Object.defineProperty(prototype, 'scrollTo', { value: scrollTo, configurable: true })
}

/** Where it comes to rest is told in the next task, as by a browser. */
function scrollTo(this: HTMLElement, { top = 0 }: ScrollToOptions): void {
  const before = this.scrollTop
  this.scrollTop = Math.min(Math.max(top, 0), this.scrollHeight - this.clientHeight)
  if (this.scrollTop !== before) setTimeout(() => this.dispatchEvent(new Event('scroll')))
}

/** jsdom's cannot be read but by a FileReader. */
class BlobWithText extends Blob {
  override text(): Promise<string> {
    return new Promise((resolve) => {
      const reader = new FileReader()
      reader.onload = () => resolve(String(reader.result))
      reader.readAsText(this)
    })
  }
}
