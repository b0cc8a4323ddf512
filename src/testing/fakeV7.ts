import { listAgents } from './fakeAgentList.js'
import type { FakeSettings } from './fakeAgoraOptions.js'
import type { FakeAnswer, FakeCall, FakeGeneration } from './fakeGateway.js'
import { asObject, type BodyProblem, checkTaskBody } from './fakeTaskBody.js'
import type { FakeTasks, TaskRecord } from './fakeTasks.js'
import { updateTask } from './fakeUpdate.js'

const BASE = '*/api/speech-to-text/v1/projects/:appId'

/** The v7 REST API. */
export function fakeV7(tasks: FakeTasks, settings: FakeSettings): FakeGeneration {
  function join({ at, body, transcribes }: FakeCall): FakeAnswer {
    const problem = checkTaskBody('v7', body)
    if (body === undefined) return refuse(400, 'the body is not JSON', 'InvalidRequestBody')
    if (problem !== null) return refuseBody(problem)
    const name = String(asObject(body).name)
    const holder = holderOf(name, at)
    if (holder !== undefined) return conflict(holder)
    const record = tasks.start('v7', name, body, transcribes)
    return { status: 200, json: { ...shown(record), status: settings.joinStatus } }
  }

  /** The agent that keeps others from using its name, if there is one. */
  function holderOf(name: string, at: number): TaskRecord | undefined {
    const { nameDedup, nameReuse } = settings
    if (nameDedup === 'off') return undefined
    const blindForMs = nameDedup === 'atomic' ? 0 : nameDedup.blindForMs
    const namesakes = tasks.all('v7').filter((record) => record.name === name)
    const current = namesakes.find(({ startedAt, end }) => {
      if (end === null) return at - startedAt >= blindForMs
      return at < end.stoppedAt
    })
    if (current !== undefined || nameReuse === 'free') return current
    return namesakes.findLast(({ end }) => {
      if (end === null) return false
      return nameReuse === 'never' || at < end.stoppedAt + nameReuse.afterMs
    })
  }

  function conflict(holder: TaskRecord): FakeAnswer {
    const { agent_id, status } = shown(holder)
    const json = {
      detail: 'create agent failed, code: 409, msg: task conflict',
      reason: 'TaskConflict',
    }
    switch (settings.conflictBody) {
      case 'agent_id':
        return { status: 409, json: { ...json, agent_id } }
      case 'taskId':
        return { status: 409, json: { ...json, taskId: agent_id } }
      case 'sentence': {
        const sentence = `The task has been started, current status is ${status}, taskId is ${agent_id}`
        const detail = `create agent failed, code: 409, msg: ${sentence}`
        return { status: 409, json: { ...json, detail } }
      }
      case 'none':
        return { status: 409, json }
    }
  }

  function shown(record: TaskRecord) {
    return {
      agent_id: record.taskId,
      create_ts: Math.floor(record.startedAt / 1000),
      status: tasks.statusOf(record) as string,
    }
  }

  function query({ taskId }: FakeCall): FakeAnswer {
    const record = tasks.find(taskId, 'v7')
    if (record === undefined) return notFound()
    const { startedAt, end } = record
    return {
      status: 200,
      json: {
        ...shown(record),
        message: end?.reason ?? 'OK',
        ...(settings.queryName ? { name: record.name } : {}),
        start_ts: Math.floor(startedAt / 1000),
        stop_ts: end === null ? 0 : Math.floor(end.at / 1000),
      },
    }
  }

  function update(call: FakeCall): FakeAnswer {
    const record = tasks.find(call.taskId, 'v7')
    if (record === undefined || !tasks.isLive(record)) return notFound()
    const problem = updateTask(record, call)
    return problem === null ? { status: 200, json: shown(record) } : refuseBody(problem)
  }

  function leave({ at, taskId }: FakeCall): FakeAnswer {
    const record = tasks.find(taskId, 'v7')
    if (record === undefined) return notFound()
    if (record.end !== null && at >= record.end.stoppedAt) return notFound()
    tasks.stop(record)
    return { status: 200, json: {} }
  }

  function list(call: FakeCall): FakeAnswer {
    const answer = listAgents(tasks, call, settings.listLagMs)
    return 'problem' in answer ? refuseBody(answer.problem) : { status: 200, json: answer.page }
  }

  const one = `${BASE}/agents/:taskId`
  return {
    api: 'v7',
    notEnabled: () =>
      refuse(403, 'This service is not enabled for the current project.', 'ServiceNotEnabled'),
    routes: [
      { method: 'post', path: `${BASE}/join`, operation: 'start', answer: join },
      { method: 'get', path: one, operation: 'query', answer: query },
      { method: 'post', path: `${one}/update`, operation: 'update', answer: update },
      { method: 'post', path: `${one}/leave`, operation: 'stop', answer: leave },
      { method: 'get', path: `${BASE}/agents`, operation: 'list', answer: list },
    ],
  }
}

function refuse(status: number, detail: string, reason: string): FakeAnswer {
  return { status, json: { detail, reason } }
}

/** STT's own reasons are not published; these are those of Conversational AI, whose naming it follows. */
function refuseBody({ isMissing, text }: BodyProblem): FakeAnswer {
  return refuse(400, text, isMissing ? 'MissingRequiredField' : 'InvalidFieldValue')
}

function notFound(): FakeAnswer {
  return refuse(404, 'task not found', 'TaskNotFound')
}
