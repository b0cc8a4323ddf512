import type { Claim, ClaimStore } from '../claims/claimStore.js'
import { memoryClaimStore } from '../claims/memoryClaimStore.js'
import type { SttError } from '../errors.js'
import type { SttEnvironment } from './environment.js'
import { createGate, type Gate } from './gate.js'
import type { Operation, OperationKind } from './operation.js'
import type { SttSession, SttSnapshot } from './session.js'

/**
 * What the clients of one page share, whichever copy of the package they come from: the shape below belongs to the
 * version in the symbol's name and never changes under it.
 */
export interface AppShare {
  gate: Gate
  /** `api` and `baseUrl` of each live client. */
  profiles: string[]
  /** What the attempts of this page's claims begin with, and how many there were. */
  pageId: string
  attempts: number
  /** Where nothing reaches beyond the page. */
  claims: ClaimStore
  /** By channel. */
  slots: Map<string, ChannelSlot>
}

/** One channel's operations in this page. */
export interface ChannelSlot {
  current: Operation | null
  /** How many operations have begun: what looks or attends meanwhile is out of date. */
  begun: number
  /** The last intent, where it is another than `current`. */
  next: Operation | null
  lastIntent: OperationKind | null
  /** How the last `enable()` ended. */
  settled: SettledEnable | null
  /** Monotonic ms of the last send of a start. */
  startedAt: number
  /** Monotonic ms of the last send of a start that nobody answered. */
  unansweredAt: number
  /** v6: sends a start that nobody answered again, as it was; null: it is of no use any more. */
  repeatStart: ((operation: Operation) => Promise<SttSession | null>) | null
  /** The last task that the service has shown to be this channel's; of any other only a claim says so. */
  provenTaskId: string | null
  /** The last task that this page has stopped: no claim makes it run again. */
  stoppedTaskId: string | null
  /** Of this page's claims, the last that won and the last that was tried. */
  lastAttempts: [won: string, tried: string]
  /** A look at the service under way, for everyone who asks; an operation that begins drops it. */
  look: Operation | null
  /** Does what a claim of others asks of this page. */
  attendant: Operation | null
  /** One for each client that shows the channel or knows something of it. */
  members: Set<SlotMember>
}

/** What one client knows of the channel: a page's sessions live in its clients. */
export interface SlotMember {
  readonly snapshot: SttSnapshot
  /** Monotonic ms of the last word of the service that the session lives. */
  readonly confirmedAt: number
  apply: (change: SlotChange) => void
  /** Takes up what others have claimed meanwhile. */
  follow: () => void
  /** Another client of the page has read or written the claim, in a store that reaches as far. */
  learn: (claim: Claim, reach: ClaimStore['reach']) => void
}

interface SettledEnable {
  change: SlotChange
  /** Nobody knows whether a task was started. */
  isUnknown: boolean
  /** Monotonic ms: good until then. */
  until: number
}

/** What every client of the page learns. What is left out stays as it is. */
export interface SlotChange {
  session?: SttSession | null
  error?: SttError | null
  /** true: the service said so just now; false: it may have changed since it did. */
  isConfirmed?: boolean
}

const REGISTRY = Symbol.for('react-realtime-stt.registry.v1')

export function getAppShare(
  { registry, random, monotonicNow }: SttEnvironment,
  appId: string,
): AppShare {
  const holder = registry as { [REGISTRY]?: Map<string, AppShare> }
  holder[REGISTRY] ??= new Map()
  return getOrCreate(holder[REGISTRY], appId, () => ({
    gate: createGate(),
    profiles: [],
    pageId: [random(), random()].map((part) => part.toString(36).slice(2)).join(''),
    attempts: 0,
    claims: memoryClaimStore(monotonicNow),
    slots: new Map(),
  }))
}

export function getOrCreate<Value>(
  map: Map<string, Value>,
  key: string,
  create: () => Value,
): Value {
  const value = map.get(key) ?? create()
  map.set(key, value)
  return value
}

export function createSlot(): ChannelSlot {
  return {
    current: null,
    begun: 0,
    next: null,
    lastIntent: null,
    settled: null,
    startedAt: Number.NEGATIVE_INFINITY,
    unansweredAt: Number.NEGATIVE_INFINITY,
    repeatStart: null,
    provenTaskId: null,
    stoppedTaskId: null,
    lastAttempts: ['', ''],
    look: null,
    attendant: null,
    members: new Set(),
  }
}

/** No client shows the channel, and nothing of it would be missed. */
export function isForgettable(slot: ChannelSlot, monotonicNow: number): boolean {
  const { members, current, settled, look, repeatStart, unansweredAt } = slot
  const isFresh = settled && monotonicNow < settled.until
  return !(members.size || current || isFresh || look || repeatStart || unansweredAt > 0)
}

/** Tells every client of the page that shows the channel. */
export function publish(slot: ChannelSlot, change: SlotChange): void {
  for (const member of [...slot.members]) member.apply(change)
}
