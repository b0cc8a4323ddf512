import {
  InvalidTokenError,
  RequestError,
  type RequestErrorCode,
  ServiceNotEnabledError,
  TokenExpiredError,
} from '../errors.js'
import { type Secrets, withoutSecrets } from '../secrets.js'
import type { CallFailure, SttOperation } from './call.js'

const TASK_ID = /^[\w-]{1,128}$/
const TASK_ID_IN_TEXT = /(?:task|agent)[ _]?id(?:\s+is|\s*[:=])[\s"']*([\w-]+)/i
const MAX_TEXT_LENGTH = 300

/** What is no JSON stays text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

type RefusalClass =
  | typeof TokenExpiredError
  | typeof InvalidTokenError
  | typeof ServiceNotEnabledError

type Rule = [when: RegExp, error: RequestErrorCode | RefusalClass, message: string]

const NOT_ACCEPTED = 'Agora does not accept the token. Check that app id and certificate are right.'
const CONFLICT = 'A task of the same name exists already.'
const ENABLED_HINT = 'Is Real-Time STT enabled in the Agora Console?'

/**
 * First match wins, held against `operation status code reason text`.
 *
 * @see https://docs.agora.io/en/real-time-stt/reference/common-errors
 */
const RULES: readonly Rule[] = [
  [/token is expired/i, TokenExpiredError, 'The token has expired. Mint a new one.'],
  [/invalid token/i, InvalidTokenError, NOT_ACCEPTED],
  [/^\w+ 401 /, 'request_rejected', NOT_ACCEPTED],
  [
    /^acquire \d+ 62 |ServiceNotEnabled|invalid_appid!|core: allocate failed/i,
    ServiceNotEnabledError,
    'Real-Time STT is not enabled for this app id. Enable it in the Agora Console.',
  ],
  [
    /^start (201|409|\d+ (49|53)\b|.*(status is STARTED|TaskConflict|same name already|already (been )?(started|running|in progress)))/i,
    'request_rejected',
    CONFLICT,
  ],
  [/no Route matched/i, 'request_rejected', 'No such address. Check baseUrl.'],
  [/^\w+ (\d+ )?404 |task ?(is )?not ?found/i, 'not_found', 'No such task: it has ended.'],
  [/^\w+ 429 /, 'rate_limited', 'Too many calls for this app id. Try again later.'],
  [
    /^\w+ (5\d\d|\d+ ([16]|20|23|62|50[124])) /,
    'server_error',
    `Agora failed. Try again. ${ENABLED_HINT}`,
  ],
  [/^/, 'request_rejected', `Agora refused it. Check the options. ${ENABLED_HINT}`],
]

/** Finds what an answer other than success means, of any documented shape; what it repeats of the secrets is masked. */
export function toRefusal(
  operation: SttOperation,
  status: number,
  body: string,
  secrets: Secrets = [],
): CallFailure {
  const parsed = Object(parseJson(body)) as Record<string, unknown>
  const first = (...keys: string[]) => {
    const values = keys.map((key) => parsed[key])
    return values.find((value): value is string => typeof value === 'string' && value !== '')
  }
  const isText = parsed instanceof String
  const text = (isText && body.trim()) || first('detail', 'details', 'message', 'reason')
  const subject = [operation, status, parsed.code, first('reason'), text].join(' ')
  const [, kindOfError, message] = RULES.find(([when]) => when.test(subject)) as Rule
  const reason = text && withoutSecrets(text, secrets).slice(0, MAX_TEXT_LENGTH)
  const said = `${message} (${reason ? `${status}: ${reason}` : status})`
  const options = { status, reason }
  const error =
    typeof kindOfError === 'string'
      ? new RequestError(kindOfError, said, options)
      : new kindOfError(said, options)
  const isUnanswered = kindOfError === 'server_error'
  const kind = message === CONFLICT ? 'conflict' : isUnanswered ? 'unanswered' : 'refused'
  const ids = [first('agent_id', 'agentId', 'taskId'), text?.match(TASK_ID_IN_TEXT)?.[1]]
  const taskId = ids.find((id) => id && TASK_ID.test(id)) ?? null
  return { kind, error, status, taskId }
}
