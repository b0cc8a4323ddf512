import {
  type ChannelSlot,
  type PendingStart,
  publish,
  type SlotChange,
  type SlotMember,
} from './registry.js'
import { reporting } from './reporting.js'
import type { ClientContext } from './run.js'
import type { SttSession, SttSnapshot, SttStatus } from './session.js'

export const DISABLED: SttSnapshot = Object.freeze({
  status: 'disabled',
  session: null,
  error: null,
})

/** The time between acquire and start that the service allows; unused, an instance token ends. */
export const INSTANCE_TOKEN_LIFETIME_MS = 5 * 60_000

/** What one client knows of one channel. */
export class ChannelState implements SlotMember {
  readonly slot: ChannelSlot
  confirmedAt = Number.NEGATIVE_INFINITY
  pendingStart: PendingStart | null = null
  snapshot: SttSnapshot = DISABLED
  readonly #context: ClientContext
  readonly #listeners = new Set<() => void>()
  #stopExpiry = () => {}

  constructor(slot: ChannelSlot, context: ClientContext) {
    this.slot = slot
    this.#context = context
    const knowing = [...slot.members].find(({ snapshot }) => snapshot.session)
    slot.members.add(this)
    this.apply({ session: knowing?.snapshot.session ?? null })
    if (knowing) this.confirmedAt = knowing.confirmedAt
  }

  subscribe(listener: () => void): () => void {
    const entry = () => listener()
    this.#listeners.add(entry)
    return () => {
      this.#listeners.delete(entry)
    }
  }

  /** Nothing is known that the next one to ask would miss. */
  get isIdle(): boolean {
    return this.#listeners.size === 0 && this.snapshot === DISABLED && this.pendingStart === null
  }

  dispose(): void {
    this.slot.members.delete(this)
    this.#stopExpiry()
  }

  /** Follows the operations under way to their end. */
  disposeWhenSettled(): void {
    const { current, next } = this.slot
    const last = next ?? current
    if (!last) {
      this.dispose()
      return
    }
    last.promise.catch(() => {}).then(() => this.disposeWhenSettled())
  }

  apply(change: SlotChange): void {
    const before = this.snapshot
    const session = change.session === undefined ? before.session : change.session
    const error = change.error === undefined ? before.error : change.error
    if (change.isConfirmed) this.confirmedAt = this.#context.environment.monotonicNow()
    if (change.isConfirmed === false) this.confirmedAt = Number.NEGATIVE_INFINITY
    const status = toStatus(this.slot, session !== null)
    if (session !== before.session) this.#watchExpiry(session)
    if (status === before.status && session === before.session && error === before.error) return
    const isBlank = status === 'disabled' && session === null && error === null
    this.snapshot = isBlank ? DISABLED : Object.freeze({ status, session, error })
    for (const listener of [...this.#listeners]) reporting(listener)
  }

  #watchExpiry(session: SttSession | null): void {
    this.#stopExpiry()
    if (session?.state !== 'acquired') return
    this.#stopExpiry = this.#context.after(INSTANCE_TOKEN_LIFETIME_MS, () => {
      if (this.snapshot.session === session) publish(this.slot, { session: null })
    })
  }
}

function toStatus({ current, next }: ChannelSlot, isEnabled: boolean): SttStatus {
  const intent = next ?? current
  if (intent) return intent.kind === 'enable' ? 'enabling' : 'disabling'
  return isEnabled ? 'enabled' : 'disabled'
}
