import type { FakeSettings } from './fakeAgoraOptions.js'
import type { FakeRandom } from './fakeRandom.js'
import { asObject, type JsonObject } from './fakeTaskBody.js'

/** The generations of the vendor's REST API. */
export type FakeApi = 'v6' | 'v7'

/** What a task shows; `IN_PROGRESS` is v6's word, `RUNNING`, `RECOVERING` and `FAILED` are v7's. */
export type FakeTaskStatus =
  | 'STARTING'
  | 'IN_PROGRESS'
  | 'RUNNING'
  | 'RECOVERING'
  | 'STOPPING'
  | 'STOPPED'
  | 'FAILED'

/** A change of a running task that the service accepted. */
export interface FakeTaskUpdate {
  /** Epoch ms. */
  at: number
  /** As the request had it. */
  sequenceId: number
  /** The fields that it named. */
  updateMask: readonly string[]
}

/** One task (v6) or agent (v7), as it is at the moment of asking. */
export interface FakeTask {
  /** v6 `taskId`, v7 `agent_id`. */
  taskId: string
  /** The generation that started it. */
  api: FakeApi
  /** v7 `name`, v6 the `instanceId` of its builder token. */
  name: string
  /** The RTC channel. */
  channel: string
  /** What it shows. */
  status: FakeTaskStatus
  /** Epoch ms. */
  startedAt: number
  /** Epoch ms at which it was stopped or ended, STOPPING or not; null while it lives. */
  endedAt: number | null
  /** In the service's words, `'OK'` for a stop by request; null while it lives. */
  endReason: string | null
  /** Could the bots join the channel with the tokens they got? If not, it is billed and nobody sees a caption. */
  transcribes: boolean
  /** `rtcConfig.pubBotUid` */
  botUid: string
  /** The languages spoken. */
  languages: readonly string[]
  /** The body it was started with, updates applied, without tokens and keys. */
  body: Readonly<Record<string, unknown>>
  /** Every change that was accepted, oldest first. */
  updates: readonly FakeTaskUpdate[]
}

/** A task as the service keeps it: nothing in it that the clock could change. */
export interface TaskRecord {
  readonly taskId: string
  readonly api: FakeApi
  readonly name: string
  readonly channel: string
  readonly startedAt: number
  readonly runsFrom: number
  readonly transcribes: boolean
  body: JsonObject
  updates: readonly FakeTaskUpdate[]
  recovering: { from: number; to: number } | null
  end: { at: number; stoppedAt: number; reason: string; failed: boolean } | null
}

/** "every agent ends after 72 h", v7.2.3 */
const V7_LIFETIME_MS = 259_200_000

const LIVE_STATUSES: ReadonlySet<FakeTaskStatus> = new Set([
  'STARTING',
  'IN_PROGRESS',
  'RUNNING',
  'RECOVERING',
])

/** Every task the service ever ran, oldest first. All of it is synchronous: looking and starting are one step. */
export class FakeTasks {
  readonly #settings: FakeSettings
  readonly #now: () => number
  readonly #random: FakeRandom
  #records: TaskRecord[] = []
  #count = 0

  constructor(settings: FakeSettings, now: () => number, random: FakeRandom) {
    this.#settings = settings
    this.#now = now
    this.#random = random
  }

  start(api: FakeApi, name: string, body: unknown, transcribes: boolean): TaskRecord {
    const startedAt = this.#now()
    this.#count += 1
    const record: TaskRecord = {
      // The count keeps ids apart where a test's `random` is constant.
      taskId: `${this.#random.hex(24)}${this.#count.toString(16).padStart(8, '0')}`,
      api,
      name,
      channel: String(asObject(asObject(body).rtcConfig).channelName),
      startedAt,
      runsFrom: startedAt + this.#settings.startingMs,
      transcribes,
      body: asObject(body),
      updates: [],
      recovering: null,
      end: null,
    }
    this.#records.push(record)
    return record
  }

  all(api?: FakeApi): readonly TaskRecord[] {
    const records = this.#records.filter((record) => api === undefined || record.api === api)
    for (const record of records) this.#endAgedTask(record)
    return records
  }

  find(taskId: string, api?: FakeApi): TaskRecord | undefined {
    return this.all(api).find((record) => record.taskId === taskId)
  }

  statusOf(record: TaskRecord, at = this.#now()): FakeTaskStatus {
    const { end, recovering } = record
    if (end !== null && at >= end.at) {
      if (at < end.stoppedAt) return 'STOPPING'
      return end.failed ? 'FAILED' : 'STOPPED'
    }
    if (recovering !== null && at >= recovering.from && at < recovering.to) return 'RECOVERING'
    if (at < record.runsFrom) return 'STARTING'
    return record.api === 'v6' ? 'IN_PROGRESS' : 'RUNNING'
  }

  isLive(record: TaskRecord): boolean {
    return LIVE_STATUSES.has(this.statusOf(record))
  }

  /** A stop by request: it is STOPPING first where the options say so. */
  stop(record: TaskRecord): void {
    const at = this.#now()
    const stoppedAt = at + this.#settings.stoppingMs
    record.end ??= { at, stoppedAt, reason: 'OK', failed: false }
  }

  /** An end that nobody asked for. */
  end(record: TaskRecord, reason: string): void {
    const at = this.#now()
    const failed = record.api === 'v7' && /error|fatal|fail/i.test(reason)
    record.end ??= { at, stoppedAt: at, reason, failed }
  }

  recover(record: TaskRecord, isRecovering: boolean): void {
    const at = this.#now()
    if (isRecovering) record.recovering = { from: at, to: Number.POSITIVE_INFINITY }
    else if (record.recovering !== null) record.recovering.to = at
  }

  show(record: TaskRecord): FakeTask {
    const { taskId, api, name, channel, startedAt, transcribes, updates } = record
    const body = asObject(withoutSecrets(record.body))
    return {
      taskId,
      api,
      name,
      channel,
      status: this.statusOf(record),
      startedAt,
      endedAt: record.end?.at ?? null,
      endReason: record.end?.reason ?? null,
      transcribes,
      botUid: String(asObject(body.rtcConfig).pubBotUid),
      languages: body.languages as readonly string[],
      body,
      updates,
    }
  }

  clear(): void {
    this.#records = []
  }

  #endAgedTask(record: TaskRecord): void {
    const at = record.startedAt + V7_LIFETIME_MS
    if (record.api === 'v6' || record.end !== null || this.#now() < at) return
    const reason = 'Task exceeded maximum lifetime'
    record.end = { at, stoppedAt: at, reason, failed: false }
  }
}

const SECRET = /token|secret|salt|accesskey/i

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !SECRET.test(key))
      .map(([key, inner]) => [key, withoutSecrets(inner)]),
  )
}
