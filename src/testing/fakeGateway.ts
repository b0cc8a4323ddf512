import { HttpResponse, http, type RequestHandler } from 'msw'
import type { FakeSettings } from './fakeAgoraOptions.js'
import type { FakeFault, FakeFaults } from './fakeFaults.js'
import { asObject } from './fakeTaskBody.js'
import type { FakeApi, FakeTasks } from './fakeTasks.js'
import type { FakeTokens } from './fakeTokens.js'

/** What a request asks the service to do; `'start'` is v6 `tasks` and v7 `join`. */
export type FakeOperation = 'acquire' | 'start' | 'query' | 'update' | 'stop' | 'list'

/** One request as the service saw it. It holds no token. */
export interface FakeRequest {
  /** Epoch ms of its arrival, by the fake's clock; for a request that a fault delays, of its sending. */
  at: number
  /** The generation that was called. */
  api: FakeApi
  /** What it asks for. */
  operation: FakeOperation
  /** The HTTP method. */
  method: string
  /** Without the query string, which would show the builder token. */
  path: string
  /** The RTC channel; null where the request does not say, as when acquiring a builder token. */
  channel: string | null
  /** The HTTP status; null as long as it is not answered; it stays null when the answer is lost. */
  status: number | null
}

/** One request that passed the gateway. */
export interface FakeCall {
  /** Epoch ms. */
  at: number
  taskId: string
  query: URLSearchParams
  /** undefined if it is no JSON. */
  body: unknown
  /** Would the bot tokens of this start let the bots join? */
  transcribes: boolean
}

export interface FakeAnswer {
  status: number
  /** Sent as JSON; without it the body is empty. */
  json?: unknown
}

interface FakeRoute {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** An MSW path with `:appId` and, where there is a task, `:taskId`. */
  path: string
  operation: FakeOperation
  /** Synchronous, so that no other request comes between a check and its consequence. */
  answer(call: FakeCall): FakeAnswer
}

/** One generation of the REST API. */
export interface FakeGeneration {
  api: FakeApi
  routes: readonly FakeRoute[]
  notEnabled(operation: FakeOperation): FakeAnswer
}

/** What stands behind both doors. */
export interface FakeService {
  appId: string
  settings: FakeSettings
  now: () => number
  setTimeout: (callback: () => void, delayMs: number) => unknown
  tokens: FakeTokens
  tasks: FakeTasks
  faults: FakeFaults
  requests: FakeRequest[]
  /** Another one after each reset: what was on its way then does not arrive in the new state. */
  era(): number
}

/** A request as it arrives, by whichever door. */
interface FakeArrival {
  method: string
  url: URL
  authorization: string | null
  /** null if the client gave up before the service had it all. */
  readText(): Promise<string | null>
}

/** What goes back; `'lost'`: nothing does. */
type FakeReply = { status: number; headers?: Record<string, string>; body: string | null } | 'lost'

/** The way from a request to its answer, the same for both generations. */
export function fakeGateway(
  service: FakeService,
  generations: readonly FakeGeneration[],
): RequestHandler[] {
  return generations.flatMap((generation) =>
    generation.routes.map((route): RequestHandler => {
      return http[route.method](route.path, async ({ request, params }) => {
        if (params.appId !== service.appId) return undefined
        const reply = await receive(service, generation, route, String(params.taskId ?? ''), {
          method: request.method,
          url: new URL(request.url),
          authorization: request.headers.get('authorization'),
          readText: () => readText(request),
        })
        if (reply === 'lost') return HttpResponse.error()
        return new HttpResponse(reply.body, reply)
      })
    }),
  )
}

export async function receive(
  service: FakeService,
  generation: FakeGeneration,
  route: FakeRoute,
  taskId: string,
  arrival: FakeArrival,
): Promise<FakeReply> {
  const { requests, settings } = service
  const { operation } = route
  const { api } = generation
  const { url, method } = arrival
  const record: FakeRequest = {
    at: service.now(),
    api,
    operation,
    method,
    path: url.pathname,
    channel: service.tasks.find(taskId, api)?.channel ?? null,
    status: null,
  }
  requests.push(record)
  const era = service.era()

  const text = await arrival.readText()
  const body = parseJson(text ?? '')
  if (operation === 'list') record.channel = url.searchParams.get('channel')
  if (operation === 'start') record.channel = channelOf(body)

  const fault = service.faults.take(operation, record.channel) ?? { delayMs: 0 }
  const isLate = 'when' in fault && fault.when === 'before'
  if (isLate) await wait(service, fault.delayMs)

  let reply: FakeReply
  if (text === null || 'networkError' in fault) {
    reply = 'lost'
  } else if ('status' in fault && fault.carriedOut !== true) {
    reply = replyOf(fault)
  } else {
    const { authorization } = arrival
    const received = { era, taskId, url, authorization, body }
    const answer = await serve(service, generation, route, received)
    if (answer === null) reply = 'lost'
    else reply = 'status' in fault ? replyOf(fault) : send(answer)
  }

  const { latencyMs } = settings
  await wait(service, typeof latencyMs === 'number' ? latencyMs : latencyMs())
  if (!isLate) await wait(service, fault.delayMs)
  if ('dropResponse' in fault) return 'lost'
  if (reply !== 'lost') record.status = reply.status
  return reply
}

interface ReceivedRequest {
  era: number
  taskId: string
  url: URL
  authorization: string | null
  body: unknown
}

async function serve(
  service: FakeService,
  generation: FakeGeneration,
  route: FakeRoute,
  { era, taskId, url, authorization, body }: ReceivedRequest,
): Promise<FakeAnswer | null> {
  const refusal = await authorize(service.tokens, authorization)
  if (refusal !== null) return refusal
  if (!service.settings.serviceEnabled) return generation.notEnabled(route.operation)
  const transcribes =
    route.operation === 'start' && (await botsCanJoin(service.tokens, generation.api, body))
  if (service.era() !== era) return null
  return route.answer({ at: service.now(), taskId, query: url.searchParams, body, transcribes })
}

const UNAUTHORIZED: Record<'invalid' | 'expired' | 'missing', string> = {
  missing: 'Invalid authentication credentials',
  invalid: 'Invalid token',
  expired: 'Token is expired',
}

async function authorize(tokens: FakeTokens, header: string | null): Promise<FakeAnswer | null> {
  const token = /^agora token="([^"]*)"$/.exec(header ?? '')?.[1]
  const verdict = token === undefined ? 'missing' : await tokens.judge(token)
  return verdict === 'valid' ? null : { status: 401, json: { message: UNAUTHORIZED[verdict] } }
}

async function botsCanJoin(tokens: FakeTokens, api: FakeApi, body: unknown): Promise<boolean> {
  const rtc = asObject(asObject(body).rtcConfig)
  const channel = String(rtc.channelName)
  const publishes = await tokens.admits(rtc.pubBotToken, channel, String(rtc.pubBotUid))
  // v7 deprecates the second bot and ignores it.
  if (api === 'v7' || !publishes) return publishes
  return await tokens.admits(rtc.subBotToken, channel, String(rtc.subBotUid))
}

/** Without a delay nothing but a microtask passes: virtual time depends on it. */
async function wait(service: FakeService, delayMs = 0): Promise<void> {
  if (!(delayMs > 0)) return
  await new Promise<void>((resolve) => {
    if (delayMs !== Number.POSITIVE_INFINITY) service.setTimeout(resolve, delayMs)
  })
}

const JSON_HEADERS = { 'content-type': 'application/json' }

function replyOf({
  status,
  body,
  headers = {},
}: Extract<FakeFault, { status: number }>): FakeReply {
  if (typeof body === 'object') {
    return { status, headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) }
  }
  return { status, headers, body: body === undefined ? null : String(body) }
}

function send({ status, json }: FakeAnswer): FakeReply {
  return json === undefined
    ? { status, body: null }
    : { status, headers: JSON_HEADERS, body: JSON.stringify(json) }
}

/** null if the client gave up before the service had it all. */
export async function readText(request: Request): Promise<string | null> {
  try {
    return request.body === null ? '' : await request.text()
  } catch {
    return null
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function channelOf(body: unknown): string | null {
  const { channelName } = asObject(asObject(body).rtcConfig)
  return typeof channelName === 'string' ? channelName : null
}
