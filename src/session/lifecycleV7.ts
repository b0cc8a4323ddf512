import type { CallOutcome } from '../agora/call.js'
import { isAlive, type StartRequest, type SttTask, type TaskSettings } from '../agora/task.js'
import { LIST_STATE, list, start } from '../agora/v7.js'
import { RequestError, type SttError } from '../errors.js'
import { isOfFamily, toNextInstanceId } from './instanceId.js'
import type { Lifecycle } from './lifecycle.js'
import type { Run } from './run.js'
import type { SttSession } from './session.js'
import { queryTask, stopTask } from './taskCalls.js'

/** A task may live 72 h; a day more forgives a wrong clock. */
const LIST_SPAN_MS = 96 * 3_600_000
const MAX_LISTED = 5
/** While a task of the name is stopping, or none can be proved, the same name is tried again after these. */
const CONFLICT_WAITS_MS = [2_000, 4_000, 6_000]

/** One agent a channel, by a name that every client computes alike. */
export const lifecycleV7: Lifecycle = {
  async start(run) {
    const settings = run.settings as TaskSettings
    const botToken = await run.botToken(settings.botUid)
    if (run.hasUnanswered) {
      const found = await lookOnce(run)
      if (found.kind === 'found') return join(run, found.task)
      if (found.kind === 'no_answer') throw found.error
    }
    const request = { channel: run.channel, builderToken: null, settings, botToken }
    return startNamed(run, { ...request, instanceId: run.instanceId, listenerBotToken: null }, true)
  },

  async look(run) {
    const found = await lookOnce(run)
    if (found.kind === 'no_answer') throw found.error
    const task = found.kind === 'found' ? found.task : presumedMine(run, found)
    return task ? join(run, task) : null
  },

  async stop(run, session) {
    if (session?.taskId) await stopTask(run, 'v7', { taskId: session.taskId, builderToken: null })
    if (!run.hasUnanswered) return
    const live = await listLive(run)
    for (const task of live) {
      if (task.taskId === session?.taskId) continue
      const isMine = isOurs(run, task) || (!session && live.length === 1 && task.name === null)
      if (isMine) await stopTask(run, 'v7', { taskId: task.taskId, builderToken: null })
      else run.tell('stranger', task.taskId)
    }
  },
}

type Look =
  | { kind: 'found'; task: SttTask }
  /** Live tasks whose query shows no name. */
  | { kind: 'unnamed'; tasks: SttTask[] }
  | { kind: 'none' }
  | { kind: 'no_answer'; error: SttError }

/** The channel's running tasks that are this page's family; a nameless one only where it stands alone. */
export async function listOwn(run: Run): Promise<SttTask[]> {
  const live = await listState(run, LIST_STATE.running)
  const isAlone = live.length === 1
  return live.filter((task) => isOurs(run, task) || (isAlone && task.name === null))
}

/** Running tasks first, then starting ones, up to the first that is the channel's. */
async function lookOnce(run: Run): Promise<Look> {
  for (const state of [LIST_STATE.running, LIST_STATE.starting]) {
    try {
      const live = await listState(run, state)
      const task = live.find((candidate) => isOurs(run, candidate))
      if (task) return { kind: 'found', task }
      if (live.some(({ name }) => name === null)) {
        return { kind: 'unnamed', tasks: live.filter(({ name }) => name === null) }
      }
      for (const stranger of live) run.tell('stranger', stranger.taskId)
    } catch (error) {
      return { kind: 'no_answer', error: error as SttError }
    }
  }
  return { kind: 'none' }
}

/** A start of this page went unanswered, and one nameless task is there. */
function presumedMine(run: Run, found: Look): SttTask | undefined {
  if (found.kind !== 'unnamed' || !run.hasUnanswered || found.tasks.length > 1) return undefined
  return found.tasks[0]
}

async function listLive(run: Run): Promise<SttTask[]> {
  return [
    ...(await listState(run, LIST_STATE.running)),
    ...(await listState(run, LIST_STATE.starting)),
  ]
}

/** Lists the channel's live tasks of one state, each with its name where the service shows it. */
async function listState(run: Run, state: '1' | '2'): Promise<SttTask[]> {
  const listed = await listPage(run, state)
  const live: SttTask[] = []
  for (const { taskId } of listed.tasks.slice(0, MAX_LISTED)) {
    const task = await queryTask(run, 'v7', { taskId, builderToken: null })
    if (task && isAlive(task)) live.push(task)
  }
  return live
}

async function listPage(run: Run, state: '1' | '2' | '4' | '6', cursor: string | null = null) {
  const { channel, now } = run
  const outcome = await run.request(
    list(run.appId, { channel, state, since: now - LIST_SPAN_MS, cursor }),
  )
  if (outcome.kind === 'ok') return outcome.answer
  throw outcome.error
}

const isOurs = (run: Run, task: SttTask) =>
  task.name !== null && isOfFamily(task.name, run.instanceId)

function join(run: Run, task: SttTask): SttSession {
  run.tell('joined', task.taskId)
  return run.toSession(task, 'joined')
}

async function startNamed(
  run: Run,
  request: StartRequest,
  mayRename: boolean,
): Promise<SttSession> {
  const waitsMs = [...CONFLICT_WAITS_MS]
  let conflicts = 0
  let hasLooked = false
  for (;;) {
    const outcome = await run.request(start(run.appId, request))
    if (outcome.kind === 'ok') {
      run.tell('started', outcome.answer.taskId)
      return run.toSession(outcome.answer, 'started', request)
    }
    if (outcome.kind === 'refused') throw outcome.error
    if (outcome.kind === 'unanswered') {
      const found = await lookAfterUnanswered(run, outcome.error)
      if (found.kind === 'found') return join(run, found.task)
      if (found.kind !== 'unnamed' || hasLooked) throw outcome.error
      hasLooked = true
      continue
    }
    conflicts += 1
    const existing = await findConflicting(run, outcome.taskId)
    if (existing && isAlive(existing)) return join(run, existing)
    if (existing?.phase === 'ended') {
      if (conflicts === 1) continue
      return afterSpentName(run, request, outcome, existing, mayRename)
    }
    const waitMs = waitsMs.shift()
    if (waitMs === undefined) return afterSpentName(run, request, outcome, null, mayRename)
    await run.sleep(waitMs)
  }
}

async function lookAfterUnanswered(run: Run, error: SttError): Promise<Look> {
  run.noteUnanswered()
  const found = await lookOnce(run)
  if (found.kind === 'no_answer' || found.kind === 'none') throw error
  return found
}

/** The task that stands in the way, where it can be proved to be of this name. */
async function findConflicting(run: Run, taskId: string | null): Promise<SttTask | null> {
  if (taskId !== null) return queryTask(run, 'v7', { taskId, builderToken: null })
  const found = await lookOnce(run)
  if (found.kind === 'no_answer') throw found.error
  return found.kind === 'found' ? found.task : null
}

/** The name stays taken though no live task of it can be proved. */
async function afterSpentName(
  run: Run,
  request: StartRequest,
  { error }: Extract<CallOutcome<never>, { kind: 'conflict' }>,
  ended: SttTask | null,
  mayRename: boolean,
): Promise<SttSession> {
  const candidates = (await listLive(run)).filter((task) => task.name === null || isOurs(run, task))
  const [only, ...others] = candidates
  if (only && others.length === 0) return join(run, only)
  const newest = only ? null : ((await findNewestEnded(run)) ?? ended)
  if (!newest || !mayRename) {
    throw new RequestError(
      'request_rejected',
      `The service says that a task named ${request.instanceId} exists, but ${only ? `${candidates.length} unnamed tasks run in the channel` : 'none is to be found'}. Wait until it has ended, then try again.`,
      { status: error.status, reason: error.reason },
    )
  }
  const instanceId = toNextInstanceId(run.instanceId, newest.taskId)
  run.tell('renamed', newest.taskId)
  return startNamed(run, { ...request, instanceId }, false)
}

const MAX_ENDED_PAGES = 5

/** By start, then id, so that every client that asks names the same. */
async function findNewestEnded(run: Run): Promise<SttTask | null> {
  const ended: SttTask[] = []
  for (const state of [LIST_STATE.stopped, LIST_STATE.failed]) {
    let cursor: string | null = null
    for (let page = 0; page < MAX_ENDED_PAGES; page++) {
      const listed = await listPage(run, state, cursor)
      ended.push(...listed.tasks)
      cursor = listed.cursor
      if (cursor === null) break
    }
  }
  ended.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0) || (a.taskId < b.taskId ? 1 : -1))
  return ended[0] ?? null
}
