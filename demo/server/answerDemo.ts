import * as z from 'zod/mini'
import type { DemoConfig } from '../protocol.ts'
import type { SimulatedService } from './createSimulatedService.ts'
import { type DemoApp, mintDemoToken } from './mintDemoToken.ts'

export interface DemoBackend {
  app: DemoApp
  config: DemoConfig
  /** null: the page uses the real one. */
  service: SimulatedService | null
}

const tokenOrder = z.object({
  channel: z.string().check(z.minLength(1), z.maxLength(64)),
  uid: z.string().check(z.minLength(1), z.maxLength(255)),
  purpose: z.enum(['rest', 'bot']),
  kind: z.enum(['good', 'expired', 'invalid']),
})

const switchChange = z.partial(
  z.object({
    isServiceEnabled: z.boolean(),
    isSlow: z.boolean(),
    isAnswerLost: z.boolean(),
  }),
)

/** The demo's own endpoints, under `/demo/`. */
export async function answerDemo(backend: DemoBackend, request: Request): Promise<Response> {
  const { app, config, service } = backend
  const { pathname } = new URL(request.url)
  switch (`${request.method} ${pathname}`) {
    case 'GET /demo/config':
      return Response.json(config)
    case 'POST /demo/token': {
      const order = z.safeParse(tokenOrder, await readJson(request))
      if (!order.success) return refuse(400, 'The body is no order for a token.')
      return Response.json({ token: mintDemoToken(app, order.data) })
    }
  }
  if (!service) return refuse(404, 'The real service is in use; it has no switches.')
  switch (`${request.method} ${pathname}`) {
    case 'GET /demo/state':
      return Response.json(service.getState())
    case 'POST /demo/switch': {
      const change = z.safeParse(switchChange, await readJson(request))
      if (!change.success) return refuse(400, 'The body names no switch.')
      service.setSwitches(change.data as Parameters<SimulatedService['setSwitches']>[0])
      return Response.json(service.getState())
    }
    case 'POST /demo/reset':
      service.reset()
      return Response.json(service.getState())
    default:
      return refuse(404, 'The demo has no such address.')
  }
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json()
  } catch {
    return undefined
  }
}

function refuse(status: number, message: string): Response {
  return Response.json({ message }, { status })
}
