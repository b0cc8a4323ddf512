import type { ClaimValue } from '../claims/claimValue.js'
import type { SttError } from '../errors.js'
import { isUnknown } from './isUnknown.js'
import { lifecycles } from './lifecycle.js'
import { type Operation, superseded } from './operation.js'
import type { ClaimChange, SeenClaim } from './register.js'
import type { SttSession } from './session.js'
import { confirmSession, stopSession } from './taskCalls.js'

/** Notices get lost: what is waited for is read again after this. */
const WAIT_MS = 1_000
/** A claim holds 2 kB; what is transcribed has to share that. */
const MAX_TRANSCRIPTION_LENGTH = 1_600

/** What a claim says of the session that runs. */
export function toClaim(session: SttSession): ClaimChange {
  const { instanceId, taskId, createdAt, transcription } = session
  const isShort = JSON.stringify(transcription).length <= MAX_TRANSCRIPTION_LENGTH
  return {
    state: 'running',
    instanceId,
    createdAt,
    taskId: taskId ?? undefined,
    transcription: (isShort && transcription) || undefined,
  }
}

/** Takes the session that another page or device has claimed. */
export function joinClaim(operation: Operation, claim: SeenClaim): SttSession {
  const { taskId = null, createdAt = null, instanceId, transcription = null } = claim.value
  const { session } = operation
  operation.register.keep(claim)
  if (session && session.taskId === taskId) return session
  const task = { taskId, createdAt, phase: 'running' } as const
  return operation.toSession('joined', task, { instanceId, transcription })
}

/** Says that a task has ended, where the claim has it running. */
export async function claimGone(
  { register }: Operation,
  claim: SeenClaim | null | undefined,
  taskId: string | null,
): Promise<void> {
  if (claim?.value.state !== 'running' || claim.value.taskId !== taskId) return
  await register.write(claim, { ...claim.value, state: 'ended', by: 'gone' }).catch(() => {})
}

/** Asks the service once whether what is claimed still runs, for everybody; the next reader finds the answer claimed. */
export async function checkClaim(operation: Operation, claim: SeenClaim): Promise<void> {
  const { register, context } = operation
  const { value } = claim
  const checking = await register.write(claim, { ...value, state: 'checking' })
  if (!checking) return
  operation.tell('claimed', { claim: 'checking' })
  if (await lifecycles[context.api].confirm(operation, value)) {
    const running = await register.write(checking, { ...value, state: 'running' })
    if (running) operation.publish({ session: joinClaim(operation, running), isConfirmed: true })
  } else {
    operation.tell('ended', { taskId: value.taskId })
    await register.write(checking, { ...value, state: 'ended', by: 'gone' })
    if (operation.session?.taskId === value.taskId) operation.publish({ session: null })
  }
}

/**
 * Makes a task of this page the claimed one, unless the claim says otherwise: there is one winner. null: it has ended
 * meanwhile.
 */
export async function claimSession(
  operation: Operation,
  over: SeenClaim | null | undefined,
  session: SttSession,
  /** Whether the service has just spoken of it. */
  isSeen = true,
): Promise<SttSession | null> {
  const { register, slot, context } = operation
  let isSure = isSeen
  if (isSeen || session.origin === 'started') slot.provenTaskId = session.taskId
  try {
    for (let claim = over; ; claim = await register.read(), isSure = false) {
      const value = claim?.value
      if (claim && value && isRunning(value) && value.taskId !== session.taskId) {
        if (value.state === 'checking' && !register.isMine(claim)) {
          if (!(await register.isAbandoned(claim))) {
            await register.wait(WAIT_MS)
            continue
          }
        }
        // v6: its holder answers only a `checking`.
        if (context.api === 'v6' && value.state === 'running') {
          await register.write(claim, { ...value, state: 'checking' })
          continue
        }
        if (await isWinner(operation, claim)) {
          operation.claim = null
          await stopSession(operation, session)
          operation.tell('gave_way', { taskId: session.taskId ?? undefined })
          return joinClaim(operation, claim)
        }
      }
      if (claim && isStopOf(operation, claim, session)) {
        await stopUnwanted(operation, claim, session)
      } else if (!isSure && !(await confirmSession(operation, session))) {
        return null
      } else if (await register.write(claim ?? null, toClaim(session))) {
        return session
      }
    }
  } catch (error) {
    // It runs, and is billed, whether or not the store or the service tells more; it is settled afterwards.
    const isKept = isSeen && (isSure || session.origin === 'started')
    if (isKept && (operation.isOvertaken || isUnknown(error as SttError))) return session
    throw error
  }
}

export const isRunning = ({ state }: ClaimValue) => state === 'running' || state === 'checking'

/** Whether the task of a claim lives; where the service does not tell, a fresh claim is believed. */
async function isWinner(operation: Operation, claim: SeenClaim): Promise<boolean> {
  const { register, context } = operation
  const { value } = claim
  try {
    return await lifecycles[context.api].confirm(operation, value)
  } catch (error) {
    const isClaimed = value.state === 'running' && (await register.isFresh(claim))
    if (isClaimed && isUnknown(error as SttError)) return true
    throw error
  }
}

/** Whether somebody stops this very task, or stopped the channel after this page had sent the start of it. */
function isStopOf(operation: Operation, claim: SeenClaim, session: SttSession): boolean {
  const { register, context, slot, begunAt, hasUnanswered } = operation
  const { state, by, taskId } = claim.value
  if (state !== 'stopping' && !(state === 'ended' && by === 'disable')) return false
  const isOwn = session.origin === 'started' || hasUnanswered || slot.startedAt >= begunAt
  const isLater = register.ageOf(claim) < context.monotonicNow() - slot.startedAt
  return (isOwn && isLater) || taskId === session.taskId
}

/** A `disable()` elsewhere was later than the start of this task. */
async function stopUnwanted(
  operation: Operation,
  claim: SeenClaim,
  session: SttSession,
): Promise<void> {
  const { register } = operation
  const value: ClaimChange = { ...toClaim(session), state: 'stopping' }
  if (claim.value.state === 'stopping' && !(await register.isAbandoned(claim))) {
    return register.wait(WAIT_MS)
  }
  const stopping = await register.write(claim, value)
  if (!stopping) return
  operation.claim = null
  await stopSession(operation, session)
  operation.publish({ session: null })
  await register.write(stopping, { ...value, state: 'ended', by: 'disable' })
  throw superseded()
}
