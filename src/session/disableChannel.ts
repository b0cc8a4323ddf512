import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import { submit } from './queue.js'
import { publish, type SlotChange } from './registry.js'

/** Stops what this page knows of, once for all who ask. */
export function disableChannel(operation: Operation): Promise<void> {
  operation.slot.settled = null
  return submit(operation, disable).promise as Promise<unknown> as Promise<void>
}

async function disable(operation: Operation): Promise<SlotChange> {
  try {
    await lifecycles[operation.context.api].stop(operation, operation.session)
    return { session: null, error: null }
  } catch (error) {
    // The stop may have been carried out: whoever enables next looks first.
    publish(operation.slot, { isConfirmed: false })
    throw error
  }
}
