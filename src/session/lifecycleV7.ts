import { isAlive, type SttTask, type TaskSettings } from '../agora/task.js'
import { LIST_STATE, list, start } from '../agora/v7.js'
import { RequestError, type SttError } from '../errors.js'
import { isOfFamily, toNextInstanceId } from './instanceId.js'
import type { Lifecycle } from './lifecycle.js'
import type { Run } from './run.js'
import type { SttSession } from './session.js'
import { queryTask, stopTask } from './taskCalls.js'
import { watchUnanswered } from './watchUnanswered.js'

/** A task may live 72 h; a day more forgives a wrong clock. */
const LIST_SPAN_MS = 96 * 3_600_000
const MAX_PAGES = 5
/** While a task of the name is stopping, or none can be proved, the same name is tried again after these. */
const CONFLICT_WAITS_MS = [2_000, 4_000, 6_000]

/** One agent a channel, by a name that every client computes alike. */
export const lifecycleV7: Lifecycle = {
  async start(run) {
    const settings = run.settings as TaskSettings
    const botToken = await run.botToken(settings.botUid)
    const found = run.hasUnanswered ? (await look(run)).found : undefined
    return found ? join(run, found) : startNamed(run, botToken, run.instanceId)
  },

  async look(run) {
    const { found, unnamed } = await look(run)
    const presumed = run.hasUnanswered && unnamed.length === 1 ? unnamed[0] : undefined
    const task = found ?? presumed
    return task ? join(run, task) : null
  },

  async stop(run, session) {
    if (session?.taskId) await stop(run, session.taskId)
    if (!run.hasUnanswered) return
    const live = await listLive(run, LIST_STATE.running, LIST_STATE.starting)
    for (const task of live) {
      if (task.taskId === session?.taskId) continue
      if (isOurs(run, task) || (!session && isAlone(task, live))) await stop(run, task.taskId)
      else run.tell('stranger', task.taskId)
    }
  },
}

const stop = (run: Run, taskId: string) => stopTask(run, 'v7', { taskId, builderToken: null })

const isOurs = ({ instanceId }: Run, { name }: SttTask) =>
  name !== null && isOfFamily(name, instanceId)

const isAlone = ({ name }: SttTask, { length }: readonly SttTask[]) => name === null && length === 1

function join(run: Run, task: SttTask): SttSession {
  run.tell('joined', task.taskId)
  return run.toSession(task, 'joined')
}

/** The channel's running tasks that are this page's family; a nameless one only where it stands alone. */
export async function listOwn(run: Run): Promise<SttTask[]> {
  const live = await listLive(run, LIST_STATE.running)
  return live.filter((task) => isOurs(run, task) || isAlone(task, live))
}

/** Running tasks first, then starting ones, up to the first that may be the channel's. */
async function look(run: Run): Promise<{ found?: SttTask | undefined; unnamed: SttTask[] }> {
  for (const state of [LIST_STATE.running, LIST_STATE.starting]) {
    const live = await listLive(run, state)
    const found = live.find((task) => isOurs(run, task))
    const unnamed = live.filter(({ name }) => name === null)
    if (found || unnamed.length > 0) return { found, unnamed }
    for (const { taskId } of live) run.tell('stranger', taskId)
  }
  return { unnamed: [] }
}

/** The channel's live tasks, each with its name where the service shows it. */
async function listLive(run: Run, ...states: (typeof LIST_STATE)['running' | 'starting'][]) {
  const live: SttTask[] = []
  for (const state of states) {
    const [page = []] = await listPages(run, state, 1)
    for (const { taskId } of page) {
      const task = await queryTask(run, 'v7', { taskId, builderToken: null })
      if (task && isAlive(task)) live.push(task)
    }
  }
  return live
}

async function listPages(
  run: Run,
  state: (typeof LIST_STATE)[keyof typeof LIST_STATE],
  maxPages: number,
): Promise<(readonly SttTask[])[]> {
  const { appId, channel, context } = run
  const since = context.environment.now() - LIST_SPAN_MS
  const pages: (readonly SttTask[])[] = []
  let cursor: string | null = null
  do {
    const outcome: Awaited<ReturnType<typeof requestPage>> = await requestPage(cursor)
    if (outcome.kind !== 'ok') throw outcome.error
    pages.push(outcome.answer.tasks)
    cursor = outcome.answer.cursor
  } while (cursor !== null && pages.length < maxPages)
  return pages

  function requestPage(from: string | null) {
    return run.request(list(appId, { channel, state, since, cursor: from }))
  }
}

async function startNamed(run: Run, botToken: string, instanceId: string): Promise<SttSession> {
  const { appId, channel } = run
  const settings = run.settings as TaskSettings
  const request = {
    channel,
    instanceId,
    settings,
    botToken,
    builderToken: null,
    listenerBotToken: null,
  }
  const waitsMs = [...CONFLICT_WAITS_MS]
  let conflicts = 0
  let hasLooked = false
  for (;;) {
    const outcome = await run.request(start(appId, request))
    if (outcome.kind === 'ok') {
      run.tell('started', outcome.answer.taskId)
      return run.toSession(outcome.answer, 'started', request)
    }
    const { kind, error, taskId } = outcome
    if (kind === 'refused') throw error
    if (kind === 'unanswered') {
      watchUnanswered(run)
      const { found, unnamed } = await look(run).catch(() => ({ found: undefined, unnamed: [] }))
      if (found) return join(run, found)
      if (unnamed.length === 0 || hasLooked) throw error
      // Only the same name once more can prove whose the nameless task is.
      hasLooked = true
      continue
    }
    conflicts += 1
    const existing = taskId
      ? await queryTask(run, 'v7', { taskId, builderToken: null })
      : (await look(run)).found
    if (existing && isAlive(existing)) return join(run, existing)
    if (existing?.phase === 'ended') {
      if (conflicts === 1) continue
      return afterSpentName(run, botToken, instanceId, error, existing)
    }
    const waitMs = waitsMs.shift()
    if (waitMs === undefined) return afterSpentName(run, botToken, instanceId, error)
    await run.sleep(waitMs)
  }
}

/** The name stays taken though no live task of it can be proved. */
async function afterSpentName(
  run: Run,
  botToken: string,
  instanceId: string,
  error: SttError,
  ended?: SttTask,
): Promise<SttSession> {
  const live = await listLive(run, LIST_STATE.running, LIST_STATE.starting)
  const [only, ...others] = live.filter((task) => task.name === null || isOurs(run, task))
  if (only && others.length === 0) return join(run, only)
  const newest = only ? undefined : ((await findNewestEnded(run)) ?? ended)
  if (!newest || instanceId !== run.instanceId) {
    throw new RequestError(
      'request_rejected',
      `The service says that a task named ${instanceId} exists, but which of the channel's tasks it is cannot be told. Wait until they have ended, then try again.`,
      error,
    )
  }
  run.tell('renamed', newest.taskId)
  return startNamed(run, botToken, toNextInstanceId(run.instanceId, newest.taskId))
}

/** By start, then id, so that every client that asks names the same. */
async function findNewestEnded(run: Run): Promise<SttTask | undefined> {
  const pages = [
    ...(await listPages(run, LIST_STATE.stopped, MAX_PAGES)),
    ...(await listPages(run, LIST_STATE.failed, MAX_PAGES)),
  ]
  const rank = ({ createdAt, taskId }: SttTask) => [String(createdAt).padStart(16), taskId].join()
  return pages.flat().sort((a, b) => (rank(a) < rank(b) ? 1 : -1))[0]
}
