import { type CallOutcome, type SttCall, sendCall } from '../agora/call.js'
import type { SttApiVersion, SttTask, TaskSettings } from '../agora/task.js'
import type { ClaimStore } from '../claims/claimStore.js'
import type { ResolvedTranscription } from '../claims/claimValue.js'
import {
  InvalidTokenError,
  NetworkError,
  type SttError,
  SupersededError,
  TokenExpiredError,
} from '../errors.js'
import type { ChannelState } from './channelState.js'
import type { SttEnvironment } from './environment.js'
import type { SttDecision, SttDecisionDetails, SttEventDetails } from './events.js'
import { type Gate, passGate } from './gate.js'
import { INSTANCE_TOKEN_LIFETIME_MS, toInstanceId } from './instanceId.js'
import { lifecycles } from './lifecycle.js'
import type { Register, SeenClaim } from './register.js'
import { type AppShare, type ChannelSlot, publish, type SlotChange } from './registry.js'
import type { SttSession } from './session.js'
import type { TokenNeed, Tokens } from './tokens.js'

/** What all operations of a client work with. */
export interface ClientContext extends SttEnvironment {
  appId: string
  api: SttApiVersion
  baseUrl: string
  fetch: typeof globalThis.fetch
  minIntervalMs: number
  requestTimeoutMs: number
  /** What the clients of the page share of this app. */
  share: AppShare
  claims: ClaimStore
  onClaimsUnavailable: 'start' | 'fail'
  gate: Gate
  tokens: Tokens
  emit: (event: SttEventDetails) => void
  /** Sets a timer that ends with the client; returns the function that takes it back. */
  after: (delayMs: number, callback: () => void) => () => void
}

/** Who asks for something to be done, and what is to be transcribed. */
export interface Asker {
  need: TokenNeed
  /** null: v6, only the instance is acquired. */
  settings: TaskSettings | null
}

/** What is done by an operation; `refresh` only looks. */
export type OperationKind = 'enable' | 'disable' | 'refresh'

/** From its beginning to its last answer: 90 s, less the longest wait before a repetition. */
const MAX_RUN_MS = 84_000
/** After its last watch, nothing is expected of an unanswered start any more. */
const UNANSWERED_MS = 120_000
/** From a claim's write to a start or stop that it licenses; a claim is renewed well before. */
const LICENCE_MS = 15_000
const RENEWAL_MS = 7_000

/** What a request fails with whose licence is gone: the claim is somebody else's by now. */
export const CLAIM_LOST = Symbol()

/** One thing that a page does with a channel, however many callers share it, and its way to the service. */
export class Operation {
  /** Settles once, for every caller; a failure that nobody listens to is no unhandled rejection. */
  readonly promise: Promise<SttSession | undefined>
  /** Resolves when `promise` has settled, either way. */
  readonly settled: Promise<void>
  resolve!: (session?: SttSession) => void
  reject!: (error: SttError) => void
  /** What the queue has it do when its turn comes. */
  work!: (operation: Operation) => Promise<SlotChange>
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
  /** The claim of this operation, without which it starts and stops nothing; null: none is needed. */
  claim: SeenClaim | null = null
  /** The service hides the names of tasks, and some live that may be the channel's. */
  sawUnnamed = false
  readonly context: ClientContext
  readonly slot: ChannelSlot
  readonly need: TokenNeed
  readonly settings: TaskSettings | null
  readonly channel: string
  readonly instanceId: string
  /** The bots' tokens, by uid. */
  readonly #botTokens = new Map<string | undefined, Promise<string>>()
  #restToken: Promise<string> | null = null
  readonly #begun: number
  readonly #abort = new AbortController()

  constructor(
    readonly kind: OperationKind,
    readonly state: ChannelState,
    { need, settings }: Asker = state.asker,
  ) {
    const { context, slot } = state
    this.context = context
    this.slot = slot
    this.#begun = slot.begun
    this.need = need
    this.settings = settings
    this.channel = need.channel
    this.begunAt = context.monotonicNow()
    this.instanceId = toInstanceId(context.appId, need.channel)
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve
      this.reject = reject
    })
    const done = () => {}
    this.settled = this.promise.then(done, done)
  }

  get register(): Register {
    return this.state.register
  }

  /** What its client knows of. */
  get session(): SttSession | null {
    return this.state.snapshot.session
  }

  /** Whether an operation began after this look: what it knows is told no more. */
  get isOutOfDate(): boolean {
    return this.kind === 'refresh' && this.slot.begun !== this.#begun
  }

  /** Whether a start of this page may have left a task that nobody knows. */
  get hasUnanswered(): boolean {
    return this.context.monotonicNow() - this.slot.unansweredAt < UNANSWERED_MS
  }

  /** Ends it as its being overtaken has it: an `enable()` fails, anything else has nothing left to do. */
  overtake(): void {
    this.isClosed = true
    this.#abort.abort()
    if (this.kind === 'enable') this.reject(superseded())
    else this.resolve()
  }

  /**
   * Sends a call when its turn comes. A token that the service calls expired is asked for once more and the call
   * replayed once; nothing else is ever repeated. Rejects only with what kept the call from being sent.
   */
  async request<Answer>(call: SttCall<Answer>, isReplay = false): Promise<CallOutcome<Answer>> {
    const { context, channel } = this
    const { operation, method, path } = call
    const isLicensed = this.claim && (operation === 'start' || operation === 'stop')
    const { need } = this
    const token = await this.#takeRestToken()
    if (isLicensed) await this.#renew()
    const outcome = await passGate(context, this.kind === 'refresh', () => {
      this.assertWanted()
      if (isLicensed) this.#assertLicensed()
      this.hasSent = true
      this.sentAt = context.monotonicNow()
      if (operation === 'start') this.slot.startedAt = this.sentAt
      context.emit({ type: 'request', channel, operation, method, path })
      const { signal } = this.#abort
      return sendCall(call, { ...context, environment: context, token, signal })
    })
    const { status, error } = outcome
    context.emit({
      type: 'response',
      channel,
      operation,
      status,
      durationMs: context.monotonicNow() - this.sentAt,
      ...(error && { code: error.code }),
    })
    if (!outcome.error) return outcome
    if (TokenExpiredError.is(error)) {
      context.tokens.refuse(need, token, true)
      if (!isReplay) return this.request(call, true)
      const message = `${error.message} So has the fresh one: check the token endpoint's clock.`
      return { ...outcome, error: new TokenExpiredError(message, error) }
    }
    if (InvalidTokenError.is(error)) {
      context.tokens.refuse(need, token, false)
      if (token.startsWith('007')) return outcome
      const message = `${error.message} It does not begin with 007: it is no AccessToken2.`
      return { ...outcome, error: new InvalidTokenError(message, error) }
    }
    return outcome
  }

  /** The answer to a call; throws where it is no success. */
  async ask<Answer>(call: SttCall<Answer>): Promise<Answer> {
    const outcome = await this.request(call)
    if (outcome.error) throw outcome.error
    return outcome.answer
  }

  /** Gets what a start needs, so that no claim has to wait for a slow provider. */
  async prepare(): Promise<void> {
    this.#restToken = this.#takeRestToken()
    await Promise.all([this.#restToken, lifecycles[this.context.api].prepare(this)])
  }

  #takeRestToken(): Promise<string> {
    const { signal } = this.#abort
    const token = this.#restToken ?? this.context.tokens.forRest({ ...this.need, signal })
    this.#restToken = null
    return token
  }

  async #renew(): Promise<void> {
    const { claim, register } = this
    if (!claim || register.ageOf(claim) < RENEWAL_MS) return
    this.claim = await register.write(claim, claim.value)
    if (!this.claim) throw CLAIM_LOST
  }

  #assertLicensed(): void {
    const { claim, register } = this
    if (!claim) return
    const isMine = register.known?.value.attempt === claim.value.attempt
    if (!isMine || register.ageOf(claim) > LICENCE_MS) throw CLAIM_LOST
  }

  /** @throws what ends it, where it has been overtaken or has taken too long */
  assertWanted(): void {
    if (this.isOvertaken || this.isClosed || this.isOutOfDate) {
      this.isClosed = true
      throw superseded()
    }
    const { monotonicNow, requestTimeoutMs } = this.context
    if (monotonicNow() - this.begunAt < MAX_RUN_MS - requestTimeoutMs) return
    throw new NetworkError('timeout', 'No clear outcome within 90 s. Try again.', {
      outcome: this.hasSent ? 'unknown' : 'not_sent',
    })
  }

  botToken(uid: string | undefined): Promise<string> {
    const { signal } = this.#abort
    const token =
      this.#botTokens.get(uid) ??
      this.context.tokens.forBot({ ...this.need, uid: uid as string, signal })
    this.#botTokens.set(uid, token)
    return token
  }

  async sleep(delayMs: number): Promise<void> {
    if (delayMs > 0) await new Promise<void>((wake) => this.context.setTimeout(wake, delayMs))
  }

  /** Shows what came of it to every client of the page, unless another has begun since. */
  publish(change: SlotChange): void {
    if (!this.isOutOfDate) publish(this.slot, change)
  }

  tell(decision: SttDecision, more?: SttDecisionDetails): void {
    const { kind: operation, channel } = this
    this.context.emit({ type: 'decision', channel, operation, decision, ...more })
  }

  /** Tells why it came to nothing. */
  fail({ code }: SttError): void {
    this.tell('failed', { code })
  }

  /** Tells the decision and makes the session that comes of it. */
  toSession(
    decision: 'acquired' | 'started' | 'joined',
    { taskId, phase, createdAt }: Omit<SttTask, 'name' | 'taskId'> & { taskId: string | null },
    more: SessionDetails = {},
  ): SttSession {
    this.tell(decision, taskId ? { taskId } : undefined)
    const { channel, context } = this
    const { appId, api } = context
    const at = createdAt ?? context.now()
    const running = phase === 'starting' || phase === 'recovering' ? phase : 'running'
    return Object.freeze({
      api,
      appId,
      channel,
      instanceId: this.instanceId,
      instanceToken: null,
      instanceTokenExpiresAt: taskId ? null : at + INSTANCE_TOKEN_LIFETIME_MS,
      taskId,
      state: taskId ? running : 'acquired',
      createdAt: at,
      origin: decision === 'joined' ? decision : 'started',
      botUid: this.settings?.botUid ?? null,
      transcription: null,
      ...more,
    })
  }
}

/** What not every session has. */
interface SessionDetails {
  instanceId?: string
  instanceToken?: string | null
  transcription?: ResolvedTranscription | null
}

export function superseded(): SupersededError {
  return new SupersededError('A later disable() overtook this enable(). Call enable() again.')
}
