import type { TaskSettings } from '../agora/task.js'
import { acquire, start } from '../agora/v6.js'
import { RequestError, ResponseError, type SttError } from '../errors.js'
import type { Lifecycle } from './lifecycle.js'
import { findPendingStart, type PendingStart, setPendingStart } from './registry.js'
import type { Run } from './run.js'
import type { SttSession } from './session.js'
import { stopTask } from './taskCalls.js'

/** One builder token starts one task at most, so an unanswered start is repeated with the same one after these. */
const REPEAT_WAITS_MS = [1_000, 3_000, 6_000]

/** Acquire an instance token; with a transcription, start the task with it. */
export const lifecycleV6: Lifecycle = {
  async start(run) {
    const { settings, state } = run
    if (!settings) return acquireInstance(run)
    const pending = findPendingStart(state.slot)
    const session = pending && (await repeatPending(run, pending))
    if (session) return session
    const tokens = await getBotTokens(run, settings)
    const { instanceToken } = await acquireInstance(run)
    return startWith(run, { settings, builderToken: instanceToken as string }, tokens)
  },

  async look() {
    return null
  },

  async stop(run, session) {
    if (session?.taskId) {
      const { taskId, instanceToken } = session
      await stopTask(run, 'v6', { taskId, builderToken: instanceToken })
    }
    const pending = findPendingStart(run.state.slot)
    const started = pending && (await repeatPending(run, pending))
    if (!started?.taskId) return
    await stopTask(run, 'v6', { taskId: started.taskId, builderToken: started.instanceToken })
  },
}

interface BotTokens {
  botToken: string
  listenerBotToken: string
}

async function getBotTokens(run: Run, settings: TaskSettings): Promise<BotTokens> {
  const [botToken, listenerBotToken] = await Promise.all([
    run.botToken(settings.botUid),
    run.botToken(settings.listenerBotUid as string),
  ])
  return { botToken, listenerBotToken }
}

async function acquireInstance(run: Run): Promise<SttSession> {
  const outcome = await run.request(acquire(run.appId, run.instanceId))
  if (outcome.kind !== 'ok') throw outcome.error
  run.tell('acquired')
  const { builderToken, createdAt } = outcome.answer
  const task = { taskId: null, phase: 'starting', createdAt } as const
  return run.toSession(task, 'started', { builderToken, settings: null })
}

/**
 * Only the start itself, sent again with its own token, tells what became of it and under which id.
 * null: the token is of no use any more.
 */
async function repeatPending(run: Run, pending: PendingStart): Promise<SttSession | null> {
  try {
    return await startWith(run, pending, await getBotTokens(run, pending.settings))
  } catch (error) {
    if (findPendingStart(run.state.slot) || !RequestError.is(error)) throw error
    return null
  }
}

async function startWith(run: Run, pending: PendingStart, tokens: BotTokens): Promise<SttSession> {
  const { channel, instanceId, state } = run
  const call = start(run.appId, { ...pending, ...tokens, channel, instanceId })
  let outcome = await run.request(call)
  for (const waitMs of REPEAT_WAITS_MS) {
    if (outcome.kind !== 'unanswered') break
    if (!findPendingStart(state.slot)) run.tell('unanswered')
    setPendingStart(state, pending)
    await run.sleep(waitMs)
    outcome = await run.request(call)
  }
  if (outcome.kind === 'unanswered') throw outcome.error
  if (outcome.kind === 'refused' && outcome.status === 401) throw outcome.error
  setPendingStart(state, null)
  if (outcome.kind === 'refused') throw outcome.error
  if (outcome.kind === 'conflict' && !outcome.taskId) throw withoutTaskId(outcome.error)
  const task =
    outcome.kind === 'ok'
      ? outcome.answer
      : { taskId: outcome.taskId as string, phase: 'running' as const, createdAt: null }
  run.tell('started', task.taskId)
  return run.toSession(task, 'started', pending)
}

function withoutTaskId({ status, reason }: SttError): ResponseError {
  return new ResponseError(
    'Agora says that the task runs, but not under which id, so it can be neither queried nor stopped from here. It ends when the channel is empty.',
    { status, reason },
  )
}
