import {
  InvalidTokenError,
  RequestError,
  ServiceNotEnabledError,
  type SttError,
  type SttErrorOptions,
  TokenExpiredError,
} from '../errors.js'
import type { SttOperation } from './call.js'

/** What can be read from any body the service is known to send. */
export interface ServiceAnswer {
  status: number
  /** The service's own words: `detail`, `details`, `message` or `reason`, else the start of a body that is no JSON. */
  text: string | undefined
  /** v7's short word, such as `ServiceNotEnabled`. */
  reason: string | undefined
  code: number | undefined
  /** A task that the answer names, in a field or inside its sentence. */
  taskId: string | null
}

const TASK_ID = /^[A-Za-z0-9_-]{1,128}$/
const TASK_ID_IN_TEXT = /(?:task|agent)[ _]?id(?: is)?[\s:="']+([A-Za-z0-9_-]{1,128})/i
const MAX_TEXT_LENGTH = 300

/** Reads an answer of any documented shape, non-JSON included. */
export function readAnswer(status: number, text: string): ServiceAnswer {
  const body = toRecord(text)
  const said = body
    ? [body.detail, body.details, body.message, body.reason].find(isFilled)
    : text.trim() || undefined
  const id = [body?.agent_id, body?.agentId, body?.taskId].find(isFilled)
  const idInText = said?.match(TASK_ID_IN_TEXT)?.[1]
  return {
    status,
    text: said?.slice(0, MAX_TEXT_LENGTH),
    reason: isFilled(body?.reason) ? body.reason : undefined,
    code: typeof body?.code === 'number' ? body.code : undefined,
    taskId: [id, idInText].find((candidate) => candidate && TASK_ID.test(candidate)) ?? null,
  }
}

function toRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''

/** An answer that is no success, and what it means for a task. */
export interface Refusal {
  kind: 'conflict' | 'refused' | 'unanswered'
  error: SttError
}

interface Rule {
  on?: SttOperation
  status?: readonly number[] | { from: number }
  text?: RegExp
  code?: readonly number[]
  /** `conflict` and `unanswered` say what a start may have left behind; default `refused`. */
  kind?: Refusal['kind']
  toError: (message: string, options: SttErrorOptions) => SttError
  message: string
}

const rejected = (code: ConstructorParameters<typeof RequestError>[0]) => {
  return (message: string, options: SttErrorOptions) => new RequestError(code, message, options)
}
const NOT_ENABLED_HINT =
  'If it stays so, check in the Agora Console that Real-Time STT is enabled for this app id.'
const CONFLICT = 'A task of this name exists already.'

/**
 * First match wins.
 *
 * @see https://docs.agora.io/en/real-time-stt/reference/common-errors
 */
const RULES: readonly Rule[] = [
  {
    status: [401],
    text: /token is expired/i,
    toError: (message, options) => new TokenExpiredError(message, options),
    message: 'The token has expired. Let the token provider mint a new one and try again.',
  },
  {
    status: [401],
    text: /invalid token/i,
    toError: (message, options) => new InvalidTokenError(message, options),
    message:
      'Agora does not accept the token. Check that it was made with this app id and its current certificate.',
  },
  {
    status: [401],
    toError: rejected('request_rejected'),
    message:
      'Agora does not accept these credentials. Check that the token provider returns an RTC token of this app id.',
  },
  {
    text: /ServiceNotEnabled|invalid_appid!|core: allocate failed/i,
    toError: (message, options) => new ServiceNotEnabledError(message, options),
    message: 'Real-Time STT is not enabled for this app id. Enable it in the Agora Console.',
  },
  {
    on: 'acquire',
    code: [62],
    toError: (message, options) => new ServiceNotEnabledError(message, options),
    message: 'Real-Time STT is not enabled for this app id. Enable it in the Agora Console.',
  },
  {
    on: 'start',
    status: [201, 409],
    kind: 'conflict',
    toError: rejected('request_rejected'),
    message: CONFLICT,
  },
  {
    on: 'start',
    code: [49, 53],
    kind: 'conflict',
    toError: rejected('request_rejected'),
    message: CONFLICT,
  },
  {
    on: 'start',
    text: /current status is STARTED|TaskConflict|same name already exists|already (been )?(started|running|in progress)/i,
    kind: 'conflict',
    toError: rejected('request_rejected'),
    message: CONFLICT,
  },
  {
    text: /no Route matched/i,
    toError: rejected('request_rejected'),
    message:
      'No such address at the service. Check that baseUrl leads to the root of its REST API.',
  },
  {
    text: /task (is )?not found|TaskNotFound/i,
    toError: rejected('not_found'),
    message: 'No such task: it has ended.',
  },
  {
    status: [404],
    toError: rejected('not_found'),
    message: 'The service knows nothing of this name: the task has ended, or the address is wrong.',
  },
  {
    code: [404],
    toError: rejected('not_found'),
    message: 'No such task: it has ended.',
  },
  {
    status: [429],
    toError: rejected('rate_limited'),
    message: 'Too many calls for this app id. Wait some seconds, then try again.',
  },
  {
    status: [503, 504],
    kind: 'unanswered',
    toError: rejected('server_error'),
    message: `Agora could not carry it out now. Try again. ${NOT_ENABLED_HINT}`,
  },
  {
    status: { from: 500 },
    kind: 'unanswered',
    toError: rejected('server_error'),
    message: 'Agora failed on its side. Try again.',
  },
  {
    code: [1, 6, 20, 23, 62, 501, 502, 504],
    kind: 'unanswered',
    toError: rejected('server_error'),
    message: 'Agora failed on its side. Try again.',
  },
  {
    status: [400, 403],
    toError: rejected('request_rejected'),
    message: `Agora refused the request. Check the options. ${NOT_ENABLED_HINT}`,
  },
]

const OTHERWISE: Rule = {
  toError: rejected('request_rejected'),
  message: 'Agora refused the request. See the reason.',
}

/** Finds what an answer other than success means. */
export function toRefusal(operation: SttOperation, answer: ServiceAnswer): Refusal {
  const rule = RULES.find((candidate) => matches(candidate, operation, answer)) ?? OTHERWISE
  const said = answer.text ? ` (${answer.status}: ${answer.text})` : ` (${answer.status})`
  return {
    kind: rule.kind ?? 'refused',
    error: rule.toError(rule.message + said, { status: answer.status, reason: answer.text }),
  }
}

function matches(rule: Rule, operation: SttOperation, answer: ServiceAnswer): boolean {
  const { status, code, text } = rule
  if (rule.on && rule.on !== operation) return false
  if (status && !isStatus(status, answer.status)) return false
  if (code && !(answer.code !== undefined && code.includes(answer.code))) return false
  return !text || text.test(`${answer.reason ?? ''}\n${answer.text ?? ''}`)
}

function isStatus(expected: NonNullable<Rule['status']>, status: number): boolean {
  return 'from' in expected ? status >= expected.from : expected.includes(status)
}
