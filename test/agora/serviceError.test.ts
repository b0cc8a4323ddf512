import { expect, test } from 'vitest'
import type { SttOperation } from '../../src/agora/call.js'
import { toRefusal } from '../../src/agora/serviceError.js'

const refuse = (body: unknown, status = 400, operation: SttOperation = 'start') =>
  toRefusal(operation, status, typeof body === 'string' ? body : JSON.stringify(body))

const read = (body: unknown) => {
  const { error, taskId } = refuse(body)
  return { text: error.reason, code: error.code, taskId }
}

test('default: every shape of body the service is known to send', () => {
  expect(read({ detail: 'd', reason: 'TaskNotFound' })).toMatchObject({
    text: 'd',
    code: 'not_found',
  })
  expect(read({ details: 'd', reason: 'TaskNotFound' })).toMatchObject({
    text: 'd',
    code: 'not_found',
  })
  expect(read({ message: 'm' })).toMatchObject({ text: 'm', code: 'request_rejected' })
  expect(read({ message: 'm', agent_id: 'a-1', create_ts: 1, status: 'FAILED' })).toMatchObject({
    text: 'm',
    taskId: 'a-1',
  })
  expect(read({ code: 1, reason: 'r' })).toMatchObject({ text: 'r', code: 'server_error' })
  expect(read({ code: 62 })).toMatchObject({ text: undefined, code: 'server_error' })
  expect(read('plain')).toMatchObject({ text: 'plain', taskId: null })
  expect(read('  ')).toMatchObject({ text: undefined })
  expect(read('')).toMatchObject({ text: undefined })
})

test('default: where a task id stands', () => {
  for (const body of [
    { agent_id: 'abc-123' },
    { taskId: 'abc-123' },
    { message: 'The task has been started, current status is STARTED, taskId is abc-123' },
    { detail: 'create agent failed, taskId is abc-123', reason: 'TaskConflict' },
    { message: 'agent_id: abc-123' },
    { message: 'agent_id=abc-123, name=room' },
    'The task has been started, current status is STARTED, taskId is abc-123',
  ]) {
    expect(refuse(body, 409).taskId).toBe('abc-123')
  }
})

test('behaviour: what is no task id is none', () => {
  for (const body of [
    {},
    { agent_id: 5 },
    { agent_id: '' },
    { taskId: '../../leave' },
    { taskId: 'x'.repeat(129) },
    { message: 'The taskId does not match with builderToken.' },
    { message: 'the task is not found' },
    [],
    'null',
  ]) {
    expect(read(body).taskId, JSON.stringify(body)).toBeNull()
  }
})

test('behaviour: only a start can conflict', () => {
  for (const operation of ['acquire', 'query', 'stop', 'list'] as const) {
    for (const status of [409, 400]) {
      expect(refuse({ code: 49, reason: 'x' }, status, operation).kind).toBe('refused')
    }
  }
  expect(refuse({}, 409).kind).toBe('conflict')
  expect(refuse({}, 201).kind).toBe('conflict')
  expect(refuse({ code: 53 }).kind).toBe('conflict')
})

test('behaviour: every 5xx leaves open what was done', () => {
  for (let status = 500; status < 600; status++) {
    expect(refuse('x', status), String(status)).toMatchObject({
      kind: 'unanswered',
      error: { code: 'server_error' },
    })
  }
})

test('behaviour: every 4xx but a conflict is definite', () => {
  for (let status = 400; status < 500; status++) {
    if (status === 409) continue
    expect(refuse('x', status).kind, String(status)).toBe('refused')
  }
})
