import type { StartRequest, SttTask, TaskSettings } from '../agora/task.js'
import { acquire, start } from '../agora/v6.js'
import { RequestError, ResponseError, type SttError } from '../errors.js'
import { INSTANCE_TOKEN_LIFETIME_MS } from './instanceId.js'
import type { Lifecycle } from './lifecycle.js'
import type { Operation } from './operation.js'
import type { SttSession } from './session.js'
import { confirmSession, stopSession } from './taskCalls.js'
import { toResolved } from './transcription.js'

/** One builder token starts one task at most, so an unanswered start is repeated with the same one after these. */
const REPEAT_WAITS_MS = [1_000, 3_000, 6_000]

/** The page that holds the builder token answers for its task within this time, or it counts as gone. */
const HOLDER_ANSWER_MS = 5_000

/** Acquire an instance token; with a transcription, start the task with it. */
export const lifecycleV6: Lifecycle = {
  async prepare(operation) {
    const { settings } = operation
    if (settings) await getBotTokens(operation, settings)
  },

  async start(operation) {
    const { settings, slot, channel } = operation
    const repeated = await slot.repeatStart?.(operation)
    if (repeated) return repeated
    if (!settings) return acquireInstance(operation)
    const bots = await getBotTokens(operation, settings)
    const { instanceId, instanceToken } =
      getAcquired(operation) ?? (await acquireInstance(operation))
    const request = { ...bots, channel, instanceId, settings, builderToken: instanceToken }
    return startTask(operation, request)
  },

  async look() {
    return null
  },

  async confirm(operation, { taskId = null }) {
    const { session, register } = operation
    if (session?.instanceToken && session.taskId === taskId) {
      return (await confirmSession(operation)) !== null
    }
    await register.wait(HOLDER_ANSWER_MS)
    return register.known?.value.state === 'running'
  },

  async stop(operation, { taskId = null }) {
    const { session, slot, register } = operation
    await stopSession(operation, session)
    await stopSession(operation, await slot.repeatStart?.(operation))
    const isOwn = taskId === session?.taskId && session?.instanceToken
    if (!taskId || isOwn || taskId === slot.stoppedTaskId) return
    const { claim } = operation
    let now = claim
    while (
      now &&
      now.value.attempt === claim?.value.attempt &&
      !(await register.isAbandoned(now))
    ) {
      await register.wait(HOLDER_ANSWER_MS)
      // What was told may be older than this claim.
      now = await register.read()
    }
    // Whoever enables next may have claimed it since.
    const isOver = now && (now.value.state === 'ended' || now.value.taskId !== taskId)
    // Who goes on to start takes it as gone, as it does where nobody answers a `checking`.
    if (isOver || operation.kind === 'enable') return
    throw new RequestError(
      'token_unavailable',
      'No page holds the instance token any more. The task ends when the channel is empty.',
    )
  },
}

async function getBotTokens(operation: Operation, { botUid, listenerBotUid }: TaskSettings) {
  const [botToken, listenerBotToken] = await Promise.all([
    operation.botToken(botUid),
    operation.botToken(listenerBotUid),
  ])
  return { botToken, listenerBotToken }
}

async function acquireInstance(operation: Operation): Promise<SttSession> {
  const { context, instanceId } = operation
  const { builderToken, createdAt } = await operation.ask(acquire(context.appId, instanceId))
  const instance = { taskId: null, phase: 'starting', createdAt } as const
  return operation.toSession('acquired', instance, { instanceToken: builderToken })
}

/** An instance that was acquired without a transcription, while it may still be started. */
function getAcquired({ session, state }: Operation): SttSession | null {
  const isFresh = state.isConfirmedWithin(INSTANCE_TOKEN_LIFETIME_MS)
  return session?.state === 'acquired' && isFresh ? session : null
}

async function startTask(operation: Operation, request: StartRequest): Promise<SttSession> {
  const { context, slot } = operation
  const { builderToken, settings } = request
  const call = start(context.appId, request)
  let outcome = await operation.request(call)
  for (const waitMs of REPEAT_WAITS_MS) {
    if (outcome.kind !== 'unanswered') break
    if (!slot.repeatStart) operation.tell('unanswered')
    slot.repeatStart = (next) => repeatStart(next, request)
    await operation.sleep(waitMs)
    outcome = await operation.request(call)
  }
  const { kind, error } = outcome
  // Whether a task was started is as unknown as before, unless the answer is about the start itself.
  if (error && (kind === 'unanswered' || outcome.status === 401)) throw error
  slot.repeatStart = null
  if (kind === 'refused') throw error
  const task = error ? toExisting(outcome.taskId, error) : outcome.answer
  return operation.toSession('started', task, {
    instanceToken: builderToken ?? null,
    transcription: toResolved(settings),
  })
}

function toExisting(taskId: string | null | undefined, error: SttError): SttTask {
  if (taskId) return { taskId, phase: 'running', createdAt: null, name: null }
  throw new ResponseError(
    'Agora says that the task runs, but not its id. The task ends when the channel is empty.',
    error,
  )
}

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
    if (operation.slot.repeatStart || ResponseError.is(error)) throw error
    return null
  }
}
