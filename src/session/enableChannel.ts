import type { SttError } from '../errors.js'
import { isRunning } from './claimedSession.js'
import { INSTANCE_TOKEN_LIFETIME_MS } from './instanceId.js'
import { isUnknown } from './isUnknown.js'
import type { Operation } from './operation.js'
import { submit } from './queue.js'
import { publish, type SlotChange } from './registry.js'
import type { SttSession } from './session.js'
import { CONFIRMED_MS, startOrJoin } from './startOrJoin.js'

/** The one operation that any number of simultaneous `enable()` share, or what is known already. */
export function enableChannel(operation: Operation): Promise<SttSession> {
  const { slot } = operation
  slot.lastIntent = 'enable'
  const known = slot.current ? null : recall(operation)
  if (known) {
    operation.tell('remembered')
    return known
  }
  const shared = submit(operation, enable)
  if (shared !== operation) operation.tell('shared')
  return shared.promise as Promise<SttSession>
}

function recall(operation: Operation): Promise<SttSession> | null {
  const { slot, session, context } = operation
  const { settled } = slot
  const fresh = getFresh(operation)
  if (fresh) return Promise.resolve(fresh)
  if (session || !settled || settled.isUnknown || context.monotonicNow() >= settled.until) {
    return null
  }
  publish(slot, settled.change)
  const { error, session: started } = settled.change
  return error ? Promise.reject(error) : Promise.resolve(started as SttSession)
}

async function enable(operation: Operation): Promise<SlotChange> {
  const { slot, context } = operation
  try {
    await operation.sleep((slot.settled?.until ?? 0) - context.monotonicNow())
    const session = getFresh(operation) ?? (await startOrJoin(operation))
    const change = { session, error: null, isConfirmed: true }
    remember(operation, change, false)
    return change
  } catch (cause) {
    const error = cause as SttError
    // What the provider and the options did is asked anew each time.
    const isAnswer = isUnknown(error) || error.status !== undefined
    if (operation.hasSent && isAnswer) remember(operation, { error }, isUnknown(error))
    throw error
  }
}

/** The live session, where nothing need be asked and nothing is left to start. */
function getFresh({ state, settings, session, register }: Operation): SttSession | null {
  if (!session || (!session.taskId && settings)) return null
  if (register.isWriting || (register.known && !isRunning(register.known.value))) return null
  const goodMs = session.taskId ? CONFIRMED_MS : INSTANCE_TOKEN_LIFETIME_MS
  return state.isConfirmedWithin(goodMs) ? session : null
}

/** How an `enable()` ended is good for `minIntervalMs`; what nobody knows is tried again after that, once for all. */
function remember(operation: Operation, change: SlotChange, isUnknown: boolean): void {
  const { slot, context, isOvertaken } = operation
  if (isOvertaken) return
  const { minIntervalMs, after } = context
  const settled = { change, isUnknown, until: context.monotonicNow() + minIntervalMs }
  slot.settled = settled
  // A session may hold the instance token, and the registry is the whole page's.
  after(minIntervalMs, () => {
    if (slot.settled === settled) slot.settled = null
  })
}
