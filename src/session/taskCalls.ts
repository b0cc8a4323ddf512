import { isAlive, type LiveTask, type SttTask } from '../agora/task.js'
import { query as queryV6, stop as stopV6 } from '../agora/v6.js'
import { query as queryV7, stop as stopV7 } from '../agora/v7.js'
import type { SttError } from '../errors.js'
import { isOwn } from './lifecycleV7.js'
import type { Operation } from './operation.js'
import type { SttSession } from './session.js'

/** What can be done with a task that has an id, alike in both generations. */
const apis = { v6: { query: queryV6, stop: stopV6 }, v7: { query: queryV7, stop: stopV7 } }

/** Asks for one task; null: the service knows it no more. Throws where it gives no answer. */
export async function queryTask(
  operation: Operation,
  taskId: string,
  builderToken: string | null = null,
): Promise<SttTask | null> {
  const { api, appId } = operation.context
  const outcome = await operation.request(apis[api].query(appId, { taskId, builderToken }))
  if (!outcome.error) return outcome.answer
  if (outcome.error.code === 'not_found') return null
  throw outcome.error
}

/** The task where it is at work; null: it is not. */
export async function queryLive(...given: Parameters<typeof queryTask>): Promise<LiveTask | null> {
  const task = await queryTask(...given)
  return task && isAlive(task) ? task : null
}

/** Stops one task. A stop without a clear answer is followed by a query and at most one more stop. */
export async function stopTask(
  operation: Operation,
  taskId: string,
  builderToken: string | null = null,
): Promise<void> {
  const { api, appId } = operation.context
  const stop = apis[api].stop(appId, { taskId, builderToken })
  const { kind, error } = await operation.request(stop)
  if (isFailure(error)) {
    if (kind !== 'unanswered' && error.code !== 'request_rejected') throw error
    const task = await queryLive(operation, taskId, builderToken).catch(() => {
      throw error
    })
    if (task) {
      if (kind === 'refused') throw error
      const second = await operation.request(stop)
      if (isFailure(second.error)) throw second.error
    }
  }
  operation.slot.stoppedTaskId = taskId
  operation.tell('stopped', { taskId })
}

/** Stops a session's task, where it has one that can be stopped from here. */
export async function stopSession(
  operation: Operation,
  session: SttSession | null | undefined,
): Promise<void> {
  const { taskId, instanceToken, api } = session ?? {}
  if (taskId && (instanceToken || api === 'v7')) await stopTask(operation, taskId, instanceToken)
}

/** A task that is not found needs no stop. */
const isFailure = (error: SttError | undefined): error is SttError =>
  error !== undefined && error.code !== 'not_found'

/** The session as the service has it now; null: there is none, or it has ended. */
export async function confirmSession(
  operation: Operation,
  session = operation.session,
): Promise<SttSession | null> {
  if (!session?.taskId) return session
  const { taskId, instanceToken } = session
  // v6: only the page that holds the builder token can ask.
  if (session.api === 'v6' && !instanceToken) return session
  const task = await queryLive(operation, taskId, instanceToken)
  if (task && (instanceToken || (await isOwn(operation, task)))) {
    const { phase: state } = task
    return state === session.state ? session : Object.freeze({ ...session, state })
  }
  operation.tell('ended', { taskId })
  return null
}
