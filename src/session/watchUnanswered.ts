import type { SttError } from '../errors.js'
import { claimSession } from './claimedSession.js'
import { listOwn } from './lifecycleV7.js'
import { Operation } from './operation.js'
import { publish } from './registry.js'
import { stopTask } from './taskCalls.js'

/** After the send of a start that nobody answered: a request can be carried out a minute late. */
const WATCHES_MS = [30_000, 60_000, 90_000]

/** Looks for what the start just sent may have left, so that no task runs and is billed unseen. */
export function watchUnanswered(starting: Operation): void {
  const { context, state, slot, need, settings, sentAt } = starting
  starting.tell('unanswered')
  slot.unansweredAt = sentAt
  for (const watchMs of WATCHES_MS) {
    context.after(sentAt + watchMs - context.monotonicNow(), async () => {
      while (slot.current) await slot.current.settled
      const operation = new Operation('refresh', state, { need, settings })
      await watch(operation).catch(({ code }: SttError) => operation.tell('failed', { code }))
    })
  }
}

async function watch(operation: Operation): Promise<void> {
  const { slot } = operation
  for (const task of await listOwn(operation)) {
    const { taskId } = task
    const { session, register } = operation
    const claim = await register.read().catch(() => null)
    const isClaimed = claim?.value.taskId === taskId
    if (session?.taskId === taskId || isClaimed || slot.current) continue
    if (session || slot.lastIntent === 'disable') {
      await stopTask(operation, taskId)
      operation.tell('duplicate_stopped', { taskId })
    } else {
      const found = operation.toSession('joined', task)
      const claimed = await claimSession(operation, claim, found)
      publish(slot, { session: claimed, error: null, isConfirmed: true })
    }
  }
}
