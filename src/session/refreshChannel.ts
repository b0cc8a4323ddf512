import { SessionEndedError } from '../errors.js'
import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import { publish, type SlotChange } from './registry.js'
import type { SttSession } from './session.js'
import { confirmSession } from './taskCalls.js'

/** One look at the service for everyone who asks. An operation that begins meanwhile knows better: its outcome is the answer. */
export async function refreshChannel(operation: Operation): Promise<SttSession | null> {
  const { state } = operation
  const { slot } = state
  if (!slot.look) {
    slot.look = operation
    lookOrFollow(operation)
      .then(
        () => operation.resolve(null),
        (error) => operation.reject(error),
      )
      .finally(() => {
        slot.look = null
      })
  }
  await slot.look.promise
  await slot.current?.promise.catch(() => {})
  return state.snapshot.session
}

async function lookOrFollow(operation: Operation): Promise<void> {
  const { slot } = operation.state
  await slot.current?.promise.catch(() => {})
  try {
    const change = await look(operation)
    if (!operation.isClosed) publish(slot, change)
  } catch (error) {
    if (!operation.isClosed) throw error
  }
}

async function look(operation: Operation): Promise<SlotChange> {
  const { state, context } = operation
  const { session } = state.snapshot
  const confirmed = await confirmSession(operation)
  const found = confirmed ?? (await lifecycles[context.api].look(operation))
  if (found) return { session: found, isConfirmed: true, ...(!confirmed && { error: null }) }
  if (!session) return {}
  const error = new SessionEndedError(
    'Real-Time STT has ended in this channel: it was stopped elsewhere, was idle for too long, or failed. Call enable() to start it again.',
  )
  return { session: null, error }
}
