import type { SttError } from '../errors.js'
import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import { submit } from './queue.js'
import { publish, type SlotChange } from './registry.js'

/** Stops what this page knows of, once for all who ask. */
export function disableChannel(operation: Operation): Promise<void> {
  const { slot } = operation.state
  slot.settled = null
  return submit(slot, operation, disable).promise as Promise<unknown> as Promise<void>
}

async function disable(operation: Operation): Promise<SlotChange> {
  const { state, context } = operation
  operation.tell('began')
  try {
    await lifecycles[context.api].stop(operation, state.snapshot.session)
    return { session: null, error: null }
  } catch (error) {
    operation.tell('failed', { code: (error as SttError).code })
    // The stop may have been carried out: whoever enables next looks first.
    publish(state.slot, { isConfirmed: false })
    throw error
  }
}
