import { NO_CLAIM } from '../claims/claimValue.js'
import type { SttError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import { checkClaim, claimSession, joinClaim } from './claimedSession.js'
import { Operation } from './operation.js'
import { sessionEnded } from './refreshChannel.js'
import { limitOf, type SeenClaim } from './register.js'
import { publish } from './registry.js'
import { stopClaimed } from './stopClaimed.js'
import { confirmSession, stopSession } from './taskCalls.js'

/** Whoever shows the channel finishes what was left, each after another while. */
const SPREAD_MS = 5_000
const REPEAT_MS = 15_000

/** Takes up what another page or device has claimed, while no operation of this page is under way. */
export function followClaim(state: ChannelState): void {
  const { register, slot, context } = state
  const { known } = register
  if (slot.current || known === undefined) return
  const { session } = state.snapshot
  const { state: claimed, taskId, by } = known?.value ?? NO_CLAIM
  const isEnded = claimed === 'ended'
  const isMine = known !== null && register.isMine(known)
  const isSame = session?.taskId === (taskId ?? (isEnded ? undefined : null))
  const isRoutine = claimed === 'stopping' || claimed === 'checking'
  // Nothing but a stop beats a task that lives: no intention, no task of another channel, no emptied store.
  if (session?.origin === 'started' && !isSame && claimed !== 'stopping') {
    attend(state, (operation) => insist(operation, known))
  } else if (!known) {
    // Nothing is claimed, and nothing was started here.
  } else if (isRoutine) {
    if (isSame && session?.instanceToken) attend(state, (operation) => answer(operation, known))
    else if (!isMine || register.reach !== 'page') finishLater(state, known)
  } else if (claimed === 'running') {
    if (isSame) register.keep(known)
    else if (!isMine || session) followRunning(state, known)
  } else if (session) {
    const isLater = register.ageOf(known) > context.monotonicNow() - state.confirmedAt
    // What the service said after the claim was written may just not be claimed yet, or its notice came late.
    if (isLater || !isEnded) finishLater(state, known)
    else if (!isMine) publish(slot, { session: null, error: by === 'gone' ? sessionEnded() : null })
  }
  if (isEnded || isSame || (isMine && !isRoutine)) state.endCheck()
}

async function followRunning(state: ChannelState, claim: SeenClaim): Promise<void> {
  const { register, slot } = state
  state.isFollowing = true
  const isFresh = await register.isFresh(claim)
  state.isFollowing = false
  // Not by identity: a store may tell of one claim twice, and the second time nothing is followed.
  if (slot.current || register.known?.revision !== claim.revision) return
  if (isFresh) {
    const session = joinClaim(new Operation('refresh', state), claim)
    publish(slot, { session, error: null, isConfirmed: true })
  } else {
    await attend(state, (operation) => checkClaim(operation, claim))
  }
  state.endCheck()
}

/** One thing at a time, and only where a token can be had; what comes to nothing is taken up again. */
async function attend(
  state: ChannelState,
  work: (operation: Operation) => Promise<unknown>,
): Promise<void> {
  const { slot, asker, register } = state
  if (!asker.need.provider) return
  const { known } = register
  const { session } = state.snapshot
  let isDone = false
  if (!slot.attendant) {
    const operation = new Operation('refresh', state)
    slot.attendant = operation
    try {
      await work(operation)
      isDone = true
    } catch (error) {
      operation.fail(error as SttError)
    }
    slot.attendant = null
    if (register.known !== known || state.snapshot.session !== session) {
      state.follow()
      return
    }
  }
  if (!isDone) later(state, REPEAT_MS, () => state.follow())
}

function later(state: ChannelState, delayMs: number, work: () => void): void {
  const { context, slot } = state
  state.stopFollowing()
  state.stopFollowing = context.after(delayMs + SPREAD_MS * context.random(), () => {
    if (slot.members.has(state)) work()
  })
}

/** The claim names another task than the one that this page has started, or has heard of later, or none. */
async function insist(operation: Operation, claim: SeenClaim | null): Promise<void> {
  const { session } = operation
  if (!session) return
  operation.publish({ session: await claimSession(operation, claim, session, false) })
}

/** v6: only the page that holds the builder token can ask and stop, for whoever has claimed it. */
export async function answer(operation: Operation, claim: SeenClaim): Promise<void> {
  const { register, session } = operation
  const { value } = claim
  const isStop = value.state === 'stopping'
  if (isStop) await stopSession(operation, session)
  if (!isStop && (await confirmSession(operation))) {
    await register.write(claim, { ...value, state: 'running' })
    return
  }
  const ended = { ...value, state: 'ended', by: isStop ? 'disable' : 'gone' } as const
  // Whoever waits for the same may have claimed it once more.
  let over: SeenClaim | null = claim
  while (over && over.value.state !== 'ended' && over.value.taskId === value.taskId) {
    if (await register.write(over, ended)) break
    over = await register.read()
  }
  operation.publish({ session: null, error: isStop ? null : sessionEnded() })
}

function finishLater(state: ChannelState, claim: SeenClaim): void {
  const { register, slot } = state
  const leftMs = limitOf(claim.value) - register.ageOf(claim)
  later(state, Math.max(0, leftMs), () => {
    const { known } = register
    if (known?.value.attempt !== claim.value.attempt || slot.current) return
    attend(state, async (operation) => {
      const { state: claimed } = known.value
      if (claimed === 'starting' || claimed === 'ended') await insist(operation, known)
      else if (claimed === 'checking') await checkClaim(operation, known)
      else if (await stopClaimed(operation, known))
        operation.publish({ session: null, error: null })
    })
  })
}
