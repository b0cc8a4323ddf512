import { NO_CLAIM } from '../claims/claimValue.js'
import { type SttError, SupersededError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import { checkClaim, claimSession, isRunning, joinClaim } from './claimedSession.js'
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
  const { register, slot } = state
  const { known } = register
  if (slot.current || known === undefined) return
  if (known && register.isMine(known)) {
    state.endCheck()
    return
  }
  const { session } = state.snapshot
  const { state: claimed, taskId, by } = known?.value ?? NO_CLAIM
  const isEnded = claimed === 'ended'
  const isSame = session?.taskId === (taskId ?? (isEnded ? undefined : null))
  // Nothing but a stop beats a task that lives: no intention, no task of another channel, no emptied store.
  if (session?.origin === 'started' && !isSame && claimed !== 'stopping') {
    attend(state, (operation) => insist(operation, known))
  } else if (!known || isEnded) {
    if (known && session) {
      publish(slot, { session: null, error: by === 'gone' ? sessionEnded() : null })
    }
  } else if (claimed === 'running') {
    if (isSame) register.keep(known)
    else followRunning(state, known)
  } else if (claimed !== 'starting') {
    if (isSame && session?.instanceToken) attend(state, (operation) => answer(operation, known))
    else finishLater(state, known)
  }
  if (isEnded || isSame) state.endCheck()
}

async function followRunning(state: ChannelState, claim: SeenClaim): Promise<void> {
  const { register, slot } = state
  const isFresh = await register.isFresh(claim)
  if (slot.current || register.known !== claim) return
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
  const { slot, asker } = state
  if (!asker.need.provider) return
  if (!slot.attendant) {
    const operation = new Operation('refresh', state)
    slot.attendant = operation
    try {
      return void (await work(operation))
    } catch (error) {
      operation.fail(error as SttError)
    } finally {
      slot.attendant = null
    }
  }
  later(state, REPEAT_MS, () => state.follow())
}

function later(state: ChannelState, delayMs: number, work: () => void): void {
  const { context, slot } = state
  state.stopFollowing()
  state.stopFollowing = context.after(delayMs + SPREAD_MS * context.random(), () => {
    if (slot.members.has(state)) work()
  })
}

/** The claim names another task than the one that this page has started, or none. */
async function insist(operation: Operation, claim: SeenClaim | null): Promise<void> {
  const { session, slot } = operation
  if (!session) return
  try {
    const isAlive = (claim && isRunning(claim.value)) || (await confirmSession(operation))
    const settled = isAlive ? await claimSession(operation, claim, session) : null
    publish(slot, { session: settled })
  } catch (error) {
    if (SupersededError.is(error)) publish(slot, { session: null })
    throw error
  }
}

/** v6: only the page that holds the builder token can ask and stop, for whoever has claimed it. */
async function answer(operation: Operation, claim: SeenClaim): Promise<void> {
  const { register, session, slot } = operation
  const { value } = claim
  const isStop = value.state === 'stopping'
  if (isStop) await stopSession(operation, session)
  if (!isStop && (await confirmSession(operation))) {
    await register.write(claim, { ...value, state: 'running' })
    return
  }
  await register.write(claim, { ...value, state: 'ended', by: isStop ? 'disable' : 'gone' })
  publish(slot, { session: null, error: isStop ? null : sessionEnded() })
}

function finishLater(state: ChannelState, claim: SeenClaim): void {
  const { register, slot } = state
  const leftMs = limitOf(claim.value) - register.ageOf(claim)
  later(state, Math.max(0, leftMs), () => {
    const { known } = register
    if (known?.value.attempt !== claim.value.attempt || slot.current) return
    attend(state, async (operation) => {
      if (known.value.state === 'checking') await checkClaim(operation, known)
      else if (await stopClaimed(operation, known)) publish(slot, { session: null, error: null })
    })
  })
}
