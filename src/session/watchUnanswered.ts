import type { TaskSettings } from '../agora/task.js'
import { type SttError, SupersededError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import type { ClientContext } from './createSttClient.js'
import { listOwn } from './lifecycleV7.js'
import { publish } from './registry.js'
import { Run } from './run.js'
import { stopTask } from './taskCalls.js'
import type { TokenNeed } from './tokens.js'

/** After the send of a start that nobody answered: a request can be carried out a minute late. */
const WATCHES_MS = [30_000, 60_000, 90_000]

/** Looks for what an unanswered start may have left, so that no task runs and is billed unseen. */
export function watchUnanswered(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
  sentAt: number,
): void {
  const { slot } = state
  const { monotonicNow } = context.line.environment
  slot.unansweredAt = sentAt
  for (const watchMs of WATCHES_MS) {
    context.timers.set(sentAt + watchMs - monotonicNow(), () => {
      watch(context, state, need, settings).finally(() => {
        if (watchMs === WATCHES_MS.at(-1) && slot.unansweredAt === sentAt) slot.unansweredAt = null
      })
    })
  }
}

async function watch(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
): Promise<void> {
  const { slot } = state
  while (slot.current) await slot.current.promise.catch(() => {})
  const run = new Run({
    ...context,
    state,
    need,
    settings,
    rank: 'look',
    operation: 'refresh',
    assertWanted() {
      if (slot.current || context.isDisposed()) {
        throw new SupersededError('An operation began; it looks for itself.')
      }
    },
  })
  try {
    for (const task of await listOwn(run)) {
      const { session } = state.snapshot
      if (session?.taskId === task.taskId || slot.current) continue
      if (session || slot.lastIntent === 'disable') {
        await stopTask(run, 'v7', { taskId: task.taskId, builderToken: null })
        run.tell('duplicate_stopped', task.taskId)
      } else {
        run.tell('joined', task.taskId)
        publish(slot, { session: run.toSession(task, 'joined'), error: null, isConfirmed: true })
      }
    }
  } catch (error) {
    if (!SupersededError.is(error)) run.tell('failed', null, (error as SttError).code)
  }
}
