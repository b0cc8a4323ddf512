import { type SttError, SupersededError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import { checkClaim, claimSession, joinClaim } from './claimedSession.js'
import { Operation } from './operation.js'
import { sessionEnded } from './refreshChannel.js'
import { limitOf, type SeenClaim } from './register.js'
import { publish } from './registry.js'
import { stopClaimed } from './stopClaimed.js'
import { confirmSession, stopTask } from './taskCalls.js'

/** Whoever shows the channel finishes what was left, each after another while. */
const SPREAD_MS = 5_000
const REPEAT_MS = 15_000

/** Takes up what another page or device has claimed, while no operation of this page is under way. */
export function followClaim(state: ChannelState): void {
  const { register, slot } = state
  const { known } = register
  if (slot.current || known === undefined) return
  if (!known || register.isMine(known)) {
    state.endCheck()
    return
  }
  const { session } = state.snapshot
  const { value } = known
  if (value.state === 'running') {
    if (session && session.taskId === (value.taskId ?? null)) register.keep(known)
    else if (session?.origin === 'started') attend(state, (operation) => insist(operation, known))
    else followRunning(state, known)
  } else if (value.state === 'ended') {
    if (session?.origin === 'started' && value.taskId !== session.taskId) {
      attend(state, (operation) => insist(operation, known))
    } else if (session) {
      publish(slot, { session: null, error: value.by === 'gone' ? sessionEnded() : null })
    }
    state.endCheck()
  } else if (value.state !== 'starting') {
    const isHolder = session?.instanceToken && session.taskId === value.taskId
    if (isHolder) attend(state, (operation) => answer(operation, known))
    else finishLater(state, known, Math.max(0, limitOf(value) - register.ageOf(known)))
  }
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
      operation.tell('failed', { code: (error as SttError).code })
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
async function insist(operation: Operation, claim: SeenClaim): Promise<void> {
  const { session, slot } = operation
  if (!session) return
  try {
    const isAlive = claim.value.state !== 'ended' || (await confirmSession(operation))
    const settled = isAlive ? await claimSession(operation, claim, session) : null
    publish(slot, { session: settled })
  } catch (error) {
    if (!SupersededError.is(error)) throw error
    publish(slot, { session: null })
  }
}

/** v6: only the page that holds the builder token can ask and stop, for whoever has claimed it. */
export async function answer(operation: Operation, claim: SeenClaim): Promise<void> {
  const { register, session, slot } = operation
  const { value } = claim
  const isStop = value.state === 'stopping'
  if (isStop && session?.taskId) await stopTask(operation, session.taskId, session.instanceToken)
  if (!isStop && (await confirmSession(operation))) {
    await register.write(claim, { ...value, state: 'running' })
    return
  }
  await register.write(claim, { ...value, state: 'ended', by: isStop ? 'disable' : 'gone' })
  publish(slot, { session: null, error: isStop ? null : sessionEnded() })
}

function finishLater(state: ChannelState, { value }: SeenClaim, leftMs: number): void {
  const { register, slot } = state
  later(state, leftMs, () => {
    const { known } = register
    if (known?.value.attempt !== value.attempt || slot.current) return
    attend(state, async (operation) => {
      if (known.value.state === 'checking') await checkClaim(operation, known)
      else if (await stopClaimed(operation, known)) publish(slot, { session: null, error: null })
    })
  })
}
