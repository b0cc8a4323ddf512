import { type SttError, SupersededError } from '../errors.js'
import type { Operation } from './operation.js'
import { type ChannelSlot, publish, type SlotChange } from './registry.js'

/**
 * Brings an intent into the channel's order: the same intent is shared, the last one wins, at most one waits.
 * `enable()` after `disable()` begins when that has ended; what has sent nothing yet is withdrawn at once.
 * Returns the operation that carries the intent out, which may be one that was under way.
 */
export function submit(
  operation: Operation,
  work: (operation: Operation) => Promise<SlotChange>,
): Operation {
  const { kind, slot } = operation
  const { current, next } = slot
  slot.lastIntent = kind
  if (current?.kind === kind && !current.isClosed) {
    current.isOvertaken = false
    slot.next = null
    next?.overtake()
    publish(slot, {})
    return current
  }
  if (next?.kind === kind) return next
  operation.work = work
  slot.next = operation
  next?.overtake()
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
  slot.current = next
  if (!next) {
    publish(slot, change)
    for (const member of [...slot.members]) member.follow()
    return
  }
  next.begunAt = next.context.monotonicNow()
  slot.begun += 1
  slot.look?.overtake()
  publish(slot, { ...change, error: null })
  next.tell('began')
  next.work(next).then(
    (outcome) => settle(next, outcome),
    (error: SttError) => {
      next.fail(error)
      settle(next, { error })
    },
  )
}

function settle(operation: Operation, { error, ...change }: SlotChange): void {
  const { slot } = operation
  if (slot.current !== operation) return
  operation.isClosed = true
  const isSuperseded = operation.isOvertaken || SupersededError.is(error)
  advance(slot, isSuperseded || !error ? change : { error })
  if (isSuperseded) operation.overtake()
  else if (error) operation.reject(error)
  else operation.resolve(change.session ?? undefined)
}
