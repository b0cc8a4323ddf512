import type { Claim, ClaimStore } from '../claims/claimStore.js'
import { reporting } from '../reporting.js'
import { followClaim } from './followClaim.js'
import { INSTANCE_TOKEN_LIFETIME_MS } from './instanceId.js'
import { type Asker, type ClientContext, Operation } from './operation.js'
import { createRegister, limitOf, type Register } from './register.js'
import { type ChannelSlot, publish, type SlotChange, type SlotMember } from './registry.js'
import type { SttSnapshot, SttStatus } from './session.js'

const idle = (status: SttStatus): SttSnapshot =>
  Object.freeze({ status, session: null, error: null })

export const DISABLED = idle('disabled')
export const CHECKING = idle('checking')

/** What the claim and the service say is waited for no longer. */
const MAX_CHECKING_MS = 4_000

/** What one client knows of one channel. */
export class ChannelState implements SlotMember {
  confirmedAt = Number.NEGATIVE_INFINITY
  snapshot: SttSnapshot = DISABLED
  readonly register: Register
  /** Takes back what is to be done about a claim later. */
  stopFollowing = () => {}
  /** What another page has claimed is about to be shown. */
  isFollowing = false
  #isChecking: boolean
  #stopExpiry = () => {}
  #stopRecheck = () => {}
  readonly #listeners = new Set<() => void>()

  constructor(
    readonly slot: ChannelSlot,
    readonly context: ClientContext,
    /** The last one that asked for something here. */
    public asker: Asker,
  ) {
    const knowing = [...slot.members].find(({ snapshot }) => snapshot.session)
    slot.members.add(this)
    this.#isChecking = context.claims.reach !== 'page'
    this.register = createRegister(this)
    this.apply({ session: knowing?.snapshot.session ?? null })
    if (knowing) this.confirmedAt = knowing.confirmedAt
  }

  subscribe(listener: () => void): () => void {
    const entry = () => listener()
    this.#listeners.add(entry)
    if (this.#isChecking && this.#listeners.size === 1) {
      this.context.after(MAX_CHECKING_MS, () => this.endCheck())
      this.register.read().catch(() => this.endCheck())
    }
    return () => {
      this.#listeners.delete(entry)
    }
  }

  /** Nothing is known that the next one to ask would miss. */
  get isIdle(): boolean {
    const { slot, snapshot } = this
    const isBusy = slot.current || slot.next || slot.attendant
    return this.#listeners.size === 0 && !snapshot.session && !snapshot.error && !isBusy
  }

  /** Whether the service said within this time that the session lives. */
  isConfirmedWithin(goodMs: number): boolean {
    return this.context.monotonicNow() - this.confirmedAt < goodMs
  }

  /** What can be known without an operation is known. */
  endCheck(): void {
    this.#isChecking = false
    this.apply({})
  }

  learn(claim: Claim, reach: ClaimStore['reach']): void {
    this.register.learn(claim, reach)
  }

  follow(): void {
    followClaim(this)
    this.apply({})
  }

  apply(change: SlotChange): void {
    const { slot, snapshot, context } = this
    const { session, error } = { ...snapshot, ...change }
    if (change.isConfirmed !== undefined) {
      this.confirmedAt = change.isConfirmed ? context.monotonicNow() : Number.NEGATIVE_INFINITY
    }
    if (session !== snapshot.session) {
      this.#stopExpiry()
      if (!session) this.register.keep(null)
      if (session?.state === 'acquired') {
        const { known } = this.register
        const ageMs = session.origin === 'joined' && known ? this.register.ageOf(known) : 0
        this.#stopExpiry = context.after(INSTANCE_TOKEN_LIFETIME_MS - ageMs, () => {
          new Operation('enable', this).tell('ended')
          publish(slot, { session: null })
        })
      }
    }
    const status = this.#toStatus(session !== null)
    if (status === snapshot.status && session === snapshot.session && error === snapshot.error) {
      return
    }
    const isPlain = !session && !error
    if (isPlain && status === 'disabled') this.snapshot = DISABLED
    else if (isPlain && status === 'checking') this.snapshot = CHECKING
    else this.snapshot = Object.freeze({ status, session, error })
    for (const listener of [...this.#listeners]) reporting(listener)
  }

  #toStatus(isEnabled: boolean): SttStatus {
    const { register, slot, context } = this
    const intent = slot.next ?? slot.current
    if (intent) return intent.kind === 'enable' ? 'enabling' : 'disabling'
    const { known } = register
    const { state } = known?.value ?? {}
    this.#stopRecheck()
    if (known && (state === 'starting' || state === 'stopping') && !register.isMine(known)) {
      const leftMs = limitOf(known.value) - register.ageOf(known)
      if (leftMs > 0) {
        this.#stopRecheck = context.after(leftMs, () => this.apply({}))
        return state === 'starting' ? 'enabling' : 'disabling'
      }
    }
    if (isEnabled) return 'enabled'
    if (this.isFollowing) return this.snapshot.status
    return this.#isChecking ? 'checking' : 'disabled'
  }
}
