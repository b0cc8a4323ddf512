import type { FakeAnswer, FakeCall, FakeGeneration } from './fakeGateway.js'
import type { FakeRandom } from './fakeRandom.js'
import { asObject, checkTaskBody } from './fakeTaskBody.js'
import type { FakeTasks, TaskRecord } from './fakeTasks.js'
import { updateTask } from './fakeUpdate.js'

const BASE = '*/v1/projects/:appId/rtsc/speech-to-text'
const INSTANCE_ID = /^[A-Za-z0-9_-]{1,64}$/
const START_WINDOW_MS = 300_000

/** What the service remembers of a builder token. */
interface BuilderToken {
  instanceId: string
  acquiredAt: number
  taskId: string | null
}

/** The builder tokens acquired so far, by `tokenName`. */
export type BuilderTokens = Map<string, BuilderToken>

/** The v6 REST API. The vendor does not promise that it de-duplicates by `instanceId`, and this one does not. */
export function fakeV6(
  tasks: FakeTasks,
  builderTokens: BuilderTokens,
  random: FakeRandom,
): FakeGeneration {
  function acquire({ at, body }: FakeCall): FakeAnswer {
    const { instanceId } = asObject(body)
    if (typeof instanceId !== 'string' || !INSTANCE_ID.test(instanceId)) {
      return refuse(400, 'body schema check fail, instanceId must match [A-Za-z0-9-_]{1,64}')
    }
    const tokenName = `${random.hex(64)}${builderTokens.size}`
    builderTokens.set(tokenName, { instanceId, acquiredAt: at, taskId: null })
    return { status: 200, json: { createTs: Math.floor(at / 1000), instanceId, tokenName } }
  }

  function start({ at, query, body, transcribes }: FakeCall): FakeAnswer {
    const problem = checkTaskBody('v6', body)
    if (problem !== null) return refuse(400, `body schema check fail, ${problem.text}`)
    const token = builderTokens.get(query.get('builderToken') ?? '')
    if (token === undefined) return unknownBuilderToken()
    if (token.taskId !== null) {
      const used = tasks.find(token.taskId, 'v6')
      if (used === undefined || !tasks.isLive(used)) return repeated('start')
      const isStarting = tasks.statusOf(used) === 'STARTING'
      const status = isStarting ? 'STARTING' : 'STARTED'
      return refuse(
        409,
        `The task has been started, current status is ${status}, taskId is ${used.taskId}`,
      )
    }
    if (at - token.acquiredAt > START_WINDOW_MS) {
      return refuse(400, 'resourceId reaches out the limited time interval!')
    }
    const record = tasks.start('v6', token.instanceId, body, transcribes)
    token.taskId = record.taskId
    return { status: 200, json: { ...shown(record), status: 'STARTED' } }
  }

  /** The task, if it has not ended and the builder token is its own. */
  function withTask(call: FakeCall, answer: (record: TaskRecord) => FakeAnswer): FakeAnswer {
    const token = builderTokens.get(call.query.get('builderToken') ?? '')
    if (token === undefined) return unknownBuilderToken()
    const record = tasks.find(call.taskId, 'v6')
    if (record === undefined || token.taskId !== record.taskId) {
      return refuse(400, 'The taskId does not match with builderToken.')
    }
    if (tasks.statusOf(record) === 'STOPPED') return refuse(404, 'The task is not found')
    return answer(record)
  }

  function shown(record: TaskRecord) {
    return {
      taskId: record.taskId,
      createTs: Math.floor(record.startedAt / 1000),
      status: tasks.statusOf(record) as string,
    }
  }

  const query = (call: FakeCall) =>
    withTask(call, (record) => ({ status: 200, json: shown(record) }))

  const update = (call: FakeCall) =>
    withTask(call, (record) => {
      const problem = updateTask(record, call)
      if (problem !== null) return refuse(400, `body schema check fail, ${problem.text}`)
      return { status: 200, json: shown(record) }
    })

  const stop = (call: FakeCall) =>
    withTask(call, (record) => {
      if (!tasks.isLive(record)) return repeated('stop')
      tasks.stop(record)
      return { status: 200 }
    })

  const one = `${BASE}/tasks/:taskId`
  return {
    api: 'v6',
    notEnabled: () => refuse(400, 'invalid_appid!'),
    routes: [
      { method: 'post', path: `${BASE}/builderTokens`, operation: 'acquire', answer: acquire },
      { method: 'post', path: `${BASE}/tasks`, operation: 'start', answer: start },
      { method: 'get', path: one, operation: 'query', answer: query },
      { method: 'patch', path: one, operation: 'update', answer: update },
      { method: 'delete', path: one, operation: 'stop', answer: stop },
    ],
  }
}

function refuse(status: number, message: string): FakeAnswer {
  return { status, json: { message } }
}

function unknownBuilderToken(): FakeAnswer {
  return refuse(400, 'the product name does not match with builderToken')
}

function repeated(what: 'start' | 'stop'): FakeAnswer {
  return { status: 400, json: { code: 49, reason: `repeated ${what} with one builderToken` } }
}
