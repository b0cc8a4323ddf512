import { type AccessTokenContent, readAccessToken } from '../agora/accessToken.js'
import { toShowable } from '../agora/secrets.js'
import { InvalidTokenError, SttError, TokenProviderError } from '../errors.js'
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
  /** Aborted when nobody waits for the token any more. */
  signal?: AbortSignal
}

interface KnownToken {
  token: string
  /** Epoch ms; infinite where it cannot be read, 0 where the service calls it expired. */
  expiresAt: number
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
    const isGood = known && this.#reasonFor(known) === 'initial'
    return isGood ? known.token : (await this.#ask('rest', need)).token
  }

  /** The service calls `token` expired, or none at all. */
  refuse(need: TokenNeed, token: string, isExpired: boolean): void {
    const key = toKey('rest', need)
    const known = this.#known.get(key)
    if (known?.token !== token) return
    if (isExpired) known.expiresAt = 0
    else this.#known.delete(key)
  }

  /** A bot's own token, fresh for each start: it must outlast the task. */
  async forBot(need: TokenNeed): Promise<string> {
    const { token, content } = await this.#ask('bot', need)
    const { setTimeout, clearTimeout } = this.#environment
    let timer: unknown
    const tooLong = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), MAX_READ_MS)
    })
    const readable = await Promise.race([content, tooLong])
    clearTimeout(timer)
    if (readable) assertServesBot(readable, need)
    return token
  }

  async #ask(purpose: TokenRequest['purpose'], need: TokenNeed) {
    const key = toKey(purpose, need)
    const known = this.#known.get(key)
    const token = await this.#askProvider(need, purpose, known ? this.#reasonFor(known) : 'initial')
    const fresh: KnownToken = { token, expiresAt: Number.POSITIVE_INFINITY }
    this.#known.set(key, fresh)
    const content = readAccessToken(token, this.#environment.inflate)
    content.then((readable) => {
      if (readable && fresh.expiresAt) fresh.expiresAt = readable.expiresAt
    })
    return { token, content }
  }

  async #askProvider(
    { channel, uid, provider, signal: giveUp }: TokenNeed,
    purpose: TokenRequest['purpose'],
    reason: TokenRequest['reason'],
  ): Promise<string> {
    const { setTimeout, clearTimeout } = this.#environment
    const abort = new AbortController()
    const { signal } = abort
    const wanted = `The token provider, asked for the ${purpose} token of uid ${uid},`
    const timer = setTimeout(() => abort.abort(), this.#timeoutMs)
    giveUp?.addEventListener('abort', () => abort.abort())
    try {
      const token: unknown = await Promise.race([
        provider({ appId: this.#appId, channel, uid, purpose, reason, signal }),
        new Promise((_, reject) => signal.addEventListener('abort', reject)),
      ])
      return checkToken(token, wanted, purpose)
    } catch (cause) {
      if (SttError.is(cause)) throw cause
      const problem = signal.aborted ? `gave no answer within ${this.#timeoutMs} ms` : 'failed'
      throw new TokenProviderError(`${wanted} ${problem}. Check the token endpoint.`, {
        cause: toShowable(cause),
      })
    } finally {
      clearTimeout(timer)
    }
  }

  #reasonFor({ expiresAt }: KnownToken): TokenRequest['reason'] {
    const leftMs = expiresAt - this.#environment.now()
    if (leftMs <= 0) return 'expired'
    return leftMs <= REUSE_MARGIN_MS ? 'expiring' : 'initial'
  }
}

const toKey = (purpose: TokenRequest['purpose'], { channel, uid }: TokenNeed) =>
  [purpose, uid, channel].join('\n')

function checkToken(token: unknown, wanted: string, purpose: TokenRequest['purpose']): string {
  if (typeof token !== 'string' || token === '') {
    const given = token === '' ? 'an empty string' : String(token && typeof token)
    throw new TokenProviderError(`${wanted} returned ${given}. It must return the token.`)
  }
  if (SENDABLE.test(token)) return token
  throw new InvalidTokenError(
    `The ${purpose} token holds a character that cannot be sent, such as a quote or a line break.`,
  )
}

/** The service would answer 200 and transcribe nothing. */
function assertServesBot(held: AccessTokenContent, { channel, uid }: TokenNeed): void {
  const isForChannel = [null, '*', channel].includes(held.channel)
  if (isForChannel && ['', uid].includes(held.uid)) return
  throw new InvalidTokenError(
    `The bot token is for channel ${held.channel}, uid ${held.uid}; it must be for ${channel}, ${uid}. Where purpose is 'bot', mint a publisher token for request.channel and request.uid.`,
  )
}
