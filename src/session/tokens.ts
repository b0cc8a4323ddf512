import { type AccessTokenContent, RTC_SERVICE, readAccessToken } from '../agora/accessToken.js'
import { withoutSecrets } from '../agora/secrets.js'
import { InvalidTokenError, TokenProviderError } from '../errors.js'
import type { SttEnvironment } from './environment.js'

/** What a token is wanted for. */
export interface TokenRequest {
  appId: string
  channel: string
  /** Whom the token is for: the user for `'rest'`, the caption bot for `'bot'`. */
  uid: string
  /** `'rest'`: sent in the Authorization header. `'bot'`: lets the caption bot join and publish. */
  purpose: 'rest' | 'bot'
  /** `'expiring'`: within 60 s of the last one's expiry. `'expired'`: past it, or the service said so. */
  reason: 'initial' | 'expiring' | 'expired'
  /** Aborted when nobody waits any more. */
  signal: AbortSignal
}

/** Returns an AccessToken2 (`007…`) that the app's own server has minted. */
export type TokenProvider = (request: TokenRequest) => string | Promise<string>

export interface TokenNeed {
  channel: string
  uid: string
  provider: TokenProvider
}

interface KnownToken {
  token: string
  /** Epoch ms; null: not readable, or not read yet. */
  expiresAt: number | null
  isExpired: boolean
}

const REUSE_MARGIN_MS = 60_000
/** Reading a bot token holds up its use; the check is worth no more than this. */
const MAX_READ_MS = 250
const SENDABLE = /^[\x21\x23-\x5B\x5D-\x7E]+$/

/** Asks the app's provider for tokens and keeps the users' while they are good. */
export class Tokens {
  readonly #appId: string
  readonly #environment: SttEnvironment
  readonly #timeoutMs: number
  readonly #known = new Map<string, KnownToken>()

  constructor(appId: string, environment: SttEnvironment, timeoutMs: number) {
    this.#appId = appId
    this.#environment = environment
    this.#timeoutMs = timeoutMs
  }

  /** The token for the Authorization header; a kept one until 60 s before its expiry. */
  async forRest(need: TokenNeed): Promise<string> {
    const known = this.#known.get(toKey('rest', need))
    if (known && this.#reasonFor(known) === 'initial') return known.token
    const { token } = await this.#ask('rest', need)
    return token
  }

  /** The service says that `token` has expired. */
  expire(need: TokenNeed, token: string): void {
    const known = this.#known.get(toKey('rest', need))
    if (known?.token === token) known.isExpired = true
  }

  /** The service says that `token` is none. */
  drop(need: TokenNeed, token: string): void {
    const key = toKey('rest', need)
    if (this.#known.get(key)?.token === token) this.#known.delete(key)
  }

  /** A bot's own token, fresh for each start: it must outlast the task. */
  async forBot(need: TokenNeed): Promise<string> {
    const { token, content } = await this.#ask('bot', need)
    let timer: unknown
    const tooLong = new Promise<null>((resolve) => {
      timer = this.#environment.setTimeout(() => resolve(null), MAX_READ_MS)
    })
    const readable = await Promise.race([content, tooLong])
    this.#environment.clearTimeout(timer)
    if (readable) assertServesBot(readable, need)
    return token
  }

  async #ask(purpose: TokenRequest['purpose'], need: TokenNeed) {
    const key = toKey(purpose, need)
    const known = this.#known.get(key)
    const reason = known ? this.#reasonFor(known) : 'initial'
    const token = await this.#askProvider(need, purpose, reason)
    const fresh: KnownToken = { token, expiresAt: null, isExpired: false }
    this.#known.set(key, fresh)
    const content = readAccessToken(token, this.#environment.inflate)
    content.then((readable) => {
      fresh.expiresAt = readable?.expiresAt ?? null
    })
    return { token, content }
  }

  async #askProvider(
    { channel, uid, provider }: TokenNeed,
    purpose: TokenRequest['purpose'],
    reason: TokenRequest['reason'],
  ): Promise<string> {
    const abort = new AbortController()
    const wanted = `The token provider, asked for the ${purpose} token of uid ${uid},`
    let timer: unknown
    const timedOut = new Promise<never>((_, reject) => {
      timer = this.#environment.setTimeout(() => {
        reject(
          new TokenProviderError(
            `${wanted} did not answer within ${this.#timeoutMs} ms. Check the token endpoint, or raise requestTimeoutMs.`,
          ),
        )
        abort.abort()
      }, this.#timeoutMs)
    })
    try {
      const request = { appId: this.#appId, channel, uid, purpose, reason, signal: abort.signal }
      return checkToken(await Promise.race([provider(request), timedOut]), wanted, purpose)
    } catch (cause) {
      if (TokenProviderError.is(cause) || InvalidTokenError.is(cause)) throw cause
      throw new TokenProviderError(
        `${wanted} failed. See the cause; the token endpoint may be unreachable or refuse this user.`,
        { cause: withoutSecrets(cause) },
      )
    } finally {
      this.#environment.clearTimeout(timer)
    }
  }

  #reasonFor({ expiresAt, isExpired }: KnownToken): TokenRequest['reason'] {
    const leftMs =
      expiresAt === null ? Number.POSITIVE_INFINITY : expiresAt - this.#environment.now()
    if (isExpired || leftMs <= 0) return 'expired'
    return leftMs <= REUSE_MARGIN_MS ? 'expiring' : 'initial'
  }
}

const toKey = (purpose: TokenRequest['purpose'], { channel, uid }: TokenNeed) =>
  `${purpose}\n${uid}\n${channel}`

function checkToken(token: unknown, wanted: string, purpose: TokenRequest['purpose']): string {
  if (typeof token !== 'string' || token === '') {
    const given = token === '' ? "''" : token === null ? 'null' : typeof token
    throw new TokenProviderError(
      `${wanted} returned ${given}. It must return the token as a string.`,
    )
  }
  if (SENDABLE.test(token)) return token
  throw new InvalidTokenError(
    `The ${purpose} token holds a character that no header can carry (a space, a line break, a quote, a backslash, or one outside ASCII). Return the token alone, without JSON quotes around it.`,
  )
}

/** The service would answer 200 and transcribe nothing. */
function assertServesBot(content: AccessTokenContent, { channel, uid }: TokenNeed): void {
  const rtc = content.services.filter(({ type }) => type === RTC_SERVICE)
  const serves = rtc.some(
    (service) =>
      (service.channel === channel || service.channel === '*') &&
      (service.uid === uid || service.uid === ''),
  )
  if (serves || rtc.length === 0) return
  const [held] = rtc
  throw new InvalidTokenError(
    `The bot token is for channel ${held?.channel || "''"} and uid ${held?.uid || '0'}, but the caption bot needs channel ${channel} and uid ${uid}. Where purpose is 'bot', let the token provider mint a publisher token for request.channel and request.uid.`,
  )
}
