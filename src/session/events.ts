import type { SttOperation } from '../agora/call.js'
import type { ClaimState } from '../claims/claimValue.js'
import type { SttErrorCode } from '../errors.js'

/** What the client decided, in the words of the package's documentation. */
export type SttDecision =
  /** An operation began; what came before it decides nothing any more. */
  | 'began'
  /** A call shared an operation that was under way. */
  | 'shared'
  /** A call was answered from what is known: the live session, or an outcome younger than `minIntervalMs`. */
  | 'remembered'
  /** v6: an instance token was acquired. */
  | 'acquired'
  | 'started'
  /** A task that ran already was found and taken as the channel's. */
  | 'joined'
  /** v7: the name is spent, so the task got the next one. */
  | 'renamed'
  /** A start got no answer; the service is asked what became of it. */
  | 'unanswered'
  | 'stopped'
  /** A second task of this channel was found and stopped. */
  | 'duplicate_stopped'
  /** A task that is not of this package's naming is in the channel; it is left alone. */
  | 'stranger'
  /** This page claimed the channel: it may start, or stop, and nobody else. */
  | 'claimed'
  /** Another page or device has claimed the channel: `claim` says for what. */
  | 'waiting'
  /** Whoever claimed the channel is gone or has had the time: this page goes on in its place. */
  | 'took_over'
  /** The task of this page was stopped in favour of the one that is claimed. */
  | 'gave_way'
  /** What is stored as the claim is none of this channel's: it counts as ended. */
  | 'claim_refused'
  /** The claim store gives no answer; `onClaimsUnavailable` says what then. */
  | 'claims_unavailable'
  /** The session was found to have ended by itself. */
  | 'ended'
  | 'failed'

/** One thing the client did. Holds no token and no secret. Every `at` is epoch ms. */
export type SttEvent =
  | {
      type: 'request'
      at: number
      appId: string
      channel: string
      operation: SttOperation
      method: string
      /** Without the query string. */
      path: string
    }
  | {
      type: 'response'
      at: number
      appId: string
      channel: string
      operation: SttOperation
      /** HTTP status; null: no answer. */
      status: number | null
      durationMs: number
      code?: SttErrorCode
    }
  | {
      type: 'decision'
      at: number
      appId: string
      channel: string
      operation: 'enable' | 'disable' | 'refresh'
      decision: SttDecision
      taskId?: string | undefined
      code?: SttErrorCode
      /** The state of the claim that it is about. */
      claim?: ClaimState | undefined
    }

/** What a decision is about. */
export type SttDecisionDetails = Pick<
  Extract<SttEvent, { type: 'decision' }>,
  'taskId' | 'code' | 'claim'
>

/** Every event but its moment and app. */
export type SttEventDetails = {
  [Type in SttEvent['type']]: Omit<Extract<SttEvent, { type: Type }>, 'at' | 'appId'>
}[SttEvent['type']]
