import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core'
import type { DemoConfig } from '../../demo/protocol.ts'

export interface RealDemo {
  page: Page
  /** Uncaught errors and rejections. */
  errors: string[]
  /** Hosts that the page wanted to reach; none is reached. */
  strayHosts: Set<string>
}

interface RealDemoOptions extends BrowserContextOptions {
  /** Where the page is, as the browser sees it. */
  origin?: string
  /** What Agora's first server answers: a code of a refusal. Without, nothing of Agora can be reached. */
  refusal?: number
}

/** The demo as it is with an account, but for the network: its server stays the simulated one. */
export async function openRealDemo(
  browser: Browser,
  address: string,
  { origin = new URL(address).origin, refusal, ...options }: RealDemoOptions = {},
): Promise<RealDemo> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const errors: string[] = []
  const strayHosts = new Set<string>()
  page.on('pageerror', (error) => errors.push(error.message))
  await page.route('**', async (route) => {
    const { host, protocol, origin: wanted, pathname, search } = new URL(route.request().url())
    if (protocol === 'data:' || protocol === 'blob:') return route.continue()
    if (wanted !== origin) {
      strayHosts.add(host)
      return refusal ? fulfillRefusal(route, refusal) : route.abort('internetdisconnected')
    }
    const answer = await route.fetch({ url: `${new URL(address).origin}${pathname}${search}` })
    const isConfig = pathname === '/demo/config' || pathname === '/demo/call'
    return isConfig ? fulfillReal(route, await answer.json()) : route.fulfill({ response: answer })
  })
  // What the server would tell is of its simulation.
  await page.routeWebSocket('**', (socket) => {
    const { host } = new URL(socket.url())
    if (host !== new URL(origin).host) strayHosts.add(host)
  })
  await page.addInitScript(keepStreams)
  await page.goto(`${origin}/`)
  await page.getByText('(you)').waitFor()
  return { page, errors, strayHosts }
}

function fulfillReal(route: Route, config: DemoConfig): Promise<void> {
  const json: DemoConfig = {
    ...config,
    isReal: true,
    hasSignaling: false,
    devices: [{ id: 'ada', origin: null }],
  }
  return route.fulfill({ json })
}

/** As the SDK reads it; no account was there to see one. */
function fulfillRefusal(route: Route, code: number): Promise<void> {
  return route.fulfill({
    headers: { 'access-control-allow-origin': '*' },
    json: { code: 0, detail: {}, response_body: [{ uri: 22, buffer: { code, flag: 4096 } }] },
  })
}

/** Every stream that the page was given, to see whether its devices were given back. */
function keepStreams(): void {
  const streams: MediaStream[] = []
  Object.assign(globalThis, { streams })
  const { mediaDevices } = navigator
  if (!mediaDevices) return
  const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices)
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints)
    streams.push(stream)
    return stream
  }
}

/** The devices that the browser shows as in use. */
export function recordedKinds(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (globalThis as unknown as { streams: MediaStream[] }).streams
      .flatMap((stream) => stream.getTracks())
      .filter(({ readyState }) => readyState === 'live')
      .map(({ kind }) => kind),
  )
}
