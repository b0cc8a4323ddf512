import { NO_CLAIM } from '../claims/claimValue.js'
import type { SttError } from '../errors.js'
import { checkClaim, claimSession, joinClaim } from './claimedSession.js'
import { answer } from './followClaim.js'
import { isUnknown } from './isUnknown.js'
import { lifecycles } from './lifecycle.js'
import { CLAIM_LOST, type Operation } from './operation.js'
import type { SeenClaim } from './register.js'
import type { SttSession } from './session.js'
import { stopClaimed } from './stopClaimed.js'
import { confirmSession } from './taskCalls.js'

/** A session that the service spoke of within this time is taken as live. */
export const CONFIRMED_MS = 60_000
/** Notices get lost: what is waited for is read again after these. */
const WAITS_MS = [1_000, 2_000, 4_000]
const LAST_WAIT_MS = 8_000

/**
 * Starts the channel's task, or joins the one that runs. Who may start is decided by the claim: only its writer does,
 * everybody else waits for what comes of it.
 */
export async function startOrJoin(operation: Operation): Promise<SttSession> {
  const { register, state, hasUnanswered, context } = operation
  const waitsMs = [...WAITS_MS]
  let isPrepared = false
  let hasLooked = false
  for (;;) {
    const claim = await readClaim(operation)
    operation.assertWanted()
    const { session, settings } = operation
    const { state: claimed, taskId } = claim?.value ?? NO_CLAIM
    const isKnown = taskId && taskId === session?.taskId
    const isAcquired = claimed === 'running' && !taskId
    // Whoever has just written it has just asked.
    const isDoubted =
      isKnown &&
      !state.isConfirmedWithin(CONFIRMED_MS) &&
      register.ageOf(claim as SeenClaim) >= CONFIRMED_MS
    // v6: nobody else can answer.
    const isAsked = claimed === 'checking' && isKnown && session?.instanceToken
    const isRunning = claimed === 'running' && (taskId || !settings)
    if (claim && isRunning && !isDoubted && (await register.isFresh(claim))) {
      const isOther = session?.origin === 'started' && session.taskId && session.taskId !== taskId
      const settled = isOther
        ? await claimSession(operation, claim, session, false)
        : joinClaim(operation, claim)
      if (settled) return settled
      operation.publish({ session: null })
    }
    if (!isPrepared) {
      await operation.prepare()
      isPrepared = true
      continue
    }
    const isUnclaimed = !claim || isAcquired || isAsked || claimed === 'ended'
    const isTaken = !isUnclaimed && claimed !== 'running' && (await mayTakeOver(operation, claim))
    if (isTaken) operation.tell('took_over', { claim: claimed })
    let started: SttSession | null = null
    if (isUnclaimed || (isTaken && claimed === 'starting')) {
      // v6: who cannot ask believes the claim.
      const mayLive = session?.taskId && (!claim || context.api === 'v7' || session.instanceToken)
      const confirmed = mayLive ? await confirmSession(operation) : null
      if (confirmed) {
        started = await claimSession(operation, claim, confirmed)
        if (started) return started
        continue
      }
      // Whatever comes of the start: what was shown does not live any more.
      operation.publish({ session: null })
      started =
        claim === undefined
          ? await startClaimed(operation, true)
          : await claimStart(operation, claim, isTaken || hasUnanswered)
    } else if (claimed === 'running' || (isTaken && claimed === 'checking')) {
      await checkClaim(operation, claim)
    } else if (isTaken) {
      if (await stopClaimed(operation, claim)) operation.publish({ session: null })
    } else if (session?.instanceToken && session.taskId === claim.value.taskId) {
      // Whoever has claimed it waits for this page.
      await answer(operation, claim)
    } else {
      if (register.isMine(claim) && !hasLooked) {
        hasLooked = true
        const found = await lifecycles[context.api].look(operation)
        started = found && (await claimSession(operation, claim, found))
        if (started) return started
        if (operation.sawUnnamed) continue
      }
      if (waitsMs.length === WAITS_MS.length) {
        operation.tell('waiting', { claim: claimed })
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

/**
 * What this page left over it takes up at once, unless a start of it may still arrive at the service. A nameless task may
 * be what came of that: the same start once more tells.
 */
export async function mayTakeOver(operation: Operation, claim: SeenClaim): Promise<boolean> {
  const { register, hasUnanswered, sawUnnamed } = operation
  const isLate =
    claim.value.state === 'starting' && hasUnanswered && !sawUnnamed && register.reach !== 'page'
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
