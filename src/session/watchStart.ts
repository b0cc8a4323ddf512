import { claimSession } from './claimedSession.js'
import { listOwn } from './lifecycleV7.js'
import { Operation } from './operation.js'
import { publish } from './registry.js'
import { confirmSession, stopTask } from './taskCalls.js'

/** After the send of a start that nobody answered: a request can be carried out a minute late. */
const UNANSWERED_WATCHES_MS = [30_000, 60_000, 90_000]
/** After the send of a start that was answered: another device may have started too. */
const ANSWERED_WATCHES_MS = [60_000]

/** Looks for what a start may have left beside the claimed task, so that none runs and is billed unseen. */
export function watchStart(starting: Operation, isAnswered: boolean): void {
  const { context, state, slot, need, settings, sentAt } = starting
  if (!isAnswered) {
    starting.tell('unanswered')
    slot.unansweredAt = sentAt
  }
  for (const watchMs of isAnswered ? ANSWERED_WATCHES_MS : UNANSWERED_WATCHES_MS) {
    context.after(sentAt + watchMs - context.monotonicNow(), async () => {
      while (slot.current) await slot.current.settled
      const operation = new Operation('refresh', state, { need, settings })
      await watch(operation, isAnswered).catch((error) => operation.fail(error))
    })
  }
}

async function watch(operation: Operation, isAnswered: boolean): Promise<void> {
  const { slot, register } = operation
  for (const task of await listOwn(operation, isAnswered)) {
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
      publish(slot, { session: claimed, error: null, isConfirmed: true })
    }
  }
}
