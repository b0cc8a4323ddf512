import { FakeSignalingError } from './fakeSignalingError.js'

/** What is to be written. */
export interface FakeMetadataItem {
  /** Up to 32 bytes. */
  key: string
  /** What to store. */
  value: string
  /** -1: whatever there is; 0: only if there is none; above: only if it is this one. @defaultValue `-1` */
  revision?: number
}

/** How it is to be written. */
export interface FakeMetadataOptions {
  /** As `revision`, for the whole set. @defaultValue `-1` */
  majorRevision?: number
  /** Stores the moment of the write too. @defaultValue `false` */
  addTimeStamp?: boolean
  /** Stores who wrote too. @defaultValue `false` */
  addUserId?: boolean
}

/** An item as it is stored. `updated` and `authorUid` are there where the write asked for them. */
export interface FakeMetadataDetail {
  /** What is stored. */
  value: string
  /** Rises with each write to the item. */
  revision: number
  /** Epoch ms by the service's clock. */
  updated?: number
  /** Who wrote it. */
  authorUid?: string
}

/** A channel's full set. */
export interface FakeMetadata {
  /** How many items. */
  totalCount: number
  /** Rises with each write to the channel. */
  majorRevision: number
  /** The items, by key. */
  metadata: Record<string, FakeMetadataDetail>
}

export type FakeWrite = 'set' | 'update'

const MAX_ITEMS = 32
const MAX_KEY_BYTES = 32
const MAX_BYTES = 16_384
const KEY = /^(?!_)[A-Za-z0-9 !#$%&()+,\-:;<=>?@[\]^_{|}~]{1,64}$/

const bytesOf = (text: string) => new TextEncoder().encode(text).length

/** What the vendor's client refuses to send. */
export function checkItems(
  write: FakeWrite,
  items: readonly FakeMetadataItem[],
  majorRevision: number,
): void {
  const refuse = (code: number) => {
    throw new FakeSignalingError(`${write}ChannelMetadata`, code)
  }
  if (items.length > MAX_ITEMS) refuse(-12_002)
  if (items.length === 0) refuse(-12_003)
  for (const revision of [majorRevision, ...items.map(({ revision = -1 }) => revision)]) {
    const least = write === 'update' && revision === 0 ? 1 : -1
    if (!Number.isInteger(revision) || revision < least) refuse(-12_005)
  }
  for (const { key, value } of items) {
    if (!KEY.test(key)) refuse(-12_009)
    if (bytesOf(key) > MAX_KEY_BYTES) refuse(-12_011)
    if (typeof value !== 'string') refuse(-12_010)
    if (bytesOf(value) > MAX_BYTES) refuse(-12_012)
  }
  if (bytesOf(JSON.stringify(items)) > MAX_BYTES) refuse(-12_006)
}

/** What the service keeps: one set a channel, whose revisions grow with each write. */
export class FakeSignalingMetadata {
  readonly #sets = new Map<string, FakeMetadata>()
  readonly #ignoresCreateOnly: boolean
  readonly #now: () => number

  constructor(ignoresCreateOnly: boolean, now: () => number) {
    this.#ignoresCreateOnly = ignoresCreateOnly
    this.#now = now
  }

  get(channel: string): FakeMetadata {
    const { majorRevision = 0, metadata = {} } = this.#sets.get(channel) ?? {}
    return structuredClone({
      totalCount: Object.keys(metadata).length,
      majorRevision,
      metadata,
    })
  }

  write(
    write: FakeWrite,
    channel: string,
    items: readonly FakeMetadataItem[],
    options: FakeMetadataOptions & { userId: string },
  ): void {
    const set = this.get(channel)
    const isStale = (expected: number, stored: number) =>
      expected > 0
        ? expected !== stored
        : expected === 0 && stored !== 0 && !this.#ignoresCreateOnly
    const revisionOf = (key: string) => set.metadata[key]?.revision ?? 0
    if (
      isStale(options.majorRevision ?? -1, set.majorRevision) ||
      items.some(({ key, revision = -1 }) => isStale(revision, revisionOf(key))) ||
      (write === 'update' && items.some(({ key }) => revisionOf(key) === 0))
    ) {
      throw new FakeSignalingError(`${write}ChannelMetadata`, -12_014)
    }
    set.majorRevision += 1
    for (const { key, value } of items) {
      set.metadata[key] = {
        value,
        revision: set.majorRevision,
        ...(options.addTimeStamp ? { updated: this.#now() } : {}),
        ...(options.addUserId ? { authorUid: options.userId } : {}),
      }
    }
    this.#sets.set(channel, set)
  }

  /** As when somebody removes all items; or, forgetting, as if the channel had never had any. */
  wipe(channel: string, forgets: boolean): void {
    const { majorRevision } = this.get(channel)
    this.#sets.delete(channel)
    if (!forgets) {
      this.#sets.set(channel, { totalCount: 0, majorRevision: majorRevision + 1, metadata: {} })
    }
  }

  clear(): void {
    this.#sets.clear()
  }
}
