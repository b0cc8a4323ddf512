import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { sendWebResponse, toWebRequest } from '../../demo/server/nodeBridge.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface PageServer {
  /** Ends with a slash; a page without a script is at `away`. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves a page that runs a script, built as a user's bundler would.
 *
 * @param entry the script's path
 * @param answer what stands behind the page; null: nothing of that address does
 */
export async function servePage(
  entry: string,
  answer: (request: Request) => Promise<Response> | null = () => null,
): Promise<PageServer> {
  const files = await bundle(entry)
  const links = `<link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script>`
  const server = createServer(async (request, response) => {
    const answered = await answer(await toWebRequest(request))
    if (answered) return sendWebResponse(answered, response)
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    const isAway = pathname === '/away'
    const page = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>page</title>${isAway ? '' : links}`
    const file = files.get(pathname) ?? { type: 'text/html', text: page }
    response.setHeader('content-type', file.type)
    response.end(file.text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

async function bundle(entry: string): Promise<Map<string, { type: string; text: string }>> {
  const result = await build({
    configFile: at('../../vite.config.ts'),
    root: at('.'),
    logLevel: 'error',
    plugins: [
      {
        name: 'one-entry',
        // Those of the demo would come first.
        configResolved({ build: { rolldownOptions } }) {
          rolldownOptions.input = entry
        },
      },
    ],
    // Vitest's environment would make it a development build.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      cssCodeSplit: false,
      lib: { entry, formats: ['es'], fileName: 'page', cssFileName: 'page' },
    },
  })
  const outputs = (Array.isArray(result) ? result : [result]).flatMap((one) =>
    'output' in one ? one.output : [],
  )
  const scripts = outputs.flatMap((output) => ('code' in output ? [output.code] : []))
  const styles = outputs.flatMap((output) => ('source' in output ? [String(output.source)] : []))
  return new Map([
    ['/page.js', { type: 'text/javascript', text: scripts.join('') }],
    ['/page.css', { type: 'text/css', text: styles.join('') }],
  ])
}
