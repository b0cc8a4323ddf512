import type { TaskSettings } from '../agora/task.js'
import type { SttError } from '../errors.js'
import { createGate, type Gate } from './gate.js'
import type { Operation, OperationKind } from './operation.js'
import type { SttSession, SttSnapshot } from './session.js'

/**
 * What the clients of one page share, whichever copy of the package they come from: the shape below belongs to the
 * version in the symbol's name and never changes under it.
 */
export interface Registry {
  /** By app id. */
  gates: Map<string, Gate>
  /** By app id and channel. */
  slots: Map<string, ChannelSlot>
  /** By app id: `api` and `baseUrl` of each live client. */
  profiles: Map<string, string[]>
}

/** One channel's operations in this page. */
export interface ChannelSlot {
  current: Operation | null
  /** The last intent, where it is another than `current`. */
  next: Operation | null
  lastIntent: OperationKind | null
  /** How the last `enable()` ended; good for `minIntervalMs`. */
  settled: SettledEnable | null
  /** Monotonic ms of the send of a start that nobody answered, until it is known what became of it. */
  unansweredAt: number | null
  /** A look at the service under way, for everyone who asks; an operation that begins drops it. */
  look: { promise: Promise<SttSession | null>; abort: () => void } | null
  /** One for each client that shows the channel or knows something of it. */
  members: Set<SlotMember>
}

/** What one client knows of the channel: a page's sessions live in its clients. */
export interface SlotMember {
  readonly snapshot: SttSnapshot
  /** Monotonic ms of the last word of the service that the session lives. */
  readonly confirmedAt: number
  /** v6: a start that nobody answered, to be sent again as it was. */
  pendingStart: PendingStart | null
  apply: (change: SlotChange) => void
}

export interface PendingStart {
  builderToken: string
  settings: TaskSettings
}

export interface SettledEnable {
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

export function getRegistry(host: object): Registry {
  const holder = host as { [REGISTRY]?: Registry }
  if (!holder[REGISTRY]) {
    const registry: Registry = { gates: new Map(), slots: new Map(), profiles: new Map() }
    Object.defineProperty(holder, REGISTRY, { value: registry })
  }
  return holder[REGISTRY] as Registry
}

export function getGate(registry: Registry, appId: string): Gate {
  return getOrCreate(registry.gates, appId, createGate)
}

export function getSlot(registry: Registry, appId: string, channel: string): ChannelSlot {
  return getOrCreate(registry.slots, `${appId}\n${channel}`, () => ({
    current: null,
    next: null,
    lastIntent: null,
    settled: null,
    unansweredAt: null,
    look: null,
    members: new Set<SlotMember>(),
  }))
}

/** Forgets a channel that no client shows and nothing is remembered of. */
export function releaseSlot(registry: Registry, appId: string, channel: string): void {
  const key = `${appId}\n${channel}`
  const slot = registry.slots.get(key)
  if (!slot || slot.members.size > 0 || slot.current || slot.look) return
  if (slot.settled || slot.unansweredAt !== null) return
  registry.slots.delete(key)
}

/** Tells every client of the page that shows the channel. */
export function publish(slot: ChannelSlot, change: SlotChange): void {
  for (const member of [...slot.members]) member.apply(change)
}

export function findPendingStart(slot: ChannelSlot): PendingStart | null {
  return [...slot.members].find(({ pendingStart }) => pendingStart)?.pendingStart ?? null
}

/** A channel has one at most, whichever client of the page sent it. */
export function setPendingStart(
  state: SlotMember & { slot: ChannelSlot },
  pending: PendingStart | null,
): void {
  for (const member of state.slot.members) member.pendingStart = null
  state.pendingStart = pending
}

/** Adds a live client of the page; returns the function that takes it away. */
export function addClient(registry: Registry, appId: string, profile: string): () => void {
  const profiles = getProfiles(registry, appId)
  profiles.push(profile)
  return () => {
    profiles.splice(profiles.indexOf(profile), 1)
  }
}

/** The `api` and `baseUrl` of each live client of an app. */
export function getProfiles(registry: Registry, appId: string): string[] {
  return getOrCreate(registry.profiles, appId, () => [])
}

function getOrCreate<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  const value = map.get(key) ?? create()
  map.set(key, value)
  return value
}
