import { type FakeGeneration, type FakeService, readText, receive } from './fakeGateway.js'

/** The way past msw: a `fetch` that knows this service alone. */
export function fakeFetch(
  service: FakeService,
  generations: readonly FakeGeneration[],
): typeof globalThis.fetch {
  const routes = generations.flatMap((generation) =>
    generation.routes.map((route) => ({ generation, route, pattern: toPattern(route.path) })),
  )
  return async (input, init) => {
    const isRequest = input instanceof Request
    const url = new URL(isRequest ? input.url : input)
    const method = init?.method ?? (isRequest ? input.method : 'GET')
    for (const { generation, route, pattern } of routes) {
      if (route.method !== method.toLowerCase()) continue
      const { appId, taskId = '' } = pattern.exec(url.pathname)?.groups ?? {}
      if (appId !== service.appId) continue
      const request = isRequest || typeof init?.body === 'object' ? new Request(input, init) : null
      const headers = request?.headers ?? new Headers(init?.headers)
      const reply = await unlessAborted(
        init?.signal ?? request?.signal,
        receive(service, generation, route, decodeURIComponent(taskId), {
          method,
          url,
          authorization: headers.get('authorization'),
          readText: async () => (request ? readText(request) : String(init?.body ?? '')),
        }),
      )
      if (reply === 'lost') throw new TypeError('Failed to fetch')
      return new Response(reply.body, reply)
    }
    throw new TypeError(`The fake Agora has no ${method} ${url.pathname}.`)
  }
}

function toPattern(path: string): RegExp {
  const pattern = path.replace('*', '').replace(/:(\w+)/g, '(?<$1>[^/]+)')
  return new RegExp(`${pattern}$`)
}

function unlessAborted<Result>(
  signal: AbortSignal | null | undefined,
  work: Promise<Result>,
): Promise<Result> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
