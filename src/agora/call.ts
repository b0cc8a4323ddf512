import * as z from 'zod/mini'
import { NetworkError, ResponseError, type SttError } from '../errors.js'
import { toShowable } from './secrets.js'
import { parseJson, readAnswer, toRefusal } from './serviceError.js'

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
  | {
      kind: 'conflict' | 'refused' | 'unanswered'
      error: SttError
      /** HTTP status; null: no answer. */
      status: number | null
      /** The task that the answer names. */
      taskId?: string | null
    }

/** Where and how calls are sent. */
export interface SendOptions {
  baseUrl: string
  token: string
  fetch: typeof globalThis.fetch
  /** From the hand-over to fetch until the body is read. */
  requestTimeoutMs: number
  environment: {
    setTimeout: (callback: () => void, delayMs: number) => unknown
    clearTimeout: (timer: unknown) => void
  }
  /** Gives the call up; whether the service carried it out is then unknown. */
  signal: AbortSignal
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
  const { baseUrl, token, fetch, requestTimeoutMs, environment, signal } = options
  const secrets = [token, ...(call.secrets ?? [])]
  const search = call.query ? `?${new URLSearchParams(call.query)}` : ''
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const abort = new AbortController()
  const giveUp = () => abort.abort()
  const timer = environment.setTimeout(giveUp, requestTimeoutMs)
  signal.addEventListener('abort', giveUp)
  const givenUp = new Promise<never>((_, reject) => abort.signal.addEventListener('abort', reject))
  const answered = (async () => {
    const response = await fetch(`${baseUrl}${call.path}${search}`, {
      method: call.method,
      headers: {
        authorization: `agora token="${token}"`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body }),
      signal: abort.signal,
    })
    return toOutcome(call, response.status, await response.text(), secrets)
  })()
  try {
    return await Promise.race([answered, givenUp])
  } catch (cause) {
    const isTimeout = abort.signal.aborted && !signal.aborted
    const error = isTimeout
      ? new NetworkError(
          'timeout',
          `Agora did not answer the ${call.operation} within ${requestTimeoutMs} ms. It may have been carried out: enable() looks before it starts again.`,
          { outcome: 'unknown' },
        )
      : new NetworkError(
          'network',
          `The ${call.operation} got no answer: the network is down, or the browser blocked it (CORS). Check the connection, or point baseUrl at a proxy of yours.`,
          { outcome: 'unknown', cause: toShowable(cause, secrets) },
        )
    return { kind: 'unanswered', error, status: null }
  } finally {
    environment.clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}

function toOutcome<Answer>(
  call: SttCall<Answer>,
  status: number,
  text: string,
  secrets: readonly string[],
): CallOutcome<Answer> {
  const { operation, schema } = call
  if (status < 200 || status > 299 || (status === 201 && operation === 'start')) {
    const said = readAnswer(status, text, secrets)
    return { ...toRefusal(operation, said), taskId: said.taskId, status }
  }
  const parsed = z.safeParse(schema, parseJson(text))
  if (parsed.success) return { kind: 'ok', answer: parsed.data, status }
  const field = parsed.error.issues[0]?.path.join('.') || 'the body'
  const error = new ResponseError(
    `Agora answered the ${operation} with ${status}, but ${field} is not what it documents. Check that baseUrl leads to its REST API and that api is right.`,
    { status },
  )
  return { kind: 'unanswered', error, status }
}
