import type { SttApiVersion } from '../agora/task.js'
import type { ResolvedTranscription } from '../claims/claimValue.js'
import type { SttError } from '../errors.js'

/** A channel's Real-Time STT, as far as this page knows it. Never changed, only replaced. */
export interface SttSession {
  /** The API that it was started with. */
  api: SttApiVersion
  /** The project's app id. */
  appId: string
  /** The RTC channel's name. */
  channel: string
  /** What is sent to the service: v6 `instanceId`, v7 agent name. Every client of a channel computes the same. */
  instanceId: string
  /** v6: the builder token (`tokenName`), a secret. v7 has none: null. */
  instanceToken: string | null
  /** Epoch ms. v6, acquired but not started: 5 minutes after `createdAt`; else null. */
  instanceTokenExpiresAt: number | null
  /** v6 `taskId`, v7 `agent_id`; null while only acquired. */
  taskId: string | null
  /**
   * What the task does. `'acquired'`: v6, no task yet. `'recovering'`: v7, the service is bringing it back by itself.
   */
  state: 'acquired' | 'starting' | 'running' | 'recovering'
  /** Epoch ms, from the service; where it gives none, the moment it was learnt. */
  createdAt: number
  /** Whether this page started it or found it running. */
  origin: 'started' | 'joined'
  /** The uid that publishes the captions; null where no transcription is configured. */
  botUid: string | null
  /** What runs; null: joined, and nobody said what runs. */
  transcription: ResolvedTranscription | null
}

/**
 * What of a channel a component can show.
 * - `'checking'`: the claim is being read; at most 4 s.
 * - `'disabled'`: nothing runs, as far as is known.
 * - `'enabling'`, `'disabling'`: an operation is under way.
 * - `'enabled'`: acquired or running.
 */
export type SttStatus = 'checking' | 'disabled' | 'enabling' | 'enabled' | 'disabling'

/** What of a channel is known. The same object until something in it changes. */
export interface SttSnapshot {
  /** What a component can show. */
  status: SttStatus
  /** What runs, or was acquired; else null. */
  session: SttSession | null
  /** Of the last operation, or `session_ended`; a new operation clears it. */
  error: SttError | null
}
