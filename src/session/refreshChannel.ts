import { SessionEndedError } from '../errors.js'
import { claimSession } from './claimedSession.js'
import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import { publish } from './registry.js'
import type { SttSession } from './session.js'
import { confirmSession } from './taskCalls.js'

/** One look at the service for everyone who asks. An operation that begins meanwhile knows better: its outcome is the answer. */
export async function refreshChannel(operation: Operation): Promise<SttSession | null> {
  const { slot } = operation
  if (!slot.look) {
    slot.look = operation
    look(operation)
      .then(() => operation.resolve(), operation.reject)
      .finally(() => {
        slot.look = null
      })
  }
  await slot.look.promise
  await slot.current?.settled
  return operation.session
}

async function look(operation: Operation): Promise<void> {
  const { slot, context } = operation
  await slot.current?.settled
  const { session } = operation
  const confirmed = await confirmSession(operation)
  const seen = confirmed ?? (await lifecycles[context.api].look(operation))
  if (operation.isClosed) return
  const found = await claimFound(operation, seen)
  if (found)
    publish(slot, { session: found, isConfirmed: true, ...(!confirmed && { error: null }) })
  else if (session) publish(slot, { session: null, error: sessionEnded() })
}

/** What the service says goes into the claim, where that says something else. */
async function claimFound(operation: Operation, found: SttSession | null) {
  const { register, session } = operation
  const claim = await register.read().catch(() => undefined)
  if (claim === undefined) return found
  const value = claim?.value
  const isNamed = (one: SttSession | null) => one && value?.taskId === (one.taskId ?? undefined)
  if (found) {
    const isClaimed = isNamed(found) && value?.state !== 'ended'
    return isClaimed ? found : claimSession(operation, claim, found)
  }
  if (value?.state === 'running' && isNamed(session)) {
    await register.write(claim, { ...value, state: 'ended', by: 'gone' })
  }
  return null
}

export const sessionEnded = () =>
  new SessionEndedError(
    'Real-Time STT has ended: stopped elsewhere, idle for too long, or failed. Call enable() again.',
  )
