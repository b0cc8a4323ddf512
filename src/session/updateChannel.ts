import type { TaskChange } from '../agora/task.js'
import { RequestError, type SttError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import type { ClientContext } from './createSttClient.js'
import { publish } from './registry.js'
import { Run } from './run.js'
import type { SttSession } from './session.js'
import { taskApis } from './taskCalls.js'
import type { TokenNeed } from './tokens.js'

/**
 * From the start to the first update, and from one to the next.
 *
 * @see https://docs.agora.io/en/real-time-stt/develop/update-service
 */
export const UPDATE_INTERVAL_MS = 5_000

/** Changes the running task. What is asked for while an update waits for its time goes with it. */
export function updateChannel(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  change: TaskChange,
): Promise<SttSession> {
  const { slot } = state
  if (slot.update) {
    Object.assign(slot.update.change, change)
    return slot.update.promise
  }
  const merged = { ...change }
  const promise = work(context, state, need, merged)
  slot.update = { change: merged, promise }
  return promise
}

async function work(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  change: TaskChange,
): Promise<SttSession> {
  const { slot } = state
  const { api, line } = context
  const { environment } = line
  const taskId = state.snapshot.session?.taskId
  const run = new Run({
    ...context,
    state,
    need,
    settings: null,
    rank: 'operation',
    operation: 'update',
    assertWanted: () => assertRuns(state, taskId),
    onSent: () => {
      slot.updatableAt = environment.monotonicNow() + UPDATE_INTERVAL_MS
    },
  })
  try {
    // Callers of this tick must find the update before it fails or is sent.
    await Promise.resolve()
    publish(slot, { error: null })
    const session = assertRuns(state, taskId)
    const waitMs = slot.updatableAt - environment.monotonicNow()
    if (waitMs > 0) await run.sleep(waitMs)
    slot.update = null
    const sequenceId = Math.max(environment.now(), slot.sequenceId + 1)
    slot.sequenceId = sequenceId
    const handle = { taskId: session.taskId as string, builderToken: session.instanceToken }
    const outcome = await run.request(taskApis[api].update(line.appId, handle, change, sequenceId))
    if (outcome.kind !== 'ok') throw outcome.error
    const updated = withChange(assertRuns(state, taskId), change)
    publish(slot, { session: updated, isConfirmed: true })
    return updated
  } catch (error) {
    if (slot.update?.change === change) slot.update = null
    publish(slot, { error: error as SttError })
    run.tell('failed', null, (error as SttError).code)
    throw error
  }
}

function assertRuns(
  { snapshot, slot }: ChannelState,
  taskId: string | null | undefined,
): SttSession {
  const { session } = snapshot
  if (session && taskId && session.taskId === taskId && slot.current?.kind !== 'disable') {
    return session
  }
  throw new RequestError('not_found', 'No task runs that could be updated. Call enable() first.')
}

function withChange(session: SttSession, change: TaskChange): SttSession {
  const { transcription } = session
  if (!transcription) return session
  const given = Object.entries(change).filter(([, value]) => value !== undefined)
  return Object.freeze({
    ...session,
    transcription: { ...transcription, ...Object.fromEntries(given) },
  })
}
