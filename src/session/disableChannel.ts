import { NO_CLAIM } from '../claims/claimValue.js'
import type { SttError } from '../errors.js'
import { answer } from './followClaim.js'
import { isUnknown } from './isUnknown.js'
import { lifecycles } from './lifecycle.js'
import type { Operation } from './operation.js'
import { submit } from './queue.js'
import { publish, type SlotChange } from './registry.js'
import { mayTakeOver } from './startOrJoin.js'
import { stopClaimed } from './stopClaimed.js'
import { watchStart } from './watchStart.js'

/** Notices get lost: what is waited for is read again after this. */
const WAIT_MS = 4_000

/** Stops the channel's task, once for all who ask. */
export function disableChannel(operation: Operation): Promise<void> {
  operation.slot.settled = null
  return submit(operation, disable).promise as Promise<unknown> as Promise<void>
}

async function disable(operation: Operation): Promise<SlotChange> {
  try {
    await takeAndStop(operation)
    return { session: null, error: null }
  } catch (error) {
    // The stop may have been carried out: whoever enables next looks first.
    publish(operation.slot, { isConfirmed: false })
    throw error
  }
}

async function takeAndStop(operation: Operation): Promise<void> {
  const { register, context, begunAt } = operation
  let isOwnStopped = false
  for (let isFirst = true; ; isFirst = false) {
    const claim = await register.read().catch((error: SttError) => {
      if (isOwnStopped) throw error
      isOwnStopped = true
      return stopUnclaimed(operation, error)
    })
    if (claim === undefined) {
      // What is claimed runs on, unless the store is back and it can be stopped.
      if (register.known?.value.state === 'running') continue
      return
    }
    operation.assertWanted()
    const { state, by, taskId } = claim?.value ?? NO_CLAIM
    const isEnded = state === 'ended'
    const { session, hasUnanswered, slot } = operation
    const isKnown = session || hasUnanswered || slot.repeatStart
    if (isEnded && !isKnown && register.reach !== 'devices') return
    const isLater = claim && register.ageOf(claim) < context.monotonicNow() - begunAt
    // A task that this page started beside the claimed one is not stopped with it.
    const isBeside = session?.origin === 'started' && session.taskId !== taskId
    if (isEnded && by === 'disable' && isLater && !isBeside) return
    if (!claim || isEnded || state === 'running' || (await mayTakeOver(operation, claim))) {
      if (await stopClaimed(operation, claim)) return
    } else if (session?.instanceToken && session.taskId === claim.value.taskId) {
      // Whoever has claimed it waits for this page.
      await answer(operation, claim)
    } else {
      if (isFirst) operation.tell('waiting', { claim: state })
      await register.wait(WAIT_MS)
    }
  }
}

/** Without the store only what this page started itself is stopped. */
async function stopUnclaimed(operation: Operation, error: SttError): Promise<undefined> {
  const { session, context, slot, hasUnanswered } = operation
  const { known } = operation.register
  const { code } = error
  const isOther = known?.value.taskId !== session?.taskId
  const isOwn = session ? session.origin === 'started' && isOther : hasUnanswered
  if (code !== 'claims_unavailable' || !(isOwn || slot.repeatStart)) throw error
  operation.tell(code)
  try {
    await lifecycles[context.api].stop(operation, session ?? {}, false)
    publish(slot, { session: null })
  } catch (cause) {
    // No claim says that it may still be stopped: the page looks itself.
    if (context.api === 'v7' && isUnknown(cause as SttError)) watchStart(operation, false)
    throw cause
  }
}
