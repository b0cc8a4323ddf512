import { NetworkError, ResponseError, type SttError } from '../errors.js'
import { checkClaim, claimSession, joinClaim } from './claimedSession.js'
import { answer } from './followClaim.js'
import { lifecycles } from './lifecycle.js'
import { CLAIM_LOST, type Operation } from './operation.js'
import type { SeenClaim } from './register.js'
import { publish } from './registry.js'
import type { SttSession } from './session.js'
import { stopClaimed } from './stopClaimed.js'
import { confirmSession } from './taskCalls.js'

/** A session that the service spoke of within this time is taken as live. */
export const CONFIRMED_MS = 60_000
/** Notices get lost: what is waited for is read again after these. */
const WAITS_MS = [1_000, 2_000, 4_000]
const LAST_WAIT_MS = 8_000

/** Whether nobody knows what became of a request. */
export const isUnknown = (error: SttError): boolean =>
  NetworkError.is(error) || ResponseError.is(error) || error.code === 'server_error'

/**
 * Starts the channel's task, or joins the one that runs. Who may start is decided by the claim: only its writer does,
 * everybody else waits for what comes of it.
 */
export async function startOrJoin(operation: Operation): Promise<SttSession> {
  const { register, state, slot, hasUnanswered, context } = operation
  const waitsMs = [...WAITS_MS]
  let isPrepared = false
  let hasLooked = false
  for (;;) {
    const claim = await readClaim(operation)
    operation.assertWanted()
    const { session, settings } = operation
    const { value } = claim ?? {}
    const isAcquired = value?.state === 'running' && !value.taskId
    const isDoubted =
      value?.taskId && value.taskId === session?.taskId && !state.isConfirmedWithin(CONFIRMED_MS)
    const isRunning = value?.state === 'running' && !(isAcquired && settings)
    if (claim && isRunning && !isDoubted && (await register.isFresh(claim))) {
      return joinClaim(operation, claim)
    }
    if (!isPrepared) {
      await operation.prepare()
      isPrepared = true
      continue
    }
    let started: SttSession | null = null
    if (claim === undefined) {
      started = await startClaimed(operation, true)
    } else if (!claim || isAcquired || claim.value.state === 'ended') {
      const confirmed = session?.taskId ? await confirmSession(operation) : null
      if (confirmed) {
        const claimed = await claimSession(operation, claim, confirmed)
        if (claimed) return claimed
        continue
      }
      // Whatever comes of the start: what was shown does not live any more.
      publish(slot, { session: null })
      started = await claimStart(operation, claim, hasUnanswered)
    } else if (claim.value.state === 'running') {
      await checkClaim(operation, claim)
    } else if (await mayTakeOver(operation, claim)) {
      const { state } = claim.value
      operation.tell('took_over', { claim: state })
      if (state === 'checking') await checkClaim(operation, claim)
      else if (state === 'stopping') await stopClaimed(operation, claim)
      else started = await claimStart(operation, claim, true)
    } else if (session?.instanceToken && session.taskId === claim.value.taskId) {
      // Whoever has claimed it waits for this page.
      await answer(operation, claim)
    } else {
      if (register.isMine(claim) && !hasLooked) {
        hasLooked = true
        const found = await lifecycles[context.api].look(operation)
        started = found && (await claimSession(operation, claim, found))
        if (started) return started
      }
      if (waitsMs.length === WAITS_MS.length) {
        operation.tell('waiting', { claim: claim.value.state })
      }
      await register.wait(waitsMs.shift() ?? LAST_WAIT_MS)
    }
    if (started) return started
  }
}

/** undefined: the store gives no answer, and the app wants to go on without. */
async function readClaim(operation: Operation): Promise<SeenClaim | null | undefined> {
  try {
    return await operation.register.read()
  } catch (error) {
    const { code } = error as SttError
    if (code !== 'claims_unavailable' || operation.context.onClaimsUnavailable === 'fail')
      throw error
    operation.tell(code)
    return undefined
  }
}

/** What this page left over it takes up at once, unless a start of it may still arrive at the service. */
export async function mayTakeOver(operation: Operation, claim: SeenClaim): Promise<boolean> {
  const { register, hasUnanswered } = operation
  const isLate = claim.value.state === 'starting' && hasUnanswered && register.reach !== 'page'
  return (register.isMine(claim) && !isLate) || register.isAbandoned(claim)
}

/** null: somebody else was first. */
async function claimStart(
  operation: Operation,
  over: SeenClaim | null,
  mustLook: boolean,
): Promise<SttSession | null> {
  const { register, instanceId } = operation
  operation.claim = await register.write(over, { state: 'starting', instanceId })
  if (!operation.claim) return null
  operation.tell('claimed', { claim: 'starting' })
  return startClaimed(operation, mustLook)
}

/** null: the claim was lost before anything was sent. */
async function startClaimed(operation: Operation, mustLook: boolean): Promise<SttSession | null> {
  const { register, context, instanceId, slot, begunAt } = operation
  try {
    const session = await lifecycles[context.api].start(operation, mustLook)
    return await claimSession(operation, operation.claim, session)
  } catch (cause) {
    if (cause === CLAIM_LOST) return null
    const error = cause as SttError
    const { claim } = operation
    // What may still come of a start, of this page or of the one before, is for whoever comes next to look for.
    const isOpen = isUnknown(error) || (mustLook && slot.startedAt < begunAt)
    if (claim && !isOpen) {
      await register.write(claim, { state: 'ended', by: 'refused', instanceId }).catch(() => {})
    }
    throw error
  } finally {
    operation.claim = null
  }
}
