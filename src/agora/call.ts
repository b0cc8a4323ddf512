import * as z from 'zod/mini'
import { NetworkError, ResponseError, type SttError } from '../errors.js'
import { withoutSecrets } from './secrets.js'
import { readAnswer, type ServiceAnswer, toRefusal } from './serviceError.js'

/** What a REST call of the service does. */
export type SttOperation = 'acquire' | 'start' | 'query' | 'update' | 'stop' | 'list'

/** One REST call, ready to be sent with any token. */
export interface SttCall<Answer> {
  operation: SttOperation
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Holds no secret; what does is in `query` and `body`. */
  path: string
  query?: Readonly<Record<string, string>>
  body?: unknown
  schema: z.ZodMiniType<Answer>
  /** Values of `query` and `body` that no error may repeat. */
  secrets?: readonly string[]
}

/**
 * What a REST call came to.
 * - `conflict`: a start was told that such a task exists already; no proof that it is alive.
 * - `refused`: the service says no, and nothing was done.
 * - `unanswered`: nobody knows whether it was carried out.
 */
export type CallOutcome<Answer> =
  | { kind: 'ok'; answer: Answer; status: number }
  | { kind: 'conflict'; taskId: string | null; error: SttError; status: number }
  | { kind: 'refused'; error: SttError; status: number }
  | { kind: 'unanswered'; error: SttError; status: number | null }

/** Where and how calls are sent. */
export interface SendOptions {
  baseUrl: string
  token: string
  fetch: typeof globalThis.fetch
  /** From the hand-over to fetch until the body is read. */
  timeoutMs: number
  setTimeout: (callback: () => void, delayMs: number) => unknown
  clearTimeout: (timer: unknown) => void
  /** Gives the call up; whether the service carried it out is then unknown. */
  signal?: AbortSignal | undefined
}

/**
 * Sends one call, once, and never rejects: fetch is called before this returns.
 *
 * @see https://docs.agora.io/en/realtime-media/speech-to-text/build/start-transcribing-and-translating/enable-service
 */
export async function sendCall<Answer>(
  call: SttCall<Answer>,
  options: SendOptions,
): Promise<CallOutcome<Answer>> {
  const secrets = [options.token, ...(call.secrets ?? [])]
  const abort = new AbortController()
  let giveUp: (error: SttError) => void = () => {}
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = (error) => {
      reject(error)
      abort.abort()
    }
  })
  const timer = options.setTimeout(
    () => giveUp(timedOut(call, options.timeoutMs)),
    options.timeoutMs,
  )
  const onAbort = () => giveUp(networkError(call, 'was given up', undefined, secrets))
  options.signal?.addEventListener('abort', onAbort)
  try {
    const answered = fetchText(call, options, abort.signal)
    return toOutcome(call, await Promise.race([answered, givenUp]), secrets)
  } catch (cause) {
    const error = NetworkError.is(cause)
      ? cause
      : networkError(call, 'got no answer', cause, secrets)
    return { kind: 'unanswered', error, status: null }
  } finally {
    options.clearTimeout(timer)
    options.signal?.removeEventListener('abort', onAbort)
  }
}

async function fetchText(
  call: SttCall<unknown>,
  { baseUrl, token, fetch }: SendOptions,
  signal: AbortSignal,
): Promise<{ status: number; text: string }> {
  const search = call.query ? `?${new URLSearchParams(call.query)}` : ''
  const response = await fetch(`${baseUrl}${call.path}${search}`, {
    method: call.method,
    headers: {
      authorization: `agora token="${token}"`,
      ...(call.body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
    signal,
  })
  return { status: response.status, text: await response.text() }
}

function toOutcome<Answer>(
  call: SttCall<Answer>,
  { status, text }: { status: number; text: string },
  secrets: readonly string[],
): CallOutcome<Answer> {
  const answer = readAnswer(status, withoutSecrets(text, secrets))
  const isSuccess = status >= 200 && status < 300
  if (!isSuccess || (status === 201 && call.operation === 'start')) return refuse(call, answer)
  const parsed = z.safeParse(call.schema, parseJson(text))
  if (parsed.success) return { kind: 'ok', answer: parsed.data, status }
  const field = parsed.error.issues[0]?.path.join('.') || 'the body'
  const error = new ResponseError(
    `Agora answered the ${call.operation} with ${status}, but ${field} is not what it documents. Check that baseUrl leads to Agora's REST API and that api names the right generation.`,
    { status, reason: answer.text },
  )
  return { kind: 'unanswered', error, status }
}

function refuse(call: SttCall<unknown>, answer: ServiceAnswer): CallOutcome<never> {
  const { kind, error } = toRefusal(call.operation, answer)
  const { status } = answer
  if (kind === 'conflict') return { kind, taskId: answer.taskId, error, status }
  return { kind, error, status }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function timedOut(call: SttCall<unknown>, timeoutMs: number): SttError {
  return new NetworkError(
    'timeout',
    `Agora did not answer the ${call.operation} within ${timeoutMs} ms. It may have been carried out all the same; enable() looks before it starts again.`,
    { outcome: 'unknown' },
  )
}

function networkError(
  call: SttCall<unknown>,
  what: string,
  cause: unknown,
  secrets: readonly string[],
): SttError {
  return new NetworkError(
    'network',
    `The ${call.operation} ${what}: the network is down, or the browser blocked the call (CORS). Check the connection; if it is CORS, point baseUrl at a proxy of yours.`,
    { outcome: 'unknown', cause: withoutSecrets(cause, secrets) },
  )
}
