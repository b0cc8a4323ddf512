/** Every `code` an {@link SttError} can carry. Each has a heading in `docs/errors.md`. */
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
  cause?: unknown
}

/** The JSON form of an {@link SttError}: safe to log, it holds no secret. */
export interface SttErrorJson {
  name: string
  code: SttErrorCode
  message: string
  isRetryable: boolean
  docsUrl: string
  status?: number
  reason?: string
}

const RETRYABLE: ReadonlySet<SttErrorCode> = new Set([
  'token_expired',
  'token_provider_failed',
  'rate_limited',
  'server_error',
  'network',
  'timeout',
  'session_ended',
])

/**
 * The base of every error this package throws or shows.
 *
 * `message` says what happened and what to do; no part of it ever holds a token. Tell errors apart by class
 * (`TokenExpiredError.is(error)`) or by `code`; both work across two copies of the package, `instanceof` does not.
 */
export class SttError extends Error {
  override readonly name: string = 'SttError'
  /** What went wrong, as one of a closed list. */
  readonly code: SttErrorCode
  /** Whether the same call can succeed later without a change of code or settings. */
  readonly isRetryable: boolean
  /** HTTP status of the answer, where there was one. */
  readonly status?: number
  /** The service's own words, where it said any. */
  readonly reason?: string
  /** The page that explains this code. */
  readonly docsUrl: string

  constructor(code: SttErrorCode, message: string, options: SttErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.isRetryable = RETRYABLE.has(code)
    this.docsUrl = `${DOCS_URL}${code}`
    if (options.status !== undefined) this.status = options.status
    if (options.reason !== undefined) this.reason = options.reason
    Object.defineProperty(this, BRAND, { value: true })
  }

  /** Whether `value` is an error of this class, from this copy of the package or another. */
  static is(value: unknown): value is SttError {
    return hasBrand(value)
  }

  toJSON(): SttErrorJson {
    return {
      name: this.name,
      code: this.code,
      message: this.message,
      isRetryable: this.isRetryable,
      docsUrl: this.docsUrl,
      ...(this.status !== undefined && { status: this.status }),
      ...(this.reason !== undefined && { reason: this.reason }),
    }
  }
}

function hasBrand(value: unknown, name?: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    BRAND in value &&
    (name === undefined || (value as { name?: unknown }).name === name)
  )
}

/** 401 `Token is expired`, also after one replay with a fresh token. Code `token_expired`. */
export class TokenExpiredError extends SttError {
  override readonly name = 'TokenExpiredError'

  constructor(message: string, options?: SttErrorOptions) {
    super('token_expired', message, options)
  }

  static override is(value: unknown): value is TokenExpiredError {
    return hasBrand(value, 'TokenExpiredError')
  }
}

/** 401 `Invalid token`, or a token that cannot be sent or cannot serve the bot. Code `invalid_token`. */
export class InvalidTokenError extends SttError {
  override readonly name = 'InvalidTokenError'

  constructor(message: string, options?: SttErrorOptions) {
    super('invalid_token', message, options)
  }

  static override is(value: unknown): value is InvalidTokenError {
    return hasBrand(value, 'InvalidTokenError')
  }
}

/** The token provider threw, timed out, or returned nothing. Code `token_provider_failed`. */
export class TokenProviderError extends SttError {
  override readonly name = 'TokenProviderError'

  constructor(message: string, options?: SttErrorOptions) {
    super('token_provider_failed', message, options)
  }

  static override is(value: unknown): value is TokenProviderError {
    return hasBrand(value, 'TokenProviderError')
  }
}

/** A bad option, a bad channel, a missing provider, a disposed client. Nothing was sent. Code `invalid_config`. */
export class ConfigError extends SttError {
  override readonly name = 'ConfigError'

  constructor(message: string, options?: SttErrorOptions) {
    super('invalid_config', message, options)
  }

  static override is(value: unknown): value is ConfigError {
    return hasBrand(value, 'ConfigError')
  }
}

/** The app id has no Real-Time STT. Code `service_not_enabled`. */
export class ServiceNotEnabledError extends SttError {
  override readonly name = 'ServiceNotEnabledError'

  constructor(message: string, options?: SttErrorOptions) {
    super('service_not_enabled', message, options)
  }

  static override is(value: unknown): value is ServiceNotEnabledError {
    return hasBrand(value, 'ServiceNotEnabledError')
  }
}

/** The codes of a {@link RequestError}. */
export type RequestErrorCode =
  | 'request_rejected'
  | 'rate_limited'
  | 'not_found'
  | 'server_error'
  | 'token_unavailable'

/** Any other HTTP answer that is no success. */
export class RequestError extends SttError {
  override readonly name = 'RequestError'

  constructor(code: RequestErrorCode, message: string, options?: SttErrorOptions) {
    super(code, message, options)
  }

  static override is(value: unknown): value is RequestError {
    return hasBrand(value, 'RequestError')
  }
}

/** Whether a task may run although no answer came. */
export type NetworkOutcome = 'unknown' | 'not_sent'

/** What a {@link NetworkError} adds. */
export interface NetworkErrorOptions extends SttErrorOptions {
  outcome: NetworkOutcome
}

/** No answer came. Codes `network` and `timeout`. */
export class NetworkError extends SttError {
  override readonly name = 'NetworkError'
  /** `'not_sent'` only where nothing was handed to fetch; `'unknown'`: the request may have been carried out. */
  readonly outcome: NetworkOutcome

  constructor(code: 'network' | 'timeout', message: string, options: NetworkErrorOptions) {
    super(code, message, options)
    this.outcome = options.outcome
  }

  static override is(value: unknown): value is NetworkError {
    return hasBrand(value, 'NetworkError')
  }

  override toJSON(): SttErrorJson & { outcome: NetworkOutcome } {
    return { ...super.toJSON(), outcome: this.outcome }
  }
}

/** A 2xx answer that is not what the service documents. Code `unexpected_response`. */
export class ResponseError extends SttError {
  override readonly name = 'ResponseError'

  constructor(message: string, options?: SttErrorOptions) {
    super('unexpected_response', message, options)
  }

  static override is(value: unknown): value is ResponseError {
    return hasBrand(value, 'ResponseError')
  }
}

/** A running session ended by itself; `reason` says why, where known. Code `session_ended`. */
export class SessionEndedError extends SttError {
  override readonly name = 'SessionEndedError'

  constructor(message: string, options?: SttErrorOptions) {
    super('session_ended', message, options)
  }

  static override is(value: unknown): value is SessionEndedError {
    return hasBrand(value, 'SessionEndedError')
  }
}

/** An `enable()` overtaken by a later `disable()`. Code `superseded`; never shown as a hook's `error`. */
export class SupersededError extends SttError {
  override readonly name = 'SupersededError'

  constructor(message: string, options?: SttErrorOptions) {
    super('superseded', message, options)
  }

  static override is(value: unknown): value is SupersededError {
    return hasBrand(value, 'SupersededError')
  }
}
