import type { Plugin } from 'vite'
import { answerDemo } from './answerDemo.ts'
import { type DemoBackend, loadBackend, SERVICE_PREFIX } from './loadBackend.ts'
import { sendWebResponse, toWebRequest } from './nodeBridge.ts'
import { tellPages } from './tellPages.ts'

/** The demo's backend inside the Vite server: a token endpoint and, without an account, a simulated Agora. */
export function demoServer(): Plugin {
  return {
    name: 'react-realtime-stt-demo',
    apply: 'serve',
    configureServer(server) {
      let loading: Promise<DemoBackend> | undefined
      const load = () => {
        loading ??= loadBackend(server)
        return loading
      }
      const tell = tellPages(server, load)
      server.middlewares.use((request, response, next) => {
        const [, prefix] = /^(\/agora|\/demo)\//.exec(request.url ?? '') ?? []
        if (!prefix) return next()
        answer(prefix, load(), request)
          .then(async (answered) => {
            await tell()
            await sendWebResponse(answered, response)
          })
          .catch(next)
      })
    },
  }
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
