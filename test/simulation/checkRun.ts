import type { FakeTask } from 'react-realtime-stt/testing'
import type { Call, Run } from './playRun.js'
import type { World } from './world.js'

const PENDING_MS = 120_000
/** Long enough for a stop that is under way when the other one is carried out. */
const BOTH_STOPPED_MS = 30_000
const WINNER_MS = 10_000
/** Whether the winner lives is asked before; an answer that does not come is waited for. */
const ANSWER_MS = 12_000
const NEW_START_MS = 120_000

/** What must hold when everything has come to rest. */
export async function checkRest(run: Run): Promise<string[]> {
  const { world, strategy, cell } = run
  if (strategy.reach === 'page') {
    // Such a page learns what others did by asking, and may finish what it left: then the others ask again.
    await Promise.allSettled(await refreshAll(run))
    await Promise.allSettled(await refreshAll(run))
  }
  const found: string[] = []
  for (const call of run.calls) {
    const dueAt = Math.max(call.calledAt, world.lastFaultAt) + PENDING_MS
    const isLate = (call.settledAt ?? Number.POSITIVE_INFINITY) > dueAt
    if (isLate && call.page.isAlive) {
      found.push(`pending: ${call.kind}() of ${call.page.name} at ${call.calledAt} ms`)
    }
  }
  const live = world.liveTasks()
  const isDevices = strategy.reach === 'devices'
  if (live.length > 1 && isDevices && (cell.dedup === 'atomic' || cell.fault === 'none')) {
    found.push(`two live: ${live.map(({ taskId }) => taskId).join(', ')} at the end`)
  }
  found.push(...checkShown(run, live), ...checkStranger(run), ...checkBothStopped(run))
  if (isDevices) found.push(...checkWinner(run))
  return found
}

/** Whatever happened before: who enables now gets there, who disables then ends it, everywhere the store reaches. */
export async function checkNewStart(run: Run): Promise<string[]> {
  const { world, scenario, cell, strategy } = run
  const { living } = run
  const one = living[world.seed % Math.max(1, living.length)]
  // What cannot be told from a stranger's may be refused.
  if (!one || scenario.hasStranger || cell.names === 'hidden') return []
  const told = strategy.reach === 'page' ? [one] : living
  const found: string[] = []

  const enabling = run.call(one.page, one.device, 'enable')
  await world.time.advance(NEW_START_MS)
  const ids = world.liveTasks().map(({ taskId }) => taskId)
  if (!enabling.isFulfilled) found.push(`new start: enable() of ${one.page.name} fails`)
  for (const { page, device } of told) {
    const { status, taskId } = device.shown()
    if (status !== 'enabled' || !taskId || !ids.includes(taskId)) {
      found.push(`new start: ${page.name} shows ${status} ${taskId}, live are ${ids.join(', ')}`)
    }
  }

  const disabling = run.call(one.page, one.device, 'disable')
  await world.time.advance(NEW_START_MS)
  const left = world.liveTasks()
  if (!disabling.isFulfilled) found.push(`new stop: disable() of ${one.page.name} fails`)
  if (left.length > 0 && strategy.reach !== 'page') {
    found.push(`new stop: ${left.map(({ taskId }) => taskId).join(', ')} still lives`)
  }
  for (const { page, device } of told) {
    const { status } = device.shown()
    if (status !== 'disabled') found.push(`new stop: ${page.name} shows ${status}`)
  }
  return found
}

async function refreshAll({ living, world }: Run): Promise<Promise<unknown>[]> {
  const refreshing = living.map(({ device }) => device.refresh?.())
  await world.time.advance(60_000)
  return refreshing.filter((promise) => promise !== undefined)
}

function checkShown(run: Run, live: readonly FakeTask[]): string[] {
  const { living, world } = run
  const shown = living.map(({ page, device }) => ({ page, ...device.shown() }))
  const found: string[] = []
  for (const { page, status, taskId } of shown) {
    if (status !== 'enabled' && status !== 'disabled') {
      found.push(`shown: ${page.name} shows ${status} at the end`)
    }
    const isLive = live.some((task) => task.taskId === taskId) || taskId === world.strangerId
    if (status === 'enabled' && !isLive) {
      found.push(`shown: ${page.name} shows enabled, its task ${taskId} does not live`)
    }
  }
  // The task of a page that crashed with its request on the way can be nobody's.
  const ofLiving = live.filter(({ taskId }) =>
    living.some(({ page }) => page.name === world.starters.get(taskId)),
  )
  if (ofLiving.length > 0 && isTellable(run) && !shown.some(({ status }) => status === 'enabled')) {
    found.push(`shown: nobody shows enabled, ${ofLiving[0]?.taskId} lives`)
  }
  return found
}

/**
 * Whether it can be known whose a task is: where queries hide names, only the refusal of a second start tells, by the id
 * that it names. A service that refuses none, or names no id, leaves nothing to go by.
 */
const isTellable = ({ cell, scenario }: Run) =>
  cell.names === 'shown' || (cell.dedup === 'atomic' && scenario.service.conflictBody !== 'none')

function checkStranger({ world }: Run): string[] {
  const { strangerId } = world
  if (!strangerId) return []
  const isAlive = world.agora.liveTasks(world.channel).some(({ taskId }) => taskId === strangerId)
  return isAlive ? [] : [`stranger: its task ${strangerId} was stopped`]
}

/** Two rules may each stop one of two; together they would leave none, though nobody disabled. */
function checkBothStopped(run: Run): string[] {
  const { world, calls, cell, scenario } = run
  const begunAt = world.time.now - world.time.elapsed()
  const ended = world.tasks().filter(({ endedAt }) => endedAt !== null)
  const found: string[] = []
  for (const [index, a] of ended.entries()) {
    for (const b of ended.slice(index + 1)) {
      const aEnd = a.endedAt as number
      const bEnd = b.endedAt as number
      const from = Math.min(a.startedAt, b.startedAt) - begunAt
      const to = Math.max(aEnd, bEnd) - begunAt
      const lived = Math.max(a.startedAt, b.startedAt) < Math.min(aEnd, bEnd)
      if (!lived || Math.abs(aEnd - bEnd) > BOTH_STOPPED_MS) continue
      if (isDuring(calls, from, to) || isLeftStopping(world, from, to)) continue
      if (isSweep(run, a.taskId, b.taskId)) continue
      const { fromMs, toMs } = scenario.outage
      const isDown = (cell.fault === 'outage' || cell.fault === 'all') && from < toMs && to > fromMs
      const isOther = world
        .tasks()
        .some((task) => task.startedAt <= begunAt + to && (task.endedAt ?? Infinity) > begunAt + to)
      if (!isDown && !isOther) found.push(`both stopped: ${a.taskId} and ${b.taskId}`)
    }
  }
  return found
}

/** Whether some `disable()` was at work. */
function isDuring(calls: readonly Call[], from: number, to: number): boolean {
  return calls.some(
    ({ kind, calledAt, settledAt }) =>
      kind === 'disable' && calledAt <= to && (settledAt ?? Number.POSITIVE_INFINITY) >= from,
  )
}

/** Whether a page that wanted nothing to run any more stopped both, as what a start of its own may have left. */
function isSweep({ world, calls }: Run, a: string, b: string): boolean {
  const [one, other] = [a, b].map((id) => world.stops.find(({ taskId }) => taskId === id))
  if (!one || one.page !== other?.page) return false
  const before = calls.filter(({ page, calledAt }) => page.name === one.page && calledAt < one.at)
  return before.at(-1)?.kind === 'disable'
}

/** Whether a `disable()` that got no answer was still to be finished. */
function isLeftStopping({ claims }: World, from: number, to: number): boolean {
  const inOrder = claims.toSorted((a, b) => a.at - b.at)
  return inOrder.some(
    ({ at, state }, index) =>
      state === 'stopping' &&
      at <= to &&
      (inOrder[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= from,
  )
}

/** Where the claim names another live task, a starter that had its answer sends the stop of its own. */
function checkWinner({ world, living, cell }: Run): string[] {
  const limitMs = WINNER_MS + (['lost', 'late', 'all'].includes(cell.fault) ? ANSWER_MS : 0)
  const begunAt = world.time.now - world.time.elapsed()
  const found: string[] = []
  const claims = world.claims.toSorted((a, b) => a.at - b.at)
  for (const { taskId, endedAt } of world.tasks()) {
    const answeredAt = world.answeredAt.get(taskId)
    const starter = living.find(({ page }) => page.name === world.starters.get(taskId))
    if (answeredAt === undefined || !starter) continue
    for (const [index, claim] of claims.entries()) {
      if (claim.state !== 'running' || !claim.taskId || claim.taskId === taskId) continue
      // Whoever Signaling is out of reach for learns of the winner afterwards.
      let since = Math.max(claim.at, answeredAt)
      for (const { fromMs, toMs } of starter.page.outages) {
        if (fromMs - limitMs <= since && since < toMs) since = toMs
      }
      const winner = world.tasks().find((task) => task.taskId === claim.taskId)
      const until = Math.min(
        claims[index + 1]?.at ?? Number.POSITIVE_INFINITY,
        (winner?.endedAt ?? Number.POSITIVE_INFINITY) - begunAt,
        world.time.elapsed(),
      )
      const stopSentAt = world.stopsSent.get(taskId) ?? Number.POSITIVE_INFINITY
      const goneAt = Math.min(stopSentAt, (endedAt ?? Number.POSITIVE_INFINITY) - begunAt)
      if (Math.min(until, goneAt) - since > limitMs) {
        found.push(
          `winner: ${taskId} lives on, the claim names ${claim.taskId} since ${claim.at} ms`,
        )
      }
    }
  }
  return found
}
