import type { SttOperation } from '../agora/call.js'
import type { ClaimState } from '../claims/claimValue.js'
import type { SttErrorCode } from '../errors.js'

/**
 * What the client decided.
 * - `'began'`: an operation began; what came before it decides nothing any more.
 * - `'shared'`: a call shared an operation that was under way.
 * - `'remembered'`: a call was answered from what is known: the live session, or an outcome younger than `minIntervalMs`.
 * - `'acquired'`: v6, an instance token was acquired.
 * - `'started'`: this page started a task.
 * - `'joined'`: a task that ran already was found and taken as the channel's.
 * - `'renamed'`: v7, the name is spent, so the task got the next one.
 * - `'unanswered'`: a start got no answer; the service is asked what became of it.
 * - `'stopped'`: the channel's task was stopped.
 * - `'duplicate_stopped'`: a second task of this channel was found and stopped.
 * - `'stranger'`: a task that is not of this package's naming is in the channel; it is left alone.
 * - `'claimed'`: this page claimed the channel: it may start, or stop, and nobody else.
 * - `'waiting'`: another page or device has claimed the channel: `claim` says for what.
 * - `'took_over'`: whoever claimed the channel is gone or has had the time: this page goes on in its place.
 * - `'gave_way'`: the task of this page was stopped in favour of the one that is claimed.
 * - `'claim_refused'`: what is stored as the claim is none of this channel's: it counts as ended.
 * - `'claims_unavailable'`: the claim store gives no answer; `onClaimsUnavailable` says what then.
 * - `'ended'`: the session was found to have ended by itself.
 * - `'failed'`: the operation failed: `code` says how.
 */
export type SttDecision =
  | 'began'
  | 'shared'
  | 'remembered'
  | 'acquired'
  | 'started'
  | 'joined'
  | 'renamed'
  | 'unanswered'
  | 'stopped'
  | 'duplicate_stopped'
  | 'stranger'
  | 'claimed'
  | 'waiting'
  | 'took_over'
  | 'gave_way'
  | 'claim_refused'
  | 'claims_unavailable'
  | 'ended'
  | 'failed'

/** One thing the client did. Holds no token and no secret. */
export type SttEvent =
  | {
      /** A REST call is being sent. */
      type: 'request'
      /** Epoch ms. */
      at: number
      /** The client's app id. */
      appId: string
      /** The RTC channel's name. */
      channel: string
      /** What the call does. */
      operation: SttOperation
      /** The HTTP method. */
      method: string
      /** Without the query string. */
      path: string
    }
  | {
      /** A REST call was answered, or nobody waits for its answer any more. */
      type: 'response'
      /** Epoch ms. */
      at: number
      /** The client's app id. */
      appId: string
      /** The RTC channel's name. */
      channel: string
      /** What the call does. */
      operation: SttOperation
      /** HTTP status; null: no answer. */
      status: number | null
      /** From the sending on, in ms. */
      durationMs: number
      /** Where it is no success. */
      code?: SttErrorCode
    }
  | {
      /** The client decided something. */
      type: 'decision'
      /** Epoch ms. */
      at: number
      /** The client's app id. */
      appId: string
      /** The RTC channel's name. */
      channel: string
      /** For which operation. */
      operation: 'enable' | 'disable' | 'refresh'
      /** What it decided. */
      decision: SttDecision
      /** The task that it is about. */
      taskId?: string | undefined
      /** Where something failed. */
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
