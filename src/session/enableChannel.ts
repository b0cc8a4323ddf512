import { NetworkError, ResponseError, type SttError } from '../errors.js'
import { INSTANCE_TOKEN_LIFETIME_MS } from './channelState.js'
import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import { submit } from './queue.js'
import { publish, type SlotChange } from './registry.js'
import type { SttSession } from './session.js'
import { confirmSession } from './taskCalls.js'

/** A session that the service spoke of within this time is taken as live. */
const CONFIRMED_MS = 60_000

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
    const confirmed = getFresh(operation) ?? (await confirmTask(operation))
    const session = confirmed ?? (await lifecycles[context.api].start(operation))
    const change = { session, error: null, isConfirmed: true }
    remember(operation, change, false)
    return change
  } catch (cause) {
    const error = cause as SttError
    const isUnknown =
      NetworkError.is(error) || ResponseError.is(error) || error.code === 'server_error'
    // What the provider and the options did is asked anew each time.
    const isAnswer = isUnknown || error.status !== undefined
    if (operation.hasSent && isAnswer) remember(operation, { error }, isUnknown)
    throw error
  }
}

/** The live session, where nothing need be asked and nothing is left to start. */
function getFresh({ state, settings, session }: Operation): SttSession | null {
  if (!session || (!session.taskId && settings)) return null
  const goodMs = session.taskId ? CONFIRMED_MS : INSTANCE_TOKEN_LIFETIME_MS
  return state.isConfirmedWithin(goodMs) ? session : null
}

async function confirmTask(operation: Operation): Promise<SttSession | null> {
  if (!operation.session?.taskId) return null
  const confirmed = await confirmSession(operation)
  if (!confirmed) publish(operation.slot, { session: null })
  return confirmed
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
