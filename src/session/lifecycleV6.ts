import type { StartRequest, TaskSettings } from '../agora/task.js'
import { acquire, start } from '../agora/v6.js'
import { ResponseError } from '../errors.js'
import { INSTANCE_TOKEN_LIFETIME_MS } from './channelState.js'
import type { Lifecycle } from './lifecycle.js'
import type { Operation } from './operation.js'
import type { SttSession } from './session.js'
import { stopTask } from './taskCalls.js'

/** One builder token starts one task at most, so an unanswered start is repeated with the same one after these. */
const REPEAT_WAITS_MS = [1_000, 3_000, 6_000]

/** Acquire an instance token; with a transcription, start the task with it. */
export const lifecycleV6: Lifecycle = {
  async start(operation) {
    const { settings, state, need } = operation
    const repeated = await state.slot.repeatStart?.(operation)
    if (repeated) return repeated
    if (!settings) return acquireInstance(operation)
    const bots = await getBotTokens(operation, settings)
    const { instanceId, instanceToken } =
      getAcquired(operation) ?? (await acquireInstance(operation))
    const { channel } = need
    const request = { ...bots, channel, instanceId, settings, builderToken: instanceToken }
    return startTask(operation, request)
  },

  async look() {
    return null
  },

  async stop(operation, session) {
    if (session?.taskId) await stopTask(operation, session.taskId, session.instanceToken)
    const repeated = await operation.state.slot.repeatStart?.(operation)
    if (repeated?.taskId) await stopTask(operation, repeated.taskId, repeated.instanceToken)
  },
}

async function getBotTokens(operation: Operation, settings: TaskSettings) {
  const [botToken, listenerBotToken] = await Promise.all([
    operation.botToken(settings.botUid),
    operation.botToken(settings.listenerBotUid),
  ])
  return { botToken, listenerBotToken }
}

async function acquireInstance(operation: Operation): Promise<SttSession> {
  const { context, instanceId } = operation
  const { builderToken, createdAt } = await operation.ask(acquire(context.appId, instanceId))
  return operation.toSession(
    'acquired',
    { taskId: null, phase: 'starting', createdAt },
    builderToken,
  )
}

/** An instance that was acquired without a transcription, while it may still be started. */
function getAcquired({ state, context }: Operation): SttSession | null {
  const { session } = state.snapshot
  const knownMs = context.environment.monotonicNow() - state.confirmedAt
  return session?.state === 'acquired' && knownMs < INSTANCE_TOKEN_LIFETIME_MS ? session : null
}

async function startTask(operation: Operation, request: StartRequest): Promise<SttSession> {
  const { context, state } = operation
  const { builderToken, settings } = request
  const { slot } = state
  const call = start(context.appId, request)
  let outcome = await operation.request(call)
  for (const waitMs of REPEAT_WAITS_MS) {
    if (outcome.kind !== 'unanswered') break
    if (!slot.repeatStart) operation.tell('unanswered')
    slot.repeatStart = (next) => repeatStart(next, request)
    await operation.sleep(waitMs)
    outcome = await operation.request(call)
  }
  // Whether a task was started is as unknown as before, unless the answer is about the start itself.
  if (outcome.kind === 'unanswered' || outcome.status === 401) throw (outcome as Failed).error
  slot.repeatStart = null
  if (outcome.kind === 'refused') throw outcome.error
  if (outcome.kind === 'ok') {
    return operation.toSession('started', outcome.answer, builderToken, settings)
  }
  const { taskId, error } = outcome
  if (taskId) {
    const task = { taskId, phase: 'running', createdAt: null } as const
    return operation.toSession('started', task, builderToken, settings)
  }
  throw new ResponseError(
    'Agora says that the task runs, but not under which id: it can be neither queried nor stopped from here, and ends when the channel is empty.',
    error,
  )
}

type Failed = { error: Error }

/**
 * Only the start itself, sent again with its own token, tells what became of it and under which id.
 * null: the token is of no use any more.
 */
async function repeatStart(
  operation: Operation,
  request: StartRequest,
): Promise<SttSession | null> {
  try {
    const bots = await getBotTokens(operation, request.settings)
    return await startTask(operation, { ...request, ...bots })
  } catch (error) {
    if (operation.state.slot.repeatStart || ResponseError.is(error)) throw error
    return null
  }
}
