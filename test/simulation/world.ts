import type { SttSnapshot } from 'react-realtime-stt/core'
import { createFakeAgora, type FakeAgora, type FakeTask } from 'react-realtime-stt/testing'
import type { Cell } from './cell.js'
import { FAULTS_END_MS, type Scenario } from './scenario.js'
import { SeededRandom } from './seededRandom.js'
import { VirtualTime } from './virtualTime.js'

const CHANNEL = 'standup'
export const BOT_UID = '900000001'

/** A stop that the service carried out. */
export interface Stop {
  at: number
  taskId: string
  page: string
}

/** What a claim said, from when on. */
export interface ClaimSeen {
  at: number
  revision: string
  state: string
  taskId: string | undefined
}

/** The service, the clock and the book of what happened, for one run. */
export class World {
  readonly time = new VirtualTime({ idleTurns: 0 })
  readonly agora: FakeAgora
  readonly channel = CHANNEL
  readonly stops: Stop[] = []
  /** When pages handed stops to fetch, by task. */
  readonly stopsSent = new Map<string, number>()
  /** Which page started a task. */
  readonly starters = new Map<string, string>()
  /** When the starter had its answer, by task. */
  readonly answeredAt = new Map<string, number>()
  readonly claims: ClaimSeen[] = []
  readonly trace: string[] = []
  /** The moment of the last thing that went wrong. */
  lastFaultAt = 0
  isSignalingUp = true
  strangerId: string | null = null
  readonly #tokens = new Map<string, Promise<string>>()

  constructor(
    readonly cell: Cell,
    readonly seed: number,
    readonly scenario: Scenario,
    private readonly isTraced: boolean,
  ) {
    const { time } = this
    this.agora = createFakeAgora({
      ...scenario.service,
      tokens: 'plain',
      now: () => time.now,
      setTimeout: time.setTimeout,
      random: this.random('service').next,
    })
  }

  /** A sequence of its own for each purpose: what one page does changes nothing of another's luck. */
  random(purpose: string): SeededRandom {
    return new SeededRandom(`${purpose} ${this.seed} ${this.cell.fault}`)
  }

  has(fault: 'crash' | 'lost' | 'late' | 'outage'): boolean {
    const { cell, time } = this
    const isOn = cell.fault === fault || cell.fault === 'all'
    return isOn && time.elapsed() < FAULTS_END_MS
  }

  noteFault(atMs = this.time.elapsed()): void {
    this.lastFaultAt = Math.max(this.lastFaultAt, atMs)
  }

  note(who: string, text: string): void {
    if (!this.isTraced) return
    this.trace.push(
      `${(this.time.elapsed() / 1_000).toFixed(3).padStart(9)} ${who.padEnd(6)} ${text}`,
    )
  }

  noteSnapshot(who: string, { status, session, error }: SttSnapshot): void {
    if (!this.isTraced) return
    this.note(who, `shows ${[status, session?.taskId, error?.code].filter(Boolean).join(' ')}`)
  }

  noteClaim(claim: Omit<ClaimSeen, 'at'>, ageMs: number): void {
    if (this.claims.some(({ revision }) => revision === claim.revision)) return
    this.claims.push({ ...claim, at: this.time.elapsed() - ageMs })
  }

  token(uid: string): Promise<string> {
    const known = this.#tokens.get(uid) ?? this.agora.mintToken({ channel: this.channel, uid })
    this.#tokens.set(uid, known)
    return known
  }

  /** Every task that the devices started. */
  tasks(): FakeTask[] {
    return this.agora.tasks(this.channel).filter(({ taskId }) => taskId !== this.strangerId)
  }

  liveTasks(): FakeTask[] {
    return this.agora.liveTasks(this.channel).filter(({ taskId }) => taskId !== this.strangerId)
  }
}
