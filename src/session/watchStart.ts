import type { SttTask } from '../agora/task.js'
import { NO_CLAIM } from '../claims/claimValue.js'
import { claimGone, claimSession, isRunning, toClaim } from './claimedSession.js'
import { isUnknown } from './isUnknown.js'
import { listOwn } from './lifecycleV7.js'
import { Operation } from './operation.js'
import { sessionEnded } from './refreshChannel.js'
import type { SttSession } from './session.js'
import { mayTakeOver, startOrJoin } from './startOrJoin.js'
import { stopClaimed } from './stopClaimed.js'
import { confirmSession, stopTask } from './taskCalls.js'

/** After the send of a start that nobody answered: a request can be carried out a minute late. */
const UNANSWERED_WATCHES_MS = [30_000, 60_000, 90_000]
/** After the send of a start that was answered: another device may have started too. */
const ANSWERED_WATCHES_MS = [60_000]
/** The last one is made again where it gets no answer. */
const REPEAT_MS = 30_000
const MAX_REPEATS = 4

/** Looks for what a start may have left beside the claimed task, so that none runs and is billed unseen. */
export function watchStart(starting: Operation, isAnswered: boolean): void {
  const { context, state, slot, need, settings, sentAt } = starting
  const watchesMs = isAnswered ? ANSWERED_WATCHES_MS : UNANSWERED_WATCHES_MS
  if (!isAnswered) {
    starting.tell('unanswered')
    slot.unansweredAt = sentAt
  }
  const look = (delayMs: number, triesLeft: number) => {
    context.after(delayMs, async () => {
      while (slot.current) await slot.current.settled
      const operation = new Operation('refresh', state, { need, settings })
      await watch(operation, isAnswered).catch((error) => {
        operation.fail(error)
        if (triesLeft > 0 && isUnknown(error)) look(REPEAT_MS, triesLeft - 1)
      })
    })
  }
  const lastMs = watchesMs.at(-1)
  for (const watchMs of watchesMs) {
    look(sentAt + watchMs - context.monotonicNow(), watchMs === lastMs ? MAX_REPEATS : 0)
  }
}

async function watch(operation: Operation, isAnswered: boolean): Promise<void> {
  const { slot, register } = operation
  const own = await listOwn(operation)
  const shown = operation.session
  if (shown && own.every(({ taskId }) => taskId !== shown.taskId)) {
    const session = await confirmSession(operation)
    if (!session) {
      await claimGone(operation, await register.read(), shown.taskId)
      operation.publish({ session, error: sessionEnded() })
    }
  } else if (shown && own[0] && own[0].taskId !== shown.taskId && register.reach !== 'devices') {
    // Other devices know nothing of this claim: all of them stay with the oldest.
    await giveWayTo(operation, own[0], shown)
    return
  }
  for (const task of own) {
    const { taskId } = task
    const claim = await register.read()
    const { session } = operation
    const isClaimed = [session?.taskId, claim?.value.taskId].includes(taskId)
    if (isClaimed || slot.current) continue
    if (session ? await confirmSession(operation) : slot.lastIntent === 'disable') {
      await stopTask(operation, taskId)
      operation.tell('duplicate_stopped', { taskId })
    } else if (!isAnswered) {
      const found = operation.toSession('joined', task)
      const claimed = await claimSession(operation, claim, found)
      operation.publish({ session: claimed, error: null, isConfirmed: true })
    }
  }
  if (isAnswered || !operation.sawUnnamed || operation.session || slot.attendant) return
  slot.attendant = operation
  try {
    await repeatIntent(operation)
  } finally {
    slot.attendant = null
  }
}

async function giveWayTo(operation: Operation, task: SttTask, shown: SttSession): Promise<void> {
  const { register } = operation
  await stopTask(operation, shown.taskId as string)
  operation.tell('gave_way', { taskId: task.taskId })
  const session = operation.toSession('joined', task)
  await register.write(await register.read(), toClaim(session))
  operation.publish({ session, isConfirmed: true })
}

/** A nameless task may be what came of the start; only what was wanted last, done once more, tells. */
async function repeatIntent(operation: Operation): Promise<void> {
  const { slot, register } = operation
  const claim = await register.read()
  const value = claim?.value ?? NO_CLAIM
  const isEnded = value.state === 'ended'
  if (isRunning(value) || (claim && !isEnded && !(await mayTakeOver(operation, claim)))) return
  if (slot.lastIntent === 'disable' || value.by === 'disable') {
    await stopClaimed(operation, claim)
  } else {
    const session = await startOrJoin(operation)
    operation.publish({ session, error: null, isConfirmed: true })
  }
}
