/**
 * Every `code` an {@link SttError} can carry.
 *
 * @see https://unpkg.com/react-realtime-stt/docs/errors.md for what each means, and what to do
 */
export type SttErrorCode =
  | 'token_expired'
  | 'invalid_token'
  | 'token_provider_failed'
  | 'invalid_config'
  | 'service_not_enabled'
  | 'request_rejected'
  | 'rate_limited'
  | 'not_found'
  | 'server_error'
  | 'token_unavailable'
  | 'network'
  | 'timeout'
  | 'claims_unavailable'
  | 'unexpected_response'
  | 'session_ended'
  | 'superseded'

const DOCS_URL = 'https://unpkg.com/react-realtime-stt/docs/errors.md#'

const BRAND = Symbol.for('react-realtime-stt.error')

/** What every {@link SttError} is made of. */
export interface SttErrorOptions {
  /** HTTP status of the answer, where there was one. */
  status?: number | undefined
  /** The service's own words, where it said any. */
  reason?: string | undefined
  /** What was thrown before, without secrets. */
  cause?: unknown
}

/** The JSON form of an {@link SttError}: safe to log, it holds no secret. */
export interface SttErrorJson {
  /** The class's name. */
  name: string
  /** What went wrong. */
  code: SttErrorCode
  /** What happened, and what to do. */
  message: string
  /** Whether the same call can succeed later without a change of code or settings. */
  isRetryable: boolean
  /** The page that explains this code, of the latest version. */
  docsUrl: string
  /** HTTP status of the answer, where there was one. */
  status?: number | undefined
  /** The service's own words, where it said any. */
  reason?: string | undefined
  /** Of a {@link NetworkError}: whether a task may run. */
  outcome?: NetworkOutcome
}

const RETRYABLE: readonly SttErrorCode[] = [
  'token_expired',
  'token_provider_failed',
  'rate_limited',
  'server_error',
  'network',
  'timeout',
  'claims_unavailable',
  'session_ended',
]

/**
 * The base of every error this package throws or shows.
 *
 * `message` says what happened and what to do; no part of it ever holds a token. Tell errors apart by class
 * (`TokenExpiredError.is(error)`) or by `code`; both work across two copies of the package, `instanceof` does not.
 *
 * @group Errors
 * @example
 * ```ts
 * import { InvalidTokenError, SttError, TokenExpiredError } from 'react-realtime-stt'
 *
 * export function toSentence(error: unknown): string {
 *   if (TokenExpiredError.is(error)) return 'Your session has expired. Sign in again.'
 *   if (InvalidTokenError.is(error)) return 'This app is not set up correctly.'
 *   return SttError.is(error) && error.isRetryable ? 'Try again.' : 'Captions do not work here.'
 * }
 * ```
 */
export class SttError extends Error {
  /** Whether `value` is an error of this package, from this copy of it or another. */
  static is = isNamed<SttError>()

  /** The class's name, whatever a minifier made of it. */
  override readonly name: string
  /** What went wrong, as one of a closed list. */
  readonly code: SttErrorCode
  /** Whether the same call can succeed later without a change of code or settings. */
  readonly isRetryable: boolean
  /** HTTP status of the answer, where there was one. */
  readonly status?: number | undefined
  /** The service's own words, where it said any. */
  readonly reason?: string | undefined
  /** The page that explains this code, of the latest version. */
  readonly docsUrl: string

  /**
   * Apps make one in their tests at most.
   *
   * @param name the class's name
   * @param code decides `isRetryable` and `docsUrl`
   * @param message what happened, and what to do
   * @param options what else is known
   */
  constructor(name: string, code: SttErrorCode, message: string, options: SttErrorOptions = {}) {
    super(message, options)
    this.name = name
    this.code = code
    this.isRetryable = RETRYABLE.includes(code)
    this.docsUrl = DOCS_URL + code
    this.status = options.status
    this.reason = options.reason
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** What `JSON.stringify` shows: neither the stack nor the cause. */
  toJSON(): SttErrorJson {
    // Neither the stack nor the cause is enumerable.
    return { ...this, message: this.message }
  }
}

function isNamed<Class extends SttError>(name?: string) {
  return (value: unknown): value is Class =>
    BRAND in Object(value) && (!name || (value as SttError).name === name)
}

/** A class with a name and a code of its own; the name tells it apart, since minifiers rename classes. */
function errorClass<Name extends string, Code extends SttErrorCode>(name: Name, code: Code) {
  return class extends SttError {
    static override is = isNamed<
      SttError & {
        /** The class's name. */
        name: Name
        /** What went wrong. */
        code: Code
      }
    >(name)
    declare readonly name: Name
    declare readonly code: Code

    /**
     * Apps make one in their tests at most.
     *
     * @param message what happened, and what to do
     * @param options what else is known
     */
    constructor(message: string, options?: SttErrorOptions) {
      super(name, code, message, options)
    }
  }
}

/**
 * 401 `Token is expired`, also after one replay with a fresh token. Code `token_expired`.
 *
 * @group Errors
 */
export class TokenExpiredError extends errorClass('TokenExpiredError', 'token_expired') {}

/**
 * 401 `Invalid token`, or a token that cannot be sent or cannot serve the bot. Code `invalid_token`.
 *
 * @group Errors
 */
export class InvalidTokenError extends errorClass('InvalidTokenError', 'invalid_token') {}

/**
 * The token provider threw, timed out, or returned nothing. Code `token_provider_failed`.
 *
 * @group Errors
 */
export class TokenProviderError extends errorClass('TokenProviderError', 'token_provider_failed') {}

/**
 * A bad option, a bad channel, a missing provider, a disposed client. Nothing was sent. Code `invalid_config`.
 *
 * @group Errors
 */
export class ConfigError extends errorClass('ConfigError', 'invalid_config') {}

/**
 * The app id has no Real-Time STT. Code `service_not_enabled`.
 *
 * @group Errors
 */
export class ServiceNotEnabledError extends errorClass(
  'ServiceNotEnabledError',
  'service_not_enabled',
) {}

/**
 * A 2xx answer that is not what the service documents: whether a task may run is unknown. Code `unexpected_response`.
 *
 * @group Errors
 */
export class ResponseError extends errorClass('ResponseError', 'unexpected_response') {}

/**
 * A running session ended by itself, or was stopped elsewhere; the service does not say why. Code `session_ended`.
 *
 * @group Errors
 */
export class SessionEndedError extends errorClass('SessionEndedError', 'session_ended') {}

/**
 * An `enable()` overtaken by a later `disable()`. Code `superseded`; never shown as a hook's `error`.
 *
 * @group Errors
 */
export class SupersededError extends errorClass('SupersededError', 'superseded') {}

/**
 * The codes of a {@link RequestError}.
 * - `'request_rejected'`: the service refused the call for a reason without a code of its own.
 * - `'rate_limited'`: 429. The client does not repeat the call by itself.
 * - `'not_found'`: the task is not known to the service, where it was expected.
 * - `'server_error'`: the service failed; whether a task may run is unknown.
 * - `'token_unavailable'`: v6, no page holds the builder token any more; the task ends when the channel is empty.
 */
export type RequestErrorCode =
  | 'request_rejected'
  | 'rate_limited'
  | 'not_found'
  | 'server_error'
  | 'token_unavailable'

/**
 * Any other HTTP answer that is no success; `code` says which.
 *
 * @group Errors
 */
export class RequestError extends SttError {
  static override is = isNamed<RequestError>('RequestError')
  declare readonly name: 'RequestError'
  declare readonly code: RequestErrorCode

  /**
   * Apps make one in their tests at most.
   *
   * @param code which answer it was
   * @param message what happened, and what to do
   * @param options what else is known
   */
  constructor(code: RequestErrorCode, message: string, options?: SttErrorOptions) {
    super('RequestError', code, message, options)
  }
}

/**
 * Whether a task may run although no answer came.
 * - `'unknown'`: the request may have been carried out. The client finds out by itself.
 * - `'not_sent'`: nothing was handed to fetch, so nothing was started.
 */
export type NetworkOutcome = 'unknown' | 'not_sent'

/** What a {@link NetworkError} adds. */
export interface NetworkErrorOptions extends SttErrorOptions {
  /** Whether a task may run. */
  outcome: NetworkOutcome
}

/**
 * The codes of a {@link NetworkError}.
 * - `'network'`: no network, or blocked by CORS.
 * - `'timeout'`: a call got no answer within `requestTimeoutMs`, or an operation no clear outcome within 90 s.
 * - `'claims_unavailable'`: the claim store gave no answer. `enable()` fails so only with `onClaimsUnavailable: 'fail'`.
 */
export type NetworkErrorCode = 'network' | 'timeout' | 'claims_unavailable'

/**
 * No answer came, from the service or from the claim store; `outcome` says whether a task may run.
 *
 * @group Errors
 */
export class NetworkError extends SttError {
  static override is = isNamed<NetworkError>('NetworkError')
  declare readonly name: 'NetworkError'
  declare readonly code: NetworkErrorCode

  /** `'not_sent'` only where nothing was handed to fetch; `'unknown'`: the request may have been carried out. */
  readonly outcome: NetworkOutcome

  /**
   * Apps make one in their tests at most.
   *
   * @param code what gave no answer
   * @param message what happened, and what to do
   * @param options whether a task may run, and what else is known
   */
  constructor(code: NetworkErrorCode, message: string, options: NetworkErrorOptions) {
    super('NetworkError', code, message, options)
    this.outcome = options.outcome
  }
}
