import { expect, test } from 'vitest'
import { readAnswer, toRefusal } from '../../src/agora/serviceError.js'

const read = (body: unknown, status = 400) =>
  readAnswer(status, typeof body === 'string' ? body : JSON.stringify(body))

test('default: every shape of body the service is known to send', () => {
  expect(read({ detail: 'd', reason: 'r' })).toMatchObject({ text: 'd', reason: 'r' })
  expect(read({ details: 'd', reason: 'r' })).toMatchObject({ text: 'd', reason: 'r' })
  expect(read({ message: 'm' })).toMatchObject({ text: 'm' })
  expect(read({ message: 'm', agent_id: 'a-1', create_ts: 1, status: 'FAILED' })).toMatchObject({
    text: 'm',
    taskId: 'a-1',
  })
  expect(read({ code: 2, reason: 'r' })).toMatchObject({ text: 'r', code: 2 })
  expect(read({ code: 62 })).toMatchObject({ text: undefined, code: 62 })
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
    expect(read(body, 409).taskId).toBe('abc-123')
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
      expect(toRefusal(operation, read({ code: 49, reason: 'x' }, status)).kind).toBe('refused')
    }
  }
  expect(toRefusal('start', read({}, 409)).kind).toBe('conflict')
  expect(toRefusal('start', read({}, 201)).kind).toBe('conflict')
  expect(toRefusal('start', read({ code: 53 })).kind).toBe('conflict')
})

test('behaviour: every 5xx leaves open what was done', () => {
  for (let status = 500; status < 600; status++) {
    expect(toRefusal('start', read('x', status)), String(status)).toMatchObject({
      kind: 'unanswered',
      error: { code: 'server_error' },
    })
  }
})

test('behaviour: every 4xx but a conflict is definite', () => {
  for (let status = 400; status < 500; status++) {
    if (status === 409) continue
    expect(toRefusal('start', read('x', status)).kind, String(status)).toBe('refused')
  }
})
