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
  const { slot } = operation.state
  const known = slot.current ? null : recall(operation)
  if (known) {
    operation.tell('remembered')
    return known
  }
  const shared = submit(slot, operation, enable)
  if (shared !== operation) operation.tell('shared')
  return shared.promise as Promise<SttSession>
}

function recall(operation: Operation): Promise<SttSession> | null {
  const { state, context } = operation
  const { slot } = state
  const { settled } = slot
  const now = context.environment.monotonicNow()
  const fresh = getFresh(operation)
  if (fresh) {
    slot.lastIntent = 'enable'
    return Promise.resolve(fresh)
  }
  if (state.snapshot.session || !settled || settled.isUnknown || now >= settled.until) return null
  publish(slot, settled.change)
  const { error } = settled.change
  return error ? Promise.reject(error) : Promise.resolve(settled.change.session as SttSession)
}

async function enable(operation: Operation): Promise<SlotChange> {
  const { state, context } = operation
  const { slot } = state
  operation.tell('began')
  try {
    const waitMs = (slot.settled?.until ?? 0) - context.environment.monotonicNow()
    if (waitMs > 0) await operation.sleep(waitMs)
    const confirmed = getFresh(operation) ?? (await confirmTask(operation))
    const session = confirmed ?? (await lifecycles[context.api].start(operation))
    const change = { session, error: null, isConfirmed: true }
    remember(operation, change, false)
    return change
  } catch (cause) {
    const error = cause as SttError
    const { code } = error
    const isUnknown = NetworkError.is(error) || ResponseError.is(error) || code === 'server_error'
    // What the provider and the options did is asked anew each time.
    const isAnswer = isUnknown || error.status !== undefined
    if (operation.hasSent && isAnswer) remember(operation, { error }, isUnknown)
    operation.tell('failed', { code })
    throw error
  }
}

/** The live session, where nothing need be asked and nothing is left to start. */
function getFresh({ state, context, settings }: Operation): SttSession | null {
  const { snapshot, confirmedAt } = state
  const { session } = snapshot
  if (!session || (!session.taskId && settings)) return null
  const goodMs = session.taskId ? CONFIRMED_MS : INSTANCE_TOKEN_LIFETIME_MS
  return context.environment.monotonicNow() - confirmedAt < goodMs ? session : null
}

async function confirmTask(operation: Operation): Promise<SttSession | null> {
  const { state } = operation
  if (!state.snapshot.session?.taskId) return null
  const confirmed = await confirmSession(operation)
  if (!confirmed) publish(state.slot, { session: null })
  return confirmed
}

/** How an `enable()` ended is good for `minIntervalMs`; what nobody knows is tried again after that, once for all. */
function remember(operation: Operation, change: SlotChange, isUnknown: boolean): void {
  const { state, context } = operation
  if (operation.isOvertaken) return
  const { slot } = state
  const { minIntervalMs, environment, after } = context
  const settled = { change, isUnknown, until: environment.monotonicNow() + minIntervalMs }
  slot.settled = settled
  after(minIntervalMs, () => {
    if (slot.settled === settled) slot.settled = null
  })
}
