import type { ClientContext } from './operation.js'
import { type ChannelSlot, publish, type SlotChange, type SlotMember } from './registry.js'
import { reporting } from './reporting.js'
import type { SttSnapshot, SttStatus } from './session.js'

export const DISABLED: SttSnapshot = Object.freeze({
  status: 'disabled',
  session: null,
  error: null,
})

/** The time between acquire and start that the service allows; unused, an instance token ends. */
export const INSTANCE_TOKEN_LIFETIME_MS = 5 * 60_000

/** What one client knows of one channel. */
export class ChannelState implements SlotMember {
  confirmedAt = Number.NEGATIVE_INFINITY
  snapshot: SttSnapshot = DISABLED
  readonly #listeners = new Set<() => void>()
  #stopExpiry = () => {}

  constructor(
    readonly slot: ChannelSlot,
    private readonly context: ClientContext,
  ) {
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
    return this.#listeners.size === 0 && this.snapshot === DISABLED
  }

  /** Whether the service said within this time that the session lives. */
  isConfirmedWithin(goodMs: number): boolean {
    return this.context.monotonicNow() - this.confirmedAt < goodMs
  }

  apply(change: SlotChange): void {
    const { slot, snapshot, context } = this
    const { session, error } = { ...snapshot, ...change }
    if (change.isConfirmed !== undefined) {
      this.confirmedAt = change.isConfirmed ? context.monotonicNow() : Number.NEGATIVE_INFINITY
    }
    const status = toStatus(slot, session !== null)
    if (session !== snapshot.session) {
      this.#stopExpiry()
      if (session?.state === 'acquired') {
        const { channel } = session
        this.#stopExpiry = context.after(INSTANCE_TOKEN_LIFETIME_MS, () => {
          context.emit({ type: 'decision', channel, operation: 'enable', decision: 'ended' })
          publish(slot, { session: null })
        })
      }
    }
    if (status === snapshot.status && session === snapshot.session && error === snapshot.error) {
      return
    }
    this.snapshot =
      status === 'disabled' && !error ? DISABLED : Object.freeze({ status, session, error })
    for (const listener of [...this.#listeners]) reporting(listener)
  }
}

function toStatus({ current, next }: ChannelSlot, isEnabled: boolean): SttStatus {
  const intent = next ?? current
  if (intent) return intent.kind === 'enable' ? 'enabling' : 'disabling'
  return isEnabled ? 'enabled' : 'disabled'
}
