import type { Plugin, PreviewServer, ViteDevServer } from 'vite'
import { answerDemo } from './answerDemo.ts'
import { importTesting } from './importTesting.ts'
import { type DemoBackend, loadBackend, SERVICE_PREFIX } from './loadBackend.ts'
import { sendWebResponse, toWebRequest } from './nodeBridge.ts'
import { openPageSockets } from './pageSockets.ts'
import { tellPages } from './tellPages.ts'

/** What serves the page: Vite in development, or its preview of the production build. */
export interface DemoHost
  extends Pick<ViteDevServer | PreviewServer, 'middlewares' | 'httpServer' | 'config'> {
  /** The testing door, by its public name. */
  loadTesting(): Promise<typeof import('react-realtime-stt/testing')>
}

/** The demo's backend inside the Vite server: a token endpoint and, without an account, a simulated Agora. */
export function demoServer(): Plugin {
  return {
    name: 'react-realtime-stt-demo',
    apply: 'serve',
    configureServer(server) {
      const { middlewares, httpServer, config } = server
      serve({
        middlewares,
        httpServer,
        config,
        // Through Vite: the demo runs without a build.
        loadTesting: () =>
          server.ssrLoadModule('react-realtime-stt/testing') as ReturnType<DemoHost['loadTesting']>,
      })
    },
    configurePreviewServer({ middlewares, httpServer, config }) {
      serve({ middlewares, httpServer, config, loadTesting: importTesting })
    },
  }
}

function serve(host: DemoHost): void {
  let loading: Promise<DemoBackend> | undefined
  const sockets = openPageSockets(host.httpServer)
  const load = () => {
    loading ??= loadBackend(host, sockets)
    return loading
  }
  const tell = tellPages(host, sockets, load)
  host.middlewares.use((request, response, next) => {
    const [, prefix] = /^(\/agora|\/demo)\//.exec(request.url ?? '') ?? []
    if (!prefix) return next()
    answer(prefix, load(), request)
      .then(async (answered) => {
        await tell()
        await sendWebResponse(answered, response)
      })
      .catch(next)
  })
}

async function answer(
  prefix: string,
  loading: Promise<DemoBackend>,
  incoming: Parameters<typeof toWebRequest>[0],
): Promise<Response> {
  const request = await toWebRequest(incoming)
  const backend = await loading
  if (prefix !== SERVICE_PREFIX) return answerDemo(backend, request)
  return backend.service?.answer(request) ?? new Response(null, { status: 404 })
}
