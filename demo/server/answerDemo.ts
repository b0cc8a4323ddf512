import * as z from 'zod/mini'
import type { CallSwitches, ServiceState, ServiceSwitches } from '../protocol.ts'
import type { DemoBackend } from './loadBackend.ts'
import { mintDemoToken } from './mintDemoToken.ts'

const tokenOrder = z.object({
  channel: z.string().check(z.minLength(1), z.maxLength(64)),
  uid: z.string().check(z.minLength(1), z.maxLength(255)),
  purpose: z.enum(['rest', 'bot']),
  reason: z.enum(['initial', 'expiring', 'expired']),
})

const callChange = z.partial(
  z.object({
    api: z.enum(['v6', 'v7']),
    hasSignaling: z.boolean(),
    tokens: z.enum(['good', 'expired-once', 'expired', 'invalid']),
    isAcquireOnly: z.boolean(),
    channel: z.string().check(z.minLength(1), z.maxLength(64)),
  }),
)

const switchChange = z.partial(
  z.object({
    isServiceEnabled: z.boolean(),
    isSlow: z.boolean(),
    isAnswerLost: z.boolean(),
    secondStart: z.enum(['refused', 'unseen', 'accepted']),
    isCrowded: z.boolean(),
  }),
)

/** What the service's panel shows; null: the real service is in use. */
export function toState({ service, story }: DemoBackend): ServiceState | null {
  return service && { ...service.getState(), story: story.entries }
}

/** The demo's own endpoints, under `/demo/`. */
export async function answerDemo(backend: DemoBackend, request: Request): Promise<Response> {
  const { service } = backend
  const { pathname } = new URL(request.url)
  switch (`${request.method} ${pathname}`) {
    case 'GET /demo/config':
      return Response.json(backend.config)
    case 'POST /demo/token': {
      const order = z.safeParse(tokenOrder, await readJson(request))
      if (!order.success) return refuse(400, 'The body is no order for a token.')
      const { tokens } = backend.config
      return Response.json({ token: mintDemoToken(backend.app, order.data, tokens) })
    }
    case 'POST /demo/call': {
      const change = z.safeParse(callChange, await readJson(request))
      if (!change.success) return refuse(400, 'The body names no switch.')
      if (!backend.setCallSwitches(change.data as Partial<CallSwitches>)) {
        return refuse(409, 'A task runs. Stop captions first.')
      }
      return Response.json(backend.config)
    }
  }
  if (!service) return refuse(404, 'The real service is in use; it has no switches.')
  switch (`${request.method} ${pathname}`) {
    case 'GET /demo/state':
      return Response.json(toState(backend))
    case 'POST /demo/switch': {
      const change = z.safeParse(switchChange, await readJson(request))
      if (!change.success) return refuse(400, 'The body names no switch.')
      backend.setServiceSwitches(change.data as Partial<ServiceSwitches>)
      return Response.json(toState(backend))
    }
    case 'POST /demo/reset':
      backend.reset()
      return Response.json(toState(backend))
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
