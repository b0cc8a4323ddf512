import { type SttError, SupersededError } from '../errors.js'
import { type ChannelSlot, publish, type SlotChange } from './registry.js'
import type { SttSession } from './session.js'

export type OperationKind = 'enable' | 'disable'

/** One intent of the page being carried out, however many callers share it. */
export class Operation {
  readonly kind: OperationKind
  /** Settles once, for every caller; a failure nobody listens to is no unhandled rejection. */
  readonly promise: Promise<SttSession | undefined>
  /** Something was handed to fetch: from here on the outcome must be waited for. */
  hasSent = false
  /** A later intent of the other kind stands. */
  isOvertaken = false
  /** Too late for a later intent of the same kind to share it. */
  isClosed = false
  readonly #work: (operation: Operation) => Promise<SlotChange>
  #resolve: (session?: SttSession) => void = () => {}
  #reject: (error: SttError) => void = () => {}

  constructor(kind: OperationKind, work: (operation: Operation) => Promise<SlotChange>) {
    this.kind = kind
    this.#work = work
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.promise.catch(() => {})
  }

  /** Called in the tick of each send; throws where nothing more may be sent. */
  send(): void {
    if (this.isOvertaken || this.isClosed) {
      this.isClosed = true
      throw superseded()
    }
    this.hasSent = true
  }

  begin(slot: ChannelSlot): void {
    this.#work(this).then(
      (change) => this.#settle(slot, change),
      (error: SttError) => this.#settle(slot, { error }),
    )
  }

  /** Ends it as its being overtaken has it: an `enable()` fails, a `disable()` has nothing left to do. */
  overtake(): void {
    this.isClosed = true
    if (this.kind === 'enable') this.#reject(superseded())
    else this.#resolve()
  }

  #settle(slot: ChannelSlot, change: SlotChange): void {
    if (slot.current !== this) return
    this.isClosed = true
    slot.current = null
    const isSuperseded = this.isOvertaken || SupersededError.is(change.error)
    if (isSuperseded) delete change.error
    advance(slot, change)
    if (isSuperseded) this.overtake()
    else if (change.error) this.#reject(change.error)
    else this.#resolve(change.session ?? undefined)
  }
}

function superseded(): SupersededError {
  return new SupersededError(
    'A later disable() overtook this enable(). Call enable() again to have it.',
  )
}

/**
 * Brings an intent into the channel's order: the same intent is shared, the last one wins, at most one waits.
 * `enable()` after `disable()` begins when that has ended; what has sent nothing yet is withdrawn at once.
 */
export function submit(slot: ChannelSlot, create: () => Operation, kind: OperationKind): Operation {
  slot.lastIntent = kind
  const { current, next } = slot
  if (current?.kind === kind && !current.isClosed) {
    current.isOvertaken = false
    if (next) {
      slot.next = null
      next.overtake()
      publish(slot, {})
    }
    return current
  }
  if (next?.kind === kind) return next
  slot.next = create()
  const operation = slot.next
  next?.overtake()
  if (current && !current.hasSent) {
    slot.current = null
    current.overtake()
  } else if (current?.kind === 'enable') {
    current.isOvertaken = true
  }
  if (slot.current) publish(slot, {})
  else advance(slot, { error: null })
  return operation
}

function advance(slot: ChannelSlot, change: SlotChange): void {
  const operation = slot.next
  slot.current = operation
  slot.next = null
  if (operation) slot.look?.abort()
  publish(slot, operation ? { ...change, error: null } : change)
  operation?.begin(slot)
}
