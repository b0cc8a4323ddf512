import * as z from 'zod/mini'
import type { Secrets } from '../secrets.js'

/**
 * The generations of the vendor's REST API. Projects created since June 2025 must use `'v7'`; the end of life of v5.x and
 * v6.x was announced for 2026-06-11.
 */
export type SttApiVersion = 'v6' | 'v7'

/** What a task's status means to a client, whatever the API generation calls it. */
type TaskPhase = 'starting' | 'running' | 'recovering' | 'stopping' | 'ended'

/** A task as any answer of the service shows it. */
export interface SttTask {
  /** v6 `taskId`, v7 `agent_id`. */
  taskId: string
  phase: TaskPhase
  /** Epoch ms. */
  createdAt: number | null
  /** v7 `name`; null where the answer shows none. */
  name: string | null
}

/**
 * Whatever is not named here is taken as running, FAILURE_STOP too: such a task may be billed.
 *
 * @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/query
 */
const PHASES: Readonly<Record<string, TaskPhase>> = {
  IDLE: 'ended',
  PREPARING: 'starting',
  PREPARED: 'starting',
  STARTING: 'starting',
  CREATED: 'starting',
  RECOVERING: 'recovering',
  STOPPING: 'stopping',
  STOPPED: 'ended',
  FAILED: 'ended',
}

/** A task at work. */
export type LiveTask = SttTask & { phase: 'starting' | 'running' | 'recovering' }

/** Whether a task is at work, and billed. */
export const isAlive = (task: SttTask): task is LiveTask =>
  task.phase !== 'stopping' && task.phase !== 'ended'

const FIRST_MS_TIMESTAMP = 100_000_000_000

/** The service documents seconds in some answers and milliseconds in others; the magnitude tells. */
export const toEpochMs = (timestamp = 0): number | null =>
  (timestamp < FIRST_MS_TIMESTAMP ? timestamp * 1000 : timestamp) || null

/** What no task or token can be without. */
export const text = z.string().check(z.minLength(1))

const time = z.optional(z.number())

interface TaskAnswer {
  taskId?: string
  agent_id?: string
  status?: string
  createTs?: number
  create_ts?: number
  start_ts?: number
  name?: string
}

/** Every field but the id is optional: which answers carry which is documented in two ways. */
export const taskSchema = (idField: 'taskId' | 'agent_id', knownId?: string) =>
  z.pipe(
    z.object({
      [idField]: knownId ? z._default(text, knownId) : text,
      status: z.optional(z.string()),
      createTs: time,
      create_ts: time,
      start_ts: time,
      name: z.optional(z.string()),
    }) as z.ZodMiniType<TaskAnswer>,
    z.transform(
      ({ taskId, agent_id, status = '', createTs, create_ts, start_ts, name = null }): SttTask => ({
        taskId: (taskId ?? agent_id) as string,
        phase: PHASES[status] ?? 'running',
        createdAt: toEpochMs(createTs ?? create_ts ?? start_ts),
        name,
      }),
    ),
  )

/** The bots, languages and speakers of a task, checked and with their defaults. */
export interface TaskSettings {
  languages: readonly string[]
  speakerLanguages: readonly { uid: string; languages: readonly string[] }[]
  translations: readonly { source: string; targets: readonly string[] }[]
  botUid: string
  /** v6 only. */
  listenerBotUid?: string | undefined
  includeUids: readonly string[]
  excludeUids: readonly string[]
  maxIdleSeconds?: number | undefined
  keywords: readonly string[]
  captionFormat?: 'protobuf' | 'json' | undefined
  encryption?: { mode: number; secret: string; salt?: string | undefined } | undefined
}

/** What a start needs beside the REST token. */
export interface StartRequest {
  channel: string
  /** v6: the instance that was acquired; v7: the agent's name. */
  instanceId: string
  /** v6 only: `tokenName` of the acquired instance. */
  builderToken?: string | null
  settings: TaskSettings
  botToken: string
  /** v6 only. */
  listenerBotToken?: string
}

/** How a task is addressed after its start. */
export interface TaskHandle {
  taskId: string
  /** v6 only. */
  builderToken: string | null
}

/** What a running task can be told to change; what is left out stays as it is. */
export interface TaskChange {
  languages?: readonly string[] | undefined
  speakerLanguages?: readonly { uid: string; languages: readonly string[] }[] | undefined
  translations?: readonly { source: string; targets: readonly string[] }[] | undefined
  includeUids?: readonly string[] | undefined
  keywords?: readonly string[] | undefined
}

/** The body of a start; both generations spell alike what both have. */
export function toStartBody(request: StartRequest) {
  const { settings } = request
  const { encryption } = settings
  return {
    languages: settings.languages,
    uidLanguagesConfig: filled(settings.speakerLanguages),
    maxIdleTime: settings.maxIdleSeconds,
    keywords: filled(settings.keywords),
    translateConfig: filled(settings.translations) && {
      languages: toTranslateLanguages(settings.translations),
    },
    rtcConfig: {
      channelName: request.channel,
      pubBotUid: settings.botUid,
      pubBotToken: request.botToken,
      subBotUid: settings.listenerBotUid,
      subBotToken: request.listenerBotToken,
      subscribeAudioUids: filled(settings.includeUids),
      unSubscribeAudioUids: filled(settings.excludeUids),
      cryptionMode: encryption?.mode,
      secret: encryption?.secret,
      salt: encryption?.salt,
      enableJsonProtocol: settings.captionFormat === 'json' || undefined,
    },
  }
}

/** Only what the mask names is changed, and it replaces the old value as a whole. */
export function toUpdate(change: TaskChange): { mask: string; body: object } {
  const mask: string[] = []
  if (change.languages) mask.push('languages')
  if (change.speakerLanguages) mask.push('uidLanguagesConfig')
  if (change.keywords) mask.push('keywords')
  if (change.includeUids) mask.push('rtcConfig.subscribeAudioUids')
  if (change.translations) {
    mask.push('translateConfig.enable')
    if (change.translations.length > 0) mask.push('translateConfig.languages')
  }
  return {
    mask: mask.join(','),
    body: {
      languages: change.languages,
      uidLanguagesConfig: change.speakerLanguages,
      keywords: change.keywords,
      rtcConfig: change.includeUids && {
        subscribeAudioUids: change.includeUids.length > 0 ? change.includeUids : ['all'],
      },
      translateConfig: change.translations && {
        enable: change.translations.length > 0,
        languages:
          change.translations.length > 0 ? toTranslateLanguages(change.translations) : undefined,
      },
    },
  }
}

/** An empty list means the same as none, which is what the service is told. */
const filled = <Item>(list: readonly Item[]) => (list.length > 0 ? list : undefined)

const toTranslateLanguages = (translations: TaskSettings['translations']) =>
  translations.map(({ source, targets }) => ({ source, target: targets }))

export function secretsOf(request: StartRequest): Secrets {
  const { encryption } = request.settings
  const { botToken, listenerBotToken, builderToken } = request
  return [botToken, listenerBotToken, builderToken, encryption?.secret, encryption?.salt]
}
