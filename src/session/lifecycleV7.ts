import type { SttCall } from '../agora/call.js'
import { isAlive, type LiveTask, type SttTask, type TaskSettings } from '../agora/task.js'
import { list, start, type TaskPage, type TaskState } from '../agora/v7.js'
import { RequestError, type SttError } from '../errors.js'
import { isOfFamily, toNextInstanceId } from './instanceId.js'
import type { Lifecycle } from './lifecycle.js'
import type { Operation } from './operation.js'
import type { SttSession } from './session.js'
import { queryLive, queryTask, stopTask } from './taskCalls.js'
import { toResolved } from './transcription.js'
import { watchStart } from './watchStart.js'

/** A task may live 72 h; a day more forgives a wrong clock. */
const LIST_SPAN_MS = 96 * 3_600_000
const MAX_PAGES = 5
/** While a task of the name is stopping, or none can be proved, the same name is tried again after these. */
const CONFLICT_WAITS_MS = [2_000, 4_000, 6_000]
/** How long a list may not show a task yet. */
const LAG_WAITS_MS = [0, 2_000, 4_000]

/** One agent a channel, by a name that every client computes alike. */
export const lifecycleV7: Lifecycle = {
  prepare: (operation) => operation.botToken(operation.settings?.botUid),

  async start(operation, mustLook) {
    const [found] = mustLook ? (await look(operation)).own : []
    if (!found) return startNamed(operation, operation.instanceId)
    // A stop of it may still be on its way.
    if (operation.register.reach === 'devices') watchStart(operation, true)
    return operation.toSession('joined', found)
  },

  async look(operation) {
    const [found] = (await look(operation)).own
    return found ? operation.toSession('joined', found) : null
  },

  async confirm(operation, { taskId = '' }) {
    const task = await queryLive(operation, taskId)
    return task !== null && isOwn(operation, task)
  },

  async stop(operation, { taskId }, wasStarting) {
    const { session, slot, register, claim } = operation
    const isOpen = wasStarting || operation.hasUnanswered
    const known = new Set([session?.taskId, taskId].filter((id) => typeof id === 'string'))
    const unproven = new Set(known)
    const proven = slot.provenTaskId as string
    const isProven = unproven.delete(proven)
    if (isProven) await stopTask(operation, proven)
    if (!isOpen && unproven.size === 0 && !(claim && register.reach === 'devices')) return
    const live = await listLive(operation, 'running', 'starting')
    const isAlone = !isProven && live.own.length === 0
    for (const { taskId: id } of live.own) {
      unproven.delete(id)
      // Without a claim of one's own, what a claim names is everybody's.
      const isOthers = !claim && id === register.known?.value.taskId
      if (id !== proven && !isOthers) await stopTask(operation, id)
    }
    const strange = live.unnamed.filter(({ taskId: id }) => !known.has(id))
    const found = isOpen && strange.length > 0 ? await prove(operation, strange) : null
    if (found && !known.has(found)) await stopTask(operation, found)
    for (const { taskId: id } of live.unnamed) {
      if (unproven.delete(id)) await stopTask(operation, id)
    }
    for (const id of unproven) await stopUnlisted(operation, id, isAlone)
  },
}

/** A claim names a task that the channel's list does not show as its own. */
async function stopUnlisted(operation: Operation, taskId: string, isAlone: boolean): Promise<void> {
  const task = await queryLive(operation, taskId)
  if (!task) return
  if (await isOwn(operation, task)) return stopTask(operation, taskId)
  // Only who asked for just this task's end has to know; whoever goes on to start does so.
  if (operation.kind !== 'disable' || !isAlone) return
  throw new RequestError('not_found', `No such task in this channel: ${taskId}.`)
}

/**
 * Whether a live task that a claim names is this channel's. Another channel's may bear a name of the family, or show none:
 * then only the channel's list tells, which may lag behind.
 */
export async function isOwn(operation: Operation, { taskId, name, phase }: LiveTask) {
  const { slot, instanceId } = operation
  let isProven = slot.provenTaskId === taskId || name === instanceId
  const isListable = !isProven && isOfFamily(name ?? instanceId, instanceId)
  for (const waitMs of isListable ? LAG_WAITS_MS : []) {
    await operation.sleep(waitMs)
    // What was starting a moment ago runs by now.
    const listed = await listTasks(operation, [phase, 'running'], 1)
    isProven = listed.some((task) => task.taskId === taskId)
    if (isProven) break
  }
  if (isProven) slot.provenTaskId = taskId
  else operation.tell('stranger', { taskId })
  return isProven
}

/** A channel's live tasks: of this page's family by name, and those whose query shows no name. */
interface LiveTasks {
  own: SttTask[]
  unnamed: SttTask[]
}

/** The channel's running tasks, as far as their names tell, oldest first. */
export async function listOwn(operation: Operation): Promise<SttTask[]> {
  return inOrder((await listLive(operation, 'running')).own)
}

/** Every client that asks sees the same order. */
const inOrder = (tasks: SttTask[]) => {
  const rank = ({ createdAt, taskId }: SttTask) => String(createdAt).padStart(16) + taskId
  return tasks.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}

/** Running tasks first, then starting ones, up to the first that may be the channel's. */
async function look(operation: Operation): Promise<LiveTasks> {
  const running = await listLive(operation, 'running')
  return running.own.length + running.unnamed.length > 0 ? running : listLive(operation, 'starting')
}

async function listLive(operation: Operation, ...states: TaskState[]): Promise<LiveTasks> {
  const live: LiveTasks = { own: [], unnamed: [] }
  for (const { taskId } of await listTasks(operation, states, 1)) {
    const task = await queryLive(operation, taskId)
    if (!task) continue
    if (task.name === null) {
      live.unnamed.push(task)
      operation.sawUnnamed = true
    } else if (isOfFamily(task.name, operation.instanceId)) live.own.push(task)
    else operation.tell('stranger', { taskId })
  }
  return live
}

async function listTasks(
  operation: Operation,
  states: TaskState[],
  maxPages: number,
): Promise<SttTask[]> {
  const { context, channel } = operation
  const since = context.now() - LIST_SPAN_MS
  const tasks: SttTask[] = []
  for (const state of states) {
    let cursor: string | null | undefined
    for (let page = 0; page < maxPages && cursor !== null; page++) {
      const call = list(context.appId, { channel, state, since, cursor })
      const listed: TaskPage = await operation.ask(call)
      tasks.push(...listed.tasks)
      cursor = listed.cursor
    }
  }
  return tasks
}

/**
 * Which nameless task is the channel's: the same start once more is refused by a live one of its name. Where there is none
 * it starts one, for whoever asks to stop.
 */
async function prove(
  operation: Operation,
  unnamed: SttTask[],
  instanceId = operation.instanceId,
): Promise<string | undefined> {
  const outcome = await operation.request(await toStart(operation, instanceId))
  if (!outcome.error) return outcome.answer.taskId
  const { kind, error, taskId } = outcome
  if (kind === 'unanswered') watchStart(operation, false)
  if (kind !== 'conflict') throw error
  const task = taskId
    ? await queryTask(operation, taskId)
    : presumeOwn(unnamed, await findNewestEnded(operation))
  if (!taskId && !task) throw error
  if (task?.phase === 'ended' && instanceId === operation.instanceId) {
    const { taskId: endedId } = (await findNewestEnded(operation)) ?? task
    return prove(operation, unnamed, toNextInstanceId(instanceId, endedId))
  }
  return task && isAlive(task) ? task.taskId : undefined
}

/** A name that is taken, though nobody says by which task: by the only live one, unless it may be that of an ended one. */
const presumeOwn = ([only, ...others]: SttTask[], ended: SttTask | undefined) =>
  ended || others.length > 0 ? undefined : only

async function toStart(operation: Operation, instanceId: string): Promise<SttCall<SttTask>> {
  const { channel, context, settings } = operation
  const botToken = await operation.botToken(settings?.botUid)
  return start(context.appId, {
    channel,
    instanceId,
    settings: settings as TaskSettings,
    botToken,
  })
}

async function startNamed(operation: Operation, instanceId: string): Promise<SttSession> {
  const call = await toStart(operation, instanceId)
  const waitsMs = [...CONFLICT_WAITS_MS]
  let wasEnded = false
  let wasUnnamed = false
  for (;;) {
    const outcome = await operation.request(call)
    if (!outcome.error) {
      if (operation.register.reach === 'devices') watchStart(operation, true)
      return operation.toSession('started', outcome.answer, {
        transcription: toResolved(operation.settings as TaskSettings),
      })
    }
    const { kind, error, taskId } = outcome
    if (kind === 'refused') throw error
    if (kind === 'unanswered') {
      watchStart(operation, false)
      const { own, unnamed } = await look(operation).catch(() => ({ own: [], unnamed: [] }))
      if (own[0]) return operation.toSession('joined', own[0])
      if (unnamed.length === 0 || wasUnnamed) throw error
      // Only the same name once more can prove whose the nameless task is.
      wasUnnamed = true
      continue
    }
    const existing = taskId ? await queryTask(operation, taskId) : (await look(operation)).own[0]
    if (existing && isAlive(existing)) return operation.toSession('joined', existing)
    const isEnded = existing?.phase === 'ended'
    const waitMs = isEnded ? 0 : waitsMs.shift()
    if (waitMs === undefined || (isEnded && wasEnded)) {
      return afterSpentName(operation, instanceId, error, existing)
    }
    wasEnded = isEnded
    await operation.sleep(waitMs)
  }
}

/** The name stays taken though no live task of it can be proved. */
async function afterSpentName(
  operation: Operation,
  instanceId: string,
  error: SttError,
  existing: SttTask | null | undefined,
): Promise<SttSession> {
  const { own, unnamed } = await listLive(operation, 'running', 'starting')
  const newest = await findNewestEnded(operation)
  const found = presumeOwn(own, undefined) ?? presumeOwn([...own, ...unnamed], newest)
  if (found) return operation.toSession('joined', found)
  // Where the name's last task is known to have ended, a nameless one is somebody else's.
  const isSpent = own.length === 0 && (existing?.phase === 'ended' || unnamed.length === 0)
  const ended = isSpent ? (newest ?? existing) : null
  if (!ended || instanceId !== operation.instanceId) {
    throw new RequestError(
      'request_rejected',
      `Agora says that a task named ${instanceId} exists, but not which. Try again when it has ended.`,
      error,
    )
  }
  operation.tell('renamed', { taskId: ended.taskId })
  return startNamed(operation, toNextInstanceId(instanceId, ended.taskId))
}

async function findNewestEnded(operation: Operation): Promise<SttTask | undefined> {
  return inOrder(await listTasks(operation, ['stopped', 'failed'], MAX_PAGES)).pop()
}
