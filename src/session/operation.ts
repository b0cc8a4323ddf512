import { type CallOutcome, type SttCall, sendCall } from '../agora/call.js'
import type { SttApiVersion, SttTask, TaskPhase, TaskSettings } from '../agora/task.js'
import {
  InvalidTokenError,
  NetworkError,
  type SttError,
  type SttErrorCode,
  SupersededError,
  TokenExpiredError,
} from '../errors.js'
import { type ChannelState, INSTANCE_TOKEN_LIFETIME_MS } from './channelState.js'
import type { SttEnvironment } from './environment.js'
import type { SttDecision, SttEventDetails } from './events.js'
import { type Gate, passGate } from './gate.js'
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
}

/** What is done by an operation; `refresh` only looks. */
export type OperationKind = 'enable' | 'disable' | 'refresh'

/** From its beginning to its last answer: 90 s, less the longest wait before a repetition. */
const MAX_RUN_MS = 84_000
/** After its last watch, nothing is expected of an unanswered start any more. */
const UNANSWERED_MS = 120_000

/** One thing that a page does with a channel, however many callers share it, and its way to the service. */
export class Operation {
  /** Settles once, for every caller; a failure that nobody listens to is no unhandled rejection. */
  readonly promise: Promise<SttSession | undefined>
  /** Something was handed to fetch: from here on the outcome must be waited for. */
  hasSent = false
  /** A later intent of the other kind stands. */
  isOvertaken = false
  /** Nothing more is sent for it, and no later intent of its kind can share it. */
  isClosed = false
  /** Monotonic ms. */
  begunAt: number
  /** Monotonic ms of the last send. */
  sentAt = 0
  readonly instanceId: string
  readonly #abort = new AbortController()
  #resolve: (session?: SttSession) => void = () => {}
  #reject: (error: SttError) => void = () => {}

  constructor(
    readonly kind: OperationKind,
    readonly context: ClientContext,
    readonly state: ChannelState,
    readonly need: TokenNeed,
    /** null: v6, only the instance is acquired. */
    readonly settings: TaskSettings | null,
  ) {
    this.begunAt = context.environment.monotonicNow()
    this.instanceId = toInstanceId(context.appId, need.channel)
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.promise.catch(() => {})
  }

  /** Whether a start of this page may have left a task that nobody knows. */
  get hasUnanswered(): boolean {
    const { unansweredAt } = this.state.slot
    return this.context.environment.monotonicNow() - unansweredAt < UNANSWERED_MS
  }

  resolve(session: SttSession | null | undefined): void {
    this.#resolve(session ?? undefined)
  }

  reject(error: SttError): void {
    this.#reject(error)
  }

  /** Ends it as its being overtaken has it: an `enable()` fails, anything else has nothing left to do. */
  overtake(): void {
    this.isClosed = true
    this.#abort.abort()
    if (this.kind === 'enable') this.#reject(superseded())
    else this.#resolve()
  }

  /**
   * Sends a call when its turn comes. A token that the service calls expired is asked for once more and the call
   * replayed once; nothing else is ever repeated. Rejects only with what kept the call from being sent.
   */
  async request<Answer>(call: SttCall<Answer>): Promise<CallOutcome<Answer>> {
    const first = await this.#sendOnce(call)
    if (first.kind === 'ok' || !TokenExpiredError.is(first.error)) return first
    const second = await this.#sendOnce(call)
    if (second.kind === 'ok' || !TokenExpiredError.is(second.error)) return second
    const message = `${second.error.message} The fresh one has expired too: check the token endpoint's clock.`
    return { ...second, error: new TokenExpiredError(message, second.error) }
  }

  /** The answer to a call; throws where it is no success. */
  async ask<Answer>(call: SttCall<Answer>): Promise<Answer> {
    const outcome = await this.request(call)
    if (outcome.kind === 'ok') return outcome.answer
    throw outcome.error
  }

  async #sendOnce<Answer>(call: SttCall<Answer>): Promise<CallOutcome<Answer>> {
    const { context, need, kind } = this
    const { tokens, environment, emit } = context
    const { channel } = need
    const { operation, method, path } = call
    const { signal } = this.#abort
    const token = await tokens.forRest({ ...need, signal })
    const outcome = await passGate(context, kind === 'refresh', () => {
      this.#assertWanted()
      this.hasSent = true
      this.sentAt = environment.monotonicNow()
      emit({ type: 'request', channel, operation, method, path })
      return sendCall(call, { ...context, token, signal })
    })
    const durationMs = environment.monotonicNow() - this.sentAt
    const { status } = outcome
    if (outcome.kind === 'ok') {
      emit({ type: 'response', channel, operation, status, durationMs })
      return outcome
    }
    const { error } = outcome
    emit({ type: 'response', channel, operation, status, durationMs, code: error.code })
    const isInvalid = InvalidTokenError.is(error)
    if (isInvalid || TokenExpiredError.is(error)) tokens.refuse(need, token, !isInvalid)
    if (!isInvalid || token.startsWith('007')) return outcome
    const message = `${error.message} It does not begin with 007: it is no AccessToken2.`
    return { ...outcome, error: new InvalidTokenError(message, error) }
  }

  #assertWanted(): void {
    const isOutOfDate = this.kind === 'refresh' && this.state.slot.current
    if (this.isOvertaken || this.isClosed || isOutOfDate) {
      this.isClosed = true
      throw superseded()
    }
    const { environment, requestTimeoutMs } = this.context
    if (environment.monotonicNow() - this.begunAt < MAX_RUN_MS - requestTimeoutMs) return
    throw new NetworkError('timeout', 'No clear outcome within 90 s. Try again.', {
      outcome: this.hasSent ? 'unknown' : 'not_sent',
    })
  }

  botToken(uid: string | undefined): Promise<string> {
    const { signal } = this.#abort
    return this.context.tokens.forBot({ ...this.need, uid: uid as string, signal })
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.context.environment.setTimeout(resolve, delayMs)
    })
  }

  tell(decision: SttDecision, more?: { taskId: string } | { code: SttErrorCode }): void {
    const { kind: operation, need } = this
    const { channel } = need
    this.context.emit({ type: 'decision', channel, operation, decision, ...more })
  }

  /** Tells the decision and makes the session that comes of it. */
  toSession(
    decision: 'acquired' | 'started' | 'joined',
    { taskId, phase, createdAt }: Omit<SttTask, 'name' | 'taskId'> & { taskId: string | null },
    builderToken: string | null = null,
    settings: TaskSettings | null = null,
  ): SttSession {
    this.tell(decision, taskId ? { taskId } : undefined)
    const { appId, api, environment } = this.context
    const at = createdAt ?? environment.now()
    return Object.freeze({
      api,
      appId,
      channel: this.need.channel,
      instanceId: this.instanceId,
      instanceToken: builderToken,
      instanceTokenExpiresAt: taskId === null ? at + INSTANCE_TOKEN_LIFETIME_MS : null,
      taskId,
      state: taskId === null ? 'acquired' : toSessionState(phase),
      createdAt: at,
      origin: decision === 'joined' ? 'joined' : 'started',
      botUid: this.settings?.botUid ?? null,
      transcription: settings && toResolved(settings),
    })
  }
}

function superseded(): SupersededError {
  return new SupersededError(
    'A later disable() overtook this enable(). Call enable() again to have it.',
  )
}

export function toSessionState(phase: TaskPhase): 'starting' | 'running' | 'recovering' {
  return phase === 'starting' || phase === 'recovering' ? phase : 'running'
}
