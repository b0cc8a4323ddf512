import { type SttError, SupersededError } from '../errors.js'
import { listOwn } from './lifecycleV7.js'
import { publish } from './registry.js'
import { Run } from './run.js'
import { stopTask } from './taskCalls.js'

/** After the send of a start that nobody answered: a request can be carried out a minute late. */
const WATCHES_MS = [30_000, 60_000, 90_000]

/** Looks for what the start just sent may have left, so that no task runs and is billed unseen. */
export function watchUnanswered(starting: Run): void {
  const { context, state, need, settings, sentAt } = starting
  const { slot } = state
  const { monotonicNow } = context.environment
  starting.tell('unanswered')
  slot.unansweredAt = sentAt
  for (const watchMs of WATCHES_MS) {
    context.after(sentAt + watchMs - monotonicNow(), async () => {
      while (slot.current) await slot.current.promise.catch(() => {})
      const run = new Run(context, state, need, settings, {
        name: 'refresh',
        rank: 'look',
        onSend() {
          if (!slot.current && !context.isDisposed()) return
          throw new SupersededError('An operation began; it looks for itself.')
        },
      })
      await watch(run).catch((error: SttError) => run.tell('failed', null, error.code))
      const isLast = watchMs === WATCHES_MS.at(-1)
      if (isLast && slot.unansweredAt === sentAt) slot.unansweredAt = null
    })
  }
}

async function watch(run: Run): Promise<void> {
  const { state } = run
  const { slot } = state
  for (const task of await listOwn(run)) {
    const { taskId } = task
    const { session } = state.snapshot
    if (session?.taskId === taskId || slot.current) continue
    if (session || slot.lastIntent === 'disable') {
      await stopTask(run, 'v7', { taskId, builderToken: null })
      run.tell('duplicate_stopped', taskId)
    } else {
      run.tell('joined', taskId)
      publish(slot, { session: run.toSession(task, 'joined'), error: null, isConfirmed: true })
    }
  }
}
