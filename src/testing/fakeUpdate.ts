import type { FakeCall } from './fakeGateway.js'
import { asObject, type BodyProblem, checkTaskBody, type JsonObject } from './fakeTaskBody.js'
import type { TaskRecord } from './fakeTasks.js'

/** "at least 5 s after start and at least 5 s between updates" */
const MIN_UPDATE_INTERVAL_MS = 5000

const UPDATABLE: ReadonlySet<string> = new Set([
  'languages',
  'uidLanguagesConfig',
  'rtcConfig.subscribeAudioUids',
  'translateConfig.enable',
  'translateConfig.languages',
])

/** Changes a live task as the query parameters and the body of an update say; null when done. */
export function updateTask(record: TaskRecord, call: FakeCall): BodyProblem | null {
  const { query, at } = call
  const sequence = query.get('sequenceId')
  const updateMask = (query.get('updateMask') ?? '').split(',').filter((path) => path !== '')
  const previous = record.updates.at(-1)

  if (sequence === null) return missing('sequenceId')
  if (!/^\d+$/.test(sequence)) return refused('sequenceId must be an integer of at least 0')
  const sequenceId = Number(sequence)
  if (previous !== undefined && sequenceId <= previous.sequenceId) {
    return refused('sequenceId must be larger than in the previous update')
  }
  if (updateMask.length === 0) return missing('updateMask')
  if (at - (previous?.at ?? record.startedAt) < MIN_UPDATE_INTERVAL_MS) {
    return refused('update must come at least 5 s after the start and the previous update')
  }

  let body = record.body
  for (const path of updateMask) {
    const isUpdatable = UPDATABLE.has(path) || (path === 'keywords' && record.api === 'v7')
    if (!isUpdatable) return refused(`updateMask cannot hold ${path}`)
    const value = valueAt(call.body, path)
    if (value === undefined) return missing(path)
    body = withValue(body, path, value)
  }
  if (updateMask.includes('rtcConfig.subscribeAudioUids')) {
    body = withValue(body, 'rtcConfig.unSubscribeAudioUids', undefined)
  }
  const problem = checkTaskBody(record.api, body)
  if (problem !== null) return problem

  record.body = body
  record.updates = [...record.updates, { at, sequenceId, updateMask }]
  return null
}

function missing(field: string): BodyProblem {
  return { isMissing: true, text: `${field} is required` }
}

function refused(text: string): BodyProblem {
  return { isMissing: false, text }
}

function valueAt(body: unknown, path: string): unknown {
  return path.split('.').reduce((value: unknown, key) => asObject(value)[key], body)
}

function withValue(body: JsonObject, path: string, value: unknown): JsonObject {
  const [key = '', inner] = path.split('.')
  return {
    ...body,
    [key]: inner === undefined ? value : { ...asObject(body[key]), [inner]: value },
  }
}
