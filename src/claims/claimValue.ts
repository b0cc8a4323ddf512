import * as z from 'zod/mini'

/** Into URLs and lock names. */
const id = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,128}$/))
const texts = z.array(z.string())

const transcription = z.object({
  languages: texts,
  speakerLanguages: z.array(z.object({ uid: z.string(), languages: texts })),
  translations: z.array(z.object({ source: z.string(), targets: texts })),
  botUid: z.string(),
  listenerBotUid: z.nullable(z.string()),
  includeUids: texts,
  excludeUids: texts,
  keywords: texts,
})

const claimValue = z.object({
  /** Later versions keep the meaning of the fields below. */
  v: z.number().check(z.minimum(1)),
  state: z.string(),
  attempt: id,
  instanceId: id,
  taskId: z.optional(id),
  createdAt: z.optional(z.number()),
  by: z.optional(z.string()),
  transcription: z.optional(transcription),
})

/**
 * What is claimed.
 * - `'starting'`: somebody starts a task.
 * - `'running'`: a task runs.
 * - `'checking'`: somebody looks whether the task that was `running` still does.
 * - `'stopping'`: somebody stops the task that was `running`.
 * - `'ended'`: nothing runs.
 */
export type ClaimState = 'starting' | 'running' | 'checking' | 'stopping' | 'ended'

/** What runs, without secrets. An empty list stands for an option that was not given. */
export interface ResolvedTranscription {
  /** The languages spoken, as `'en-US'`. */
  languages: readonly string[]
  /** The speakers with languages of their own. */
  speakerLanguages: readonly {
    /** The speaker. */
    uid: string
    /** What that speaker may speak. */
    languages: readonly string[]
  }[]
  /** What is translated. */
  translations: readonly {
    /** A language spoken. */
    source: string
    /** What it is translated into. */
    targets: readonly string[]
  }[]
  /** The uid that publishes the captions. */
  botUid: string
  /** v6: the uid that listens. v7 has none: null. */
  listenerBotUid: string | null
  /** Only these users are transcribed; empty: everyone. */
  includeUids: readonly string[]
  /** All but these users are transcribed. */
  excludeUids: readonly string[]
  /** Words that the recogniser knows. */
  keywords: readonly string[]
}

/** What a claim says. Holds no secret; at most 2 kB as JSON. */
export interface ClaimValue {
  /** The version of this format. */
  v: 1
  /** What is claimed. */
  state: ClaimState
  /** Another one for each write. */
  attempt: string
  /** v6 `instanceId`, v7 agent name. */
  instanceId: string
  /** v6 `taskId`, v7 `agent_id`, where there is a task. */
  taskId?: string | undefined
  /** Epoch ms, from the service. */
  createdAt?: number | undefined
  /** Why it ended: somebody disabled it, the service refused the start, or the task was found to be gone. */
  by?: 'disable' | 'refused' | 'gone' | undefined
  /** What runs. */
  transcription?: ResolvedTranscription | undefined
}

/** What counts as ended because it is no claim: it names no attempt. */
export const NO_CLAIM: ClaimValue = { v: 1, state: 'ended', attempt: '', instanceId: '' }

const MAX_LENGTH = 2_048
const STATES: readonly string[] = ['starting', 'running', 'checking', 'stopping', 'ended']

/** Anybody may have written it. What cannot be read counts as ended, so that the next write can replace it. */
export function parseClaimValue(stored: unknown): ClaimValue {
  const { data } = z.safeParse(claimValue, isSmall(stored) ? stored : null)
  if (!data) return NO_CLAIM
  const state = STATES.includes(data.state) ? data.state : 'checking'
  return { ...data, v: 1, state } as ClaimValue
}

function isSmall(stored: unknown): boolean {
  try {
    return JSON.stringify(stored).length <= MAX_LENGTH
  } catch {
    // Nothing, a circle, a bigint.
    return false
  }
}
