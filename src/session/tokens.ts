import { type AccessTokenContent, readAccessToken } from '../agora/accessToken.js'
import { TOO_LATE, withTimeLimit } from '../agora/withTimeLimit.js'
import { InvalidTokenError, TokenProviderError } from '../errors.js'
import { toShowable } from '../secrets.js'
import type { SttEnvironment } from './environment.js'

/** What a token is wanted for. */
export interface TokenRequest {
  /** The project's app id. */
  appId: string
  /** The channel that the token is for. */
  channel: string
  /** Whom the token is for: the user for `'rest'`, the caption bot for `'bot'`. */
  uid: string
  /** `'rest'`: sent in the Authorization header. `'bot'`: lets the caption bot join and publish. */
  purpose: 'rest' | 'bot'
  /** Why one is asked for. `'expiring'`: within 60 s of the last one's expiry. `'expired'`: past it, or the service said so. */
  reason: 'initial' | 'expiring' | 'expired'
  /** Aborted when nobody waits any more, as after `requestTimeoutMs`. */
  signal: AbortSignal
}

/**
 * Returns an AccessToken2 (`007…`) that the app's own server has minted. Tokens with the purpose `'rest'` are reused until
 * 60 s before they expire; one with the purpose `'bot'` is asked for with each start, and has to outlast the call.
 *
 * What it throws, nothing and no answer within `requestTimeoutMs` become a `TokenProviderError`. A token that cannot be
 * sent, or that cannot let the bot into this channel, becomes an `InvalidTokenError` before anything is sent.
 *
 * @param request for whom, for what, and why
 * @example
 * ```ts
 * import type { TokenProvider } from 'react-realtime-stt'
 *
 * export const tokenProvider: TokenProvider = async ({ channel, uid, purpose, signal }) => {
 *   const body = new URLSearchParams({ channel, uid })
 *   const reply = await fetch(`/api/agora-token/${purpose}`, { method: 'POST', body, signal })
 *   if (!reply.ok) throw new Error(`The token endpoint answered ${reply.status}.`)
 *   return reply.text()
 * }
 * ```
 *
 * @see https://docs.agora.io/en/video-calling/token-authentication/deploy-token-server
 */
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
/** Printable ASCII without quote and backslash. */
const SENDABLE = /^[!#-[\]-~]+$/

/** Asks the app's provider for tokens and keeps the users' while they are good. */
export interface Tokens {
  /** The token for the Authorization header; a kept one until 60 s before its expiry. */
  forRest: (need: TokenNeed) => Promise<string>
  /** A bot's own token, fresh for each start: it must outlast the task. */
  forBot: (need: TokenNeed) => Promise<string>
  /** The service calls `token` expired, or none at all. */
  refuse: (need: TokenNeed, token: string, isExpired: boolean) => void
}

export function createTokens(
  context: SttEnvironment & { appId: string; requestTimeoutMs: number },
): Tokens {
  const { appId, requestTimeoutMs } = context
  const known = new Map<string, KnownToken>()

  const toReason = (kept: KnownToken | undefined): TokenRequest['reason'] => {
    const leftMs = (kept?.expiresAt ?? Number.POSITIVE_INFINITY) - context.now()
    if (leftMs > REUSE_MARGIN_MS) return 'initial'
    return leftMs > 0 ? 'expiring' : 'expired'
  }

  async function ask(purpose: TokenRequest['purpose'], need: TokenNeed) {
    const { channel, uid, provider } = need
    const key = toKey(purpose, need)
    const reason = toReason(known.get(key))
    const fail = (problem: string, cause?: unknown): never => {
      throw new TokenProviderError(
        `No ${purpose} token: the provider ${problem}. Check the token endpoint.`,
        { cause: toShowable(cause) },
      )
    }
    const token: unknown = await withTimeLimit(
      context,
      requestTimeoutMs,
      (signal) => provider({ appId, channel, uid, purpose, reason, signal }),
      need.signal,
    ).catch((cause) =>
      fail(cause === TOO_LATE ? `gave no answer within ${requestTimeoutMs} ms` : 'failed', cause),
    )
    if (typeof token !== 'string' || !token) {
      return fail(`returned ${token === '' ? 'an empty string' : typeof token}`)
    }
    if (!SENDABLE.test(token)) {
      throw new InvalidTokenError(
        `The ${purpose} token cannot be sent. Remove quotes and line breaks.`,
      )
    }
    const fresh: KnownToken = { token, expiresAt: Number.POSITIVE_INFINITY }
    known.set(key, fresh)
    const content = readAccessToken(token, context.inflate)
    content.then((readable) => {
      if (readable && fresh.expiresAt) fresh.expiresAt = readable.expiresAt
    })
    return { token, content }
  }

  return {
    async forRest(need) {
      const kept = known.get(toKey('rest', need))
      return kept && toReason(kept) === 'initial' ? kept.token : (await ask('rest', need)).token
    },
    async forBot(need) {
      const { token, content } = await ask('bot', need)
      const readable = await withTimeLimit(context, MAX_READ_MS, () => content).catch(() => null)
      if (readable) assertServesBot(readable, need)
      return token
    },
    refuse(need, token, isExpired) {
      const key = toKey('rest', need)
      const kept = known.get(key)
      if (kept?.token !== token) return
      if (isExpired) kept.expiresAt = 0
      else known.delete(key)
    },
  }
}

const toKey = (purpose: TokenRequest['purpose'], { channel, uid }: TokenNeed) =>
  [purpose, uid, channel].join('\n')

/** The service would answer 200 and transcribe nothing. */
function assertServesBot(held: AccessTokenContent, { channel, uid }: TokenNeed): void {
  const isForChannel = [null, '*', channel].includes(held.channel)
  if (isForChannel && ['', uid].includes(held.uid)) return
  throw new InvalidTokenError(
    `The bot token is for channel ${held.channel}, uid ${held.uid}. Mint it for channel ${channel}, uid ${uid}.`,
  )
}
