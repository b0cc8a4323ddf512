import { loadEnv, type Plugin, type ViteDevServer } from 'vite'
import { STATE_EVENT } from '../protocol.ts'
import { answerDemo, type DemoBackend } from './answerDemo.ts'
import { createSimulatedService } from './createSimulatedService.ts'
import { sendWebResponse, toWebRequest } from './nodeBridge.ts'

const SERVICE_PREFIX = '/agora'
const REAL_BASE_URL = 'https://api.agora.io'
const WATCH_INTERVAL_MS = 200

/** The demo's backend inside the Vite server: a token endpoint and, without an account, a simulated Agora. */
export function demoServer(): Plugin {
  return {
    name: 'react-realtime-stt-demo',
    apply: 'serve',
    configureServer(server) {
      let loading: Promise<DemoBackend> | undefined
      server.middlewares.use((request, response, next) => {
        const [, prefix] = /^(\/agora|\/demo)\//.exec(request.url ?? '') ?? []
        if (!prefix) return next()
        loading ??= loadBackend(server)
        answer(prefix, loading, request)
          .then((answered) => sendWebResponse(answered, response))
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

async function loadBackend(server: ViteDevServer): Promise<DemoBackend> {
  const { mode, root, logger } = server.config
  // A test never bills anybody, whatever demo/.env says.
  const env = mode === 'test' ? {} : loadEnv(mode, root, 'AGORA_')
  const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = env
  if (appId && appCertificate) {
    return {
      app: { appId, appCertificate },
      config: { appId, isReal: true, baseUrl: REAL_BASE_URL },
      service: null,
    }
  }
  if (appId || appCertificate) {
    logger.warn(
      'demo/.env needs both AGORA_APP_ID and AGORA_APP_CERTIFICATE. The simulated service is used.',
    )
  }
  // By its public name, through Vite: the demo runs without a build.
  const { createFakeAgora } = (await server.ssrLoadModule(
    'react-realtime-stt/testing',
  )) as typeof import('react-realtime-stt/testing')
  const agora = createFakeAgora()
  const service = createSimulatedService(agora)
  watch(server, service.getState)
  return {
    app: agora,
    config: { appId: agora.appId, isReal: false, baseUrl: SERVICE_PREFIX },
    service,
  }
}

/** Tells every open page what has changed, over the socket that Vite keeps with it anyway. */
function watch(server: ViteDevServer, getState: () => unknown): void {
  let last = ''
  const timer = setInterval(() => {
    const state = getState()
    const text = JSON.stringify(state)
    if (text === last) return
    last = text
    server.ws.send(STATE_EVENT, state)
  }, WATCH_INTERVAL_MS)
  timer.unref()
  server.httpServer?.once('close', () => clearInterval(timer))
}
