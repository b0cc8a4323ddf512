import { SessionEndedError, type SttError, SupersededError } from '../errors.js'
import { claimGone, claimSession, joinClaim } from './claimedSession.js'
import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import type { SeenClaim } from './register.js'
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
  const { slot, context, register } = operation
  await slot.current?.settled
  const claim = await register.read().catch(() => undefined)
  const { session } = operation
  const known = toClaimed(operation, claim)
  const confirmed = await confirmSession(operation, known)
  if (operation.isClosed) return
  if (known && !confirmed) await claimGone(operation, claim, known.taskId)
  const seen = confirmed ?? (await lifecycles[context.api].look(operation))
  if (operation.isClosed) return
  const found = seen && (await claimFound(operation, seen))
  if (operation.isClosed) return
  if (found) {
    operation.publish({
      session: found,
      isConfirmed: true,
      ...(found !== session && { error: null }),
    })
  } else if (session) operation.publish({ session: null, error: sessionEnded() })
}

/** What a claim says, where this page has not started what it knows of itself. */
function toClaimed(operation: Operation, claim: SeenClaim | null | undefined): SttSession | null {
  const { session } = operation
  if (claim === undefined || session?.origin === 'started') return session
  if (claim?.value.state === 'running') return joinClaim(operation, claim)
  return session?.api === 'v6' ? null : session
}

/** What the service says goes into the claim, where that says something else. */
async function claimFound(operation: Operation, found: SttSession): Promise<SttSession | null> {
  try {
    const claim = await operation.register.read()
    const { state, taskId = null } = claim?.value ?? {}
    const isClaimed = state === 'running' && taskId === found.taskId
    return isClaimed ? found : await claimSession(operation, claim, found)
  } catch (error) {
    if (SupersededError.is(error)) return null
    if ((error as SttError).code === 'claims_unavailable') return found
    throw error
  }
}

export const sessionEnded = () =>
  new SessionEndedError(
    'Real-Time STT has ended: stopped elsewhere, idle for too long, or failed. Call enable() again.',
  )
