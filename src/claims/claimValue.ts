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

/** What is claimed; `checking` and `stopping` are about the task that was `running`. */
export type ClaimState = 'starting' | 'running' | 'checking' | 'stopping' | 'ended'

/** What runs, without secrets. */
export interface ResolvedTranscription {
  languages: readonly string[]
  speakerLanguages: readonly { uid: string; languages: readonly string[] }[]
  translations: readonly { source: string; targets: readonly string[] }[]
  botUid: string
  listenerBotUid: string | null
  includeUids: readonly string[]
  excludeUids: readonly string[]
  keywords: readonly string[]
}

/** What a claim says. Holds no secret; at most 2 kB as JSON. */
export interface ClaimValue {
  v: 1
  state: ClaimState
  /** Another one for each write. */
  attempt: string
  instanceId: string
  taskId?: string | undefined
  /** Epoch ms, from the service. */
  createdAt?: number | undefined
  /** Why it ended. */
  by?: 'disable' | 'refused' | 'gone' | undefined
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
