import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a browser sends what is not for this machine. Nothing goes further. */
export interface CountingProxy {
  /** For `--proxy-server`. */
  address: string
  /** Hosts, but for those that Chromium asks on any page. */
  asked: readonly string[]
  close(): void
}

/** Updates, a Google account, what to fill into forms. */
const CHROMIUMS_OWN = [
  'update.googleapis.com',
  'accounts.google.com',
  'content-autofill.googleapis.com',
]

export async function openCountingProxy(): Promise<CountingProxy> {
  const asked: string[] = []
  const note = (address: string) => {
    const { hostname } = new URL(address)
    if (!CHROMIUMS_OWN.includes(hostname)) asked.push(hostname)
  }
  const server = createServer(({ url = '' }, response) => {
    note(url)
    response.writeHead(502).end()
  })
  server.on('connect', ({ url }, stream) => {
    note(`https://${url}`)
    stream.destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: `127.0.0.1:${port}`, asked, close: () => server.close() }
}
