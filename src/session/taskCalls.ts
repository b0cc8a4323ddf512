import type { CallOutcome, SttCall } from '../agora/call.js'
import { isAlive, type SttApiVersion, type SttTask, type TaskHandle } from '../agora/task.js'
import { query as queryV6, stop as stopV6 } from '../agora/v6.js'
import { query as queryV7, stop as stopV7 } from '../agora/v7.js'
import { type Run, toSessionState } from './run.js'
import type { SttSession } from './session.js'

interface TaskApi {
  query: (appId: string, handle: TaskHandle) => SttCall<SttTask>
  stop: (appId: string, handle: TaskHandle) => SttCall<unknown>
}

/** What can be done with a task that has an id, alike in both generations. */
const taskApis: Readonly<Record<SttApiVersion, TaskApi>> = {
  v6: { query: queryV6, stop: stopV6 },
  v7: { query: queryV7, stop: stopV7 },
}

/** Asks for one task; null: the service knows it no more. Throws where it gives no answer. */
export async function queryTask(
  run: Run,
  api: SttApiVersion,
  handle: TaskHandle,
): Promise<SttTask | null> {
  const outcome = await run.request(taskApis[api].query(run.appId, handle))
  if (outcome.kind === 'ok') return outcome.answer
  if (outcome.error.code === 'not_found') return null
  throw outcome.error
}

/** Stops one task. A stop without a clear answer is followed by a query and at most one more stop. */
export async function stopTask(run: Run, api: SttApiVersion, handle: TaskHandle): Promise<void> {
  const stop = taskApis[api].stop(run.appId, handle)
  const first = toFailure(await run.request(stop))
  if (first) {
    const mayHaveWorked = first.kind === 'unanswered' || first.error.code === 'request_rejected'
    if (!mayHaveWorked) throw first.error
    if (await isStillAlive(run, api, handle, first.error)) {
      if (first.kind === 'refused') throw first.error
      const second = toFailure(await run.request(stop))
      if (second) throw second.error
    }
  }
  run.tell('stopped', handle.taskId)
}

/** A task that is not found needs no stop. */
function toFailure(outcome: CallOutcome<unknown>) {
  return outcome.kind === 'ok' || outcome.error.code === 'not_found' ? null : outcome
}

async function isStillAlive(
  run: Run,
  api: SttApiVersion,
  handle: TaskHandle,
  otherwise: Error,
): Promise<boolean> {
  try {
    const task = await queryTask(run, api, handle)
    return task !== null && isAlive(task)
  } catch {
    throw otherwise
  }
}

/** The session as the service has it now; null: it has ended. */
export async function confirmSession(run: Run, session: SttSession): Promise<SttSession | null> {
  const { taskId, api, instanceToken } = session
  if (taskId === null) return session
  const task = await queryTask(run, api, { taskId, builderToken: instanceToken })
  if (!task || !isAlive(task)) return null
  const state = toSessionState(task.phase)
  return state === session.state ? session : Object.freeze({ ...session, state })
}
