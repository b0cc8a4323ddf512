import { type CallOutcome, type SttCall, sendCall } from '../agora/call.js'
import { InvalidTokenError, TokenExpiredError } from '../errors.js'
import type { SttEnvironment } from './environment.js'
import type { SttEventDetails } from './events.js'
import { type GateRank, passGate } from './gate.js'
import { getGate, getRegistry } from './registry.js'
import type { TokenNeed, Tokens } from './tokens.js'

/** One way to the service: the app's gate, the user's token, the wire. */
export interface ServiceLine {
  appId: string
  baseUrl: string
  fetch: typeof globalThis.fetch
  minIntervalMs: number
  requestTimeoutMs: number
  environment: SttEnvironment
  tokens: Tokens
  emit: (event: SttEventDetails) => void
}

/** On whose behalf a call is made. */
export interface CallTerms extends TokenNeed {
  rank: GateRank
  /** Called in the tick of the send; what it throws keeps the call from being sent. */
  onSend: () => void
  signal?: AbortSignal
}

/**
 * Sends a call when its turn comes. A token that the service calls expired is asked for once more and the call replayed
 * once; nothing else is ever repeated. Rejects only with what kept the call from being sent.
 */
export async function callService<Answer>(
  line: ServiceLine,
  terms: CallTerms,
  call: SttCall<Answer>,
): Promise<CallOutcome<Answer>> {
  const first = await sendOnce(line, terms, call)
  if (first.kind !== 'refused' || !TokenExpiredError.is(first.error)) return first
  const second = await sendOnce(line, terms, call)
  if (second.kind !== 'refused' || !TokenExpiredError.is(second.error)) return second
  const { status, reason } = second.error
  const error = new TokenExpiredError(
    `${second.error.message} The provider was asked for a fresh one, and Agora calls that one expired too: check the clock and the expiry of the token endpoint.`,
    { status, reason },
  )
  return { ...second, error }
}

async function sendOnce<Answer>(
  line: ServiceLine,
  terms: CallTerms,
  call: SttCall<Answer>,
): Promise<CallOutcome<Answer>> {
  const { environment, tokens } = line
  const token = await tokens.forRest(terms)
  const gate = getGate(getRegistry(environment.registry), line.appId)
  const outcome = await passGate(gate, environment, terms.rank, line.minIntervalMs, () => {
    terms.onSend()
    return send(line, terms, call, token)
  })
  if (outcome.kind !== 'refused') return outcome
  if (TokenExpiredError.is(outcome.error)) tokens.expire(terms, token)
  if (!InvalidTokenError.is(outcome.error)) return outcome
  tokens.drop(terms, token)
  if (token.startsWith('007')) return outcome
  const { message, status, reason } = outcome.error
  const hint = 'It does not begin with 007: it is no AccessToken2.'
  return { ...outcome, error: new InvalidTokenError(`${message} ${hint}`, { status, reason }) }
}

async function send<Answer>(
  line: ServiceLine,
  terms: CallTerms,
  call: SttCall<Answer>,
  token: string,
): Promise<CallOutcome<Answer>> {
  const { environment, emit } = line
  const { channel } = terms
  const { operation, method, path } = call
  const sentAt = environment.monotonicNow()
  emit({ type: 'request', channel, operation, method, path })
  const outcome = await sendCall(call, {
    baseUrl: line.baseUrl,
    token,
    fetch: line.fetch,
    timeoutMs: line.requestTimeoutMs,
    setTimeout: environment.setTimeout,
    clearTimeout: environment.clearTimeout,
    signal: terms.signal,
  })
  emit({
    type: 'response',
    channel,
    operation,
    status: outcome.status,
    durationMs: environment.monotonicNow() - sentAt,
    ...(outcome.kind !== 'ok' && { code: outcome.error.code }),
  })
  return outcome
}
