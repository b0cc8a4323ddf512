import type { CallOutcome, SttCall } from '../agora/call.js'
import type { SttApiVersion, SttTask, TaskPhase, TaskSettings } from '../agora/task.js'
import { NetworkError, type SttErrorCode } from '../errors.js'
import { type ChannelState, INSTANCE_TOKEN_LIFETIME_MS } from './channelState.js'
import { sleep } from './environment.js'
import type { SttDecision, SttEvent } from './events.js'
import { toInstanceId } from './instanceId.js'
import { type CallTerms, callService, type ServiceLine } from './serviceCalls.js'
import type { SttSession } from './session.js'
import type { TokenNeed } from './tokens.js'
import { toResolved } from './transcription.js'

/** For whom and how one operation runs. */
export interface RunTerms {
  api: SttApiVersion
  line: ServiceLine
  state: ChannelState
  need: TokenNeed
  rank: CallTerms['rank']
  operation: Extract<SttEvent, { type: 'decision' }>['operation']
  /** null: v6, only the instance is acquired. */
  settings: TaskSettings | null
  /** Throws where nothing more may be sent. */
  assertWanted: () => void
  onSent?: () => void
  /** A start that was sent at `sentAt` (monotonic ms) got no answer. */
  onUnanswered?: (sentAt: number) => void
  signal?: AbortSignal
}

const MAX_RUN_MS = 90_000
/** After its last watch, nothing is expected of an unanswered start any more. */
const UNANSWERED_MS = 120_000

/** One operation's way through the service: what its steps have in common. */
export class Run {
  readonly appId: string
  readonly channel: string
  readonly instanceId: string
  readonly settings: TaskSettings | null
  readonly state: ChannelState
  readonly #terms: RunTerms
  readonly #begunAt: number
  #sentAt = 0

  constructor(terms: RunTerms) {
    this.#terms = terms
    this.appId = terms.line.appId
    this.channel = terms.need.channel
    this.instanceId = toInstanceId(this.appId, this.channel)
    this.settings = terms.settings
    this.state = terms.state
    this.#begunAt = terms.line.environment.monotonicNow()
  }

  get now(): number {
    return this.#terms.line.environment.now()
  }

  /** Whether a start of this page may have left a task that nobody knows. */
  get hasUnanswered(): boolean {
    const { unansweredAt } = this.state.slot
    const { monotonicNow } = this.#terms.line.environment
    return unansweredAt !== null && monotonicNow() - unansweredAt < UNANSWERED_MS
  }

  request<Answer>(call: SttCall<Answer>): Promise<CallOutcome<Answer>> {
    const { line, need, rank, signal, onSent, assertWanted } = this.#terms
    const onSend = () => {
      assertWanted()
      this.#assertInTime()
      this.#sentAt = line.environment.monotonicNow()
      onSent?.()
    }
    return callService(line, { ...need, rank, onSend, ...(signal && { signal }) }, call)
  }

  botToken(uid: string): Promise<string> {
    return this.#terms.line.tokens.forBot({ ...this.#terms.need, uid })
  }

  sleep(delayMs: number): Promise<void> {
    return sleep(this.#terms.line.environment, delayMs)
  }

  /** The start just sent got no answer: what it may have left is looked for later. */
  noteUnanswered(): void {
    this.tell('unanswered')
    this.#terms.onUnanswered?.(this.#sentAt)
  }

  tell(decision: SttDecision, taskId?: string | null, code?: SttErrorCode): void {
    this.#terms.line.emit({
      type: 'decision',
      channel: this.channel,
      operation: this.#terms.operation,
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
    const createdAt = task.createdAt ?? this.now
    const isAcquired = task.taskId === null
    return Object.freeze({
      api: this.#terms.api,
      appId: this.appId,
      channel: this.channel,
      instanceId: this.instanceId,
      instanceToken: started?.builderToken ?? null,
      instanceTokenExpiresAt: isAcquired ? createdAt + INSTANCE_TOKEN_LIFETIME_MS : null,
      taskId: task.taskId,
      state: isAcquired ? 'acquired' : toSessionState(task.phase),
      createdAt,
      origin,
      botUid: this.settings?.botUid ?? null,
      transcription: started?.settings ? toResolved(started.settings) : null,
    })
  }

  #assertInTime(): void {
    if (this.#terms.line.environment.monotonicNow() - this.#begunAt < MAX_RUN_MS) return
    throw new NetworkError(
      'timeout',
      `No clear outcome within ${MAX_RUN_MS / 1000} s. A task may run; try again, enable() looks before it starts.`,
      { outcome: 'unknown' },
    )
  }
}

export function toSessionState(phase: TaskPhase): 'starting' | 'running' | 'recovering' {
  return phase === 'starting' || phase === 'recovering' ? phase : 'running'
}
