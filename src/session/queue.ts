import { type SttError, SupersededError } from '../errors.js'
import type { Operation } from './operation.js'
import { type ChannelSlot, publish, type SlotChange } from './registry.js'

/**
 * Brings an intent into the channel's order: the same intent is shared, the last one wins, at most one waits.
 * `enable()` after `disable()` begins when that has ended; what has sent nothing yet is withdrawn at once.
 * Returns the operation that carries the intent out, which may be one that was under way.
 */
export function submit(
  slot: ChannelSlot,
  operation: Operation,
  work: (operation: Operation) => Promise<SlotChange>,
): Operation {
  const { current, next } = slot
  const { kind } = operation
  slot.lastIntent = kind
  if (current?.kind === kind && !current.isClosed) {
    current.isOvertaken = false
    slot.next = null
    next?.operation.overtake()
    publish(slot, {})
    return current
  }
  if (next?.operation.kind === kind) return next.operation
  slot.next = { operation, work }
  next?.operation.overtake()
  if (current && !current.hasSent) {
    slot.current = null
    current.overtake()
  } else if (current?.kind === 'enable') {
    current.isOvertaken = true
  }
  if (slot.current) publish(slot, {})
  else advance(slot, {})
  return operation
}

function advance(slot: ChannelSlot, change: SlotChange): void {
  const { next } = slot
  slot.next = null
  slot.current = next?.operation ?? null
  if (!next) {
    publish(slot, change)
    return
  }
  const { operation, work } = next
  operation.begunAt = operation.context.environment.monotonicNow()
  slot.look?.overtake()
  publish(slot, { ...change, error: null })
  work(operation).then(
    (outcome) => settle(slot, operation, outcome),
    (error: SttError) => settle(slot, operation, { error }),
  )
}

function settle(slot: ChannelSlot, operation: Operation, { error, ...change }: SlotChange): void {
  if (slot.current !== operation) return
  operation.isClosed = true
  const isSuperseded = operation.isOvertaken || SupersededError.is(error)
  advance(slot, isSuperseded || error === undefined ? change : { ...change, error })
  if (isSuperseded) operation.overtake()
  else if (error) operation.reject(error)
  else operation.resolve(change.session)
}
