import type { FakeCall } from './fakeGateway.js'
import type { BodyProblem } from './fakeTaskBody.js'
import type { FakeTaskStatus, FakeTasks, TaskRecord } from './fakeTasks.js'

const STATES: Readonly<Record<string, FakeTaskStatus | 'IDLE'>> = {
  '0': 'IDLE',
  '1': 'STARTING',
  '2': 'RUNNING',
  '3': 'STOPPING',
  '4': 'STOPPED',
  '5': 'RECOVERING',
  '6': 'FAILED',
}
const DEFAULT_STATE = '2'
const DEFAULT_LIMIT = 20
const DAY_SECONDS = 86_400

/** The answer to `GET agents`, newest agent first, as it was `lagMs` ago. */
export function listAgents(tasks: FakeTasks, { at, query }: FakeCall, lagMs: number) {
  const nowTs = Math.floor(at / 1000)
  const state = STATES[query.get('state') ?? DEFAULT_STATE]
  const limit = wholeNumber(query.get('limit'), DEFAULT_LIMIT)
  const fromTs = wholeNumber(query.get('from_time'), nowTs - DAY_SECONDS)
  const toTs = wholeNumber(query.get('to_time'), nowTs)
  if (state === undefined) return refused('state must be one of 0 to 6')
  if (limit === null || limit < 1) return refused('limit must be an integer of at least 1')
  if (fromTs === null || toTs === null) return refused('from_time and to_time must be Unix seconds')

  const seenAt = at - lagMs
  const channel = query.get('channel')
  const isListed = (record: TaskRecord) => {
    const startTs = startTsOf(record)
    return (
      record.startedAt <= seenAt &&
      tasks.statusOf(record, seenAt) === state &&
      (channel === null || record.channel === channel) &&
      startTs >= fromTs &&
      startTs <= toTs
    )
  }

  const all = tasks.all('v7').toReversed()
  const cursor = query.get('cursor') ?? ''
  // Among all agents, because the one a page ended with may have changed its state since.
  const last = all.findIndex((record) => record.taskId === cursor)
  if (cursor !== '' && last === -1) return refused('cursor is no agent_id')
  const rest = all.slice(last + 1).filter(isListed)
  const list = rest.slice(0, limit).map((record) => ({
    start_ts: startTsOf(record),
    status: tasks.statusOf(record, seenAt),
    agent_id: record.taskId,
  }))
  const next = rest.length > list.length ? list.at(-1)?.agent_id : undefined
  return {
    page: {
      data: { count: list.length, list },
      meta: { cursor: next ?? '', total: all.filter(isListed).length },
      status: 'ok',
    },
  }
}

function startTsOf(record: TaskRecord): number {
  return Math.floor(record.startedAt / 1000)
}

function wholeNumber(text: string | null, otherwise: number): number | null {
  if (text === null) return otherwise
  return /^\d+$/.test(text) ? Number(text) : null
}

function refused(text: string): { problem: BodyProblem } {
  return { problem: { isMissing: false, text } }
}
