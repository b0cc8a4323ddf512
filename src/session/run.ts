import { type CallOutcome, type SttCall, sendCall } from '../agora/call.js'
import type { SttApiVersion, SttTask, TaskPhase, TaskSettings } from '../agora/task.js'
import { InvalidTokenError, type SttErrorCode, TokenExpiredError } from '../errors.js'
import { type ChannelState, INSTANCE_TOKEN_LIFETIME_MS } from './channelState.js'
import type { SttEnvironment } from './environment.js'
import type { SttDecision, SttEvent, SttEventDetails } from './events.js'
import { type Gate, type GateRank, passGate } from './gate.js'
import { toInstanceId } from './instanceId.js'
import type { SttSession } from './session.js'
import type { TokenNeed, Tokens } from './tokens.js'
import { toResolved } from './transcription.js'

/** What all operations of a client work with. */
export interface ClientContext {
  appId: string
  api: SttApiVersion
  baseUrl: string
  fetch: typeof globalThis.fetch
  minIntervalMs: number
  requestTimeoutMs: number
  environment: SttEnvironment
  gate: Gate
  tokens: Tokens
  emit: (event: SttEventDetails) => void
  /** Sets a timer that ends with the client; returns the function that takes it back. */
  after: (delayMs: number, callback: () => void) => () => void
  isDisposed: () => boolean
}

/** What one operation is about. */
export interface RunTerms {
  name: Extract<SttEvent, { type: 'decision' }>['operation']
  rank: GateRank
  /** Called in the tick of each send; what it throws keeps the call from being sent. */
  onSend: () => void
  signal?: AbortSignal
}

/** After its last watch, nothing is expected of an unanswered start any more. */
const UNANSWERED_MS = 120_000

/** One operation's way through the service: the app's gate, the user's token, the wire. */
export class Run {
  readonly context: ClientContext
  readonly state: ChannelState
  readonly need: TokenNeed
  /** null: v6, only the instance is acquired. */
  readonly settings: TaskSettings | null
  readonly appId: string
  readonly channel: string
  readonly instanceId: string
  /** Monotonic ms of the last send. */
  sentAt = 0
  readonly #terms: RunTerms

  constructor(
    context: ClientContext,
    state: ChannelState,
    need: TokenNeed,
    settings: TaskSettings | null,
    terms: RunTerms,
  ) {
    this.context = context
    this.state = state
    this.need = need
    this.settings = settings
    this.appId = context.appId
    this.channel = need.channel
    this.instanceId = toInstanceId(this.appId, this.channel)
    this.#terms = terms
  }

  /** Whether a start of this page may have left a task that nobody knows. */
  get hasUnanswered(): boolean {
    const { unansweredAt } = this.state.slot
    const now = this.context.environment.monotonicNow()
    return unansweredAt !== null && now - unansweredAt < UNANSWERED_MS
  }

  /**
   * Sends a call when its turn comes. A token that the service calls expired is asked for once more and the call
   * replayed once; nothing else is ever repeated. Rejects only with what kept the call from being sent.
   */
  async request<Answer>(call: SttCall<Answer>): Promise<CallOutcome<Answer>> {
    const first = await this.#sendOnce(call)
    if (first.kind !== 'refused' || !TokenExpiredError.is(first.error)) return first
    const second = await this.#sendOnce(call)
    if (second.kind !== 'refused' || !TokenExpiredError.is(second.error)) return second
    const error = new TokenExpiredError(
      `${second.error.message} The fresh one that the provider gave has expired too: check the clock of the token endpoint.`,
      second.error,
    )
    return { ...second, error }
  }

  botToken(uid: string): Promise<string> {
    return this.context.tokens.forBot({ ...this.need, uid })
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.context.environment.setTimeout(resolve, delayMs)
    })
  }

  tell(decision: SttDecision, taskId?: string | null, code?: SttErrorCode): void {
    this.context.emit({
      type: 'decision',
      channel: this.channel,
      operation: this.#terms.name,
      decision,
      ...(taskId && { taskId }),
      ...(code && { code }),
    })
  }

  toSession(
    task: Pick<SttTask, 'phase' | 'createdAt'> & { taskId: string | null },
    origin: SttSession['origin'],
    started?: { builderToken: string | null; settings: TaskSettings | null },
  ): SttSession {
    const { taskId } = task
    const createdAt = task.createdAt ?? this.context.environment.now()
    return Object.freeze({
      api: this.context.api,
      appId: this.appId,
      channel: this.channel,
      instanceId: this.instanceId,
      instanceToken: started?.builderToken ?? null,
      instanceTokenExpiresAt: taskId === null ? createdAt + INSTANCE_TOKEN_LIFETIME_MS : null,
      taskId,
      state: taskId === null ? 'acquired' : toSessionState(task.phase),
      createdAt,
      origin,
      botUid: this.settings?.botUid ?? null,
      transcription: started?.settings ? toResolved(started.settings) : null,
    })
  }

  async #sendOnce<Answer>(call: SttCall<Answer>): Promise<CallOutcome<Answer>> {
    const { context, need } = this
    const { tokens, environment } = context
    const { rank, signal, onSend } = this.#terms
    const token = await tokens.forRest(need)
    const send = () => {
      onSend()
      this.sentAt = environment.monotonicNow()
      const { operation, method, path } = call
      const { channel, sentAt } = this
      context.emit({ type: 'request', channel, operation, method, path })
      return sendCall(call, {
        ...environment,
        baseUrl: context.baseUrl,
        fetch: context.fetch,
        timeoutMs: context.requestTimeoutMs,
        token,
        signal,
      }).then((outcome) => {
        context.emit({
          type: 'response',
          channel,
          operation,
          status: outcome.status,
          durationMs: environment.monotonicNow() - sentAt,
          ...(outcome.kind !== 'ok' && { code: outcome.error.code }),
        })
        return outcome
      })
    }
    const outcome = await passGate(context.gate, environment, rank, context.minIntervalMs, send)
    if (outcome.kind !== 'refused') return outcome
    const isInvalid = InvalidTokenError.is(outcome.error)
    const isExpired = TokenExpiredError.is(outcome.error)
    if (isInvalid || isExpired) tokens.refuse(need, token, isExpired)
    if (!isInvalid || token.startsWith('007')) return outcome
    const message = `${outcome.error.message} It does not begin with 007: it is no AccessToken2.`
    return { ...outcome, error: new InvalidTokenError(message, outcome.error) }
  }
}

export function toSessionState(phase: TaskPhase): 'starting' | 'running' | 'recovering' {
  return phase === 'starting' || phase === 'recovering' ? phase : 'running'
}
