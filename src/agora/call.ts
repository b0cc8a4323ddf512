import * as z from 'zod/mini'
import { NetworkError, ResponseError, type SttError } from '../errors.js'
import { type Secrets, toShowable } from '../secrets.js'
import { parseJson, toRefusal } from './serviceError.js'
import { type Timers, TOO_LATE, withTimeLimit } from './withTimeLimit.js'

/**
 * What a REST call of the service does.
 * - `'acquire'`: v6, gets the builder token that a start needs.
 * - `'start'`: starts a task: v6 `tasks`, v7 `join`.
 * - `'query'`: asks what one task does.
 * - `'update'`: changes a running task.
 * - `'stop'`: ends a task: v7 `leave`.
 * - `'list'`: v7, asks which tasks run in a channel.
 */
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
  secrets?: Secrets
}

/**
 * What a REST call came to.
 * - `conflict`: a start was told that such a task exists already; no proof that it is alive.
 * - `refused`: the service says no, and nothing was done.
 * - `unanswered`: nobody knows whether it was carried out.
 */
export type CallOutcome<Answer> =
  | { kind: 'ok'; answer: Answer; status: number; error?: undefined }
  | CallFailure

export interface CallFailure {
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
  environment: Timers
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
  const { operation, method, path, query } = call
  const { baseUrl, token, fetch, requestTimeoutMs, environment, signal } = options
  const secrets = [token, ...(call.secrets ?? [])]
  const url = baseUrl + path + (query ? `?${new URLSearchParams(query)}` : '')
  // Undefined where the call has none.
  const body = JSON.stringify(call.body)
  const send = async (signal: AbortSignal): Promise<CallOutcome<Answer>> => {
    const headers = {
      authorization: `agora token="${token}"`,
      ...(body && { 'content-type': 'application/json' }),
    }
    const response = await fetch(url, { method, headers, body, signal })
    const { status, ok } = response
    const text = await response.text()
    if (!ok || (status === 201 && operation === 'start')) {
      return toRefusal(operation, status, text, secrets)
    }
    const { data, error: problem } = z.safeParse(call.schema, parseJson(text))
    if (!problem) return { kind: 'ok', answer: data, status }
    const field = problem.issues[0]?.path.join('.') || 'the body'
    const error = new ResponseError(
      `The answer to the ${operation} is not as documented: ${field}. Check baseUrl and api.`,
      { status },
    )
    return { kind: 'unanswered', error, status }
  }
  try {
    return await withTimeLimit(environment, requestTimeoutMs, send, signal)
  } catch (cause) {
    const isLate = cause === TOO_LATE
    const why = isLate
      ? ` within ${requestTimeoutMs} ms. Try again.`
      : ': no network, or blocked by CORS. Try again, or check baseUrl.'
    const error = new NetworkError(
      isLate ? 'timeout' : 'network',
      `No answer to the ${operation}${why}`,
      { outcome: 'unknown', cause: toShowable(cause, secrets) },
    )
    return { kind: 'unanswered', error, status: null }
  }
}
