import { getResponse } from 'msw'
import { createFakeAgora, type FakeFault } from 'react-realtime-stt/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { agoraRest, joinBody } from './agoraRest.js'

afterEach(() => void vi.useRealTimers())

/** A service in virtual time; a network error reads as `'lost'`. */
function service() {
  vi.useFakeTimers()
  const agora = createFakeAgora({ tokens: 'plain' })
  let response: Response | undefined
  const rest = agoraRest(agora, async (request) => {
    response = await getResponse(agora.handlers, request)
    if (response?.type === 'error') throw new TypeError('lost')
    return response?.clone()
  })
  const join = async (channel = 'room') => {
    try {
      return (await rest.v7.join(joinBody(channel))).status
    } catch (error) {
      if (error instanceof SyntaxError) return response?.status
      return 'lost'
    }
  }
  return { agora, v7: rest.v7, v6: rest.v6, join, last: () => response }
}

const passed = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('options: status with a JSON body, headers, and not carried out', async () => {
  const { agora, v7, last } = service()
  agora.failNext({ status: 429, body: { message: 'slow down' }, headers: { 'Retry-After': '3' } })
  expect(await v7.join()).toEqual({ status: 429, json: { message: 'slow down' } })
  expect(last()?.headers.get('retry-after')).toBe('3')
  expect(last()?.headers.get('content-type')).toContain('application/json')
  expect(agora.startedTasks()).toBe(0)
  expect(agora.requests).toMatchObject([{ status: 429, channel: 'room' }])
  expect((await v7.join()).status).toBe(200)
})

test('options: status with text, with nothing', async () => {
  const { agora, join, v7, last } = service()
  agora.failNext({ status: 504, body: '<html>core: allocate failed</html>' })
  expect(await join()).toBe(504)
  expect(await last()?.text()).toBe('<html>core: allocate failed</html>')
  agora.failNext({ status: 500 })
  expect(await v7.join()).toEqual({ status: 500, json: undefined })
})

test('options: carriedOut, the task starts and the answer is wrong', async () => {
  const { agora, v7 } = service()
  agora.failNext({ status: 200, body: { unexpected: true }, carriedOut: true })
  expect(await v7.join()).toEqual({ status: 200, json: { unexpected: true } })
  expect(agora.liveTasks('room')).toHaveLength(1)
})

test('options: a fault comes before the look at the token', async () => {
  const { agora, v7 } = service()
  agora.failNext({ status: 503 })
  expect((await v7.join(joinBody(), 'nonsense')).status).toBe(503)
  expect((await v7.join(joinBody(), 'nonsense')).status).toBe(401)
})

test.each<[title: string, fault: FakeFault, started: number]>([
  ['networkError', { networkError: true }, 0],
  ['dropResponse', { dropResponse: true }, 1],
])('options: %s', async (_title, fault, started) => {
  const { agora, join } = service()
  agora.failNext(fault)
  expect(await join()).toBe('lost')
  expect(agora.startedTasks()).toBe(started)
  expect(agora.requests).toMatchObject([{ operation: 'start', status: null }])
})

test('options: delayMs, carried out at once and answered late', async () => {
  const { agora, join } = service()
  agora.failNext({ delayMs: 500 })
  const joined = join()
  await passed(499)
  expect(agora.liveTasks()).toHaveLength(1)
  expect(agora.requests[0]?.status).toBeNull()
  await passed(1)
  expect(agora.requests[0]?.status).toBe(200)
  expect(await joined).toBe(200)
})

test('options: delayMs before, carried out late', async () => {
  const { agora, join } = service()
  const sentAt = Date.now()
  agora.failNext({ delayMs: 62_000, when: 'before' })
  const joined = join()
  await passed(61_999)
  expect(agora.startedTasks()).toBe(0)
  expect(agora.requests[0]).toMatchObject({ at: sentAt, status: null })
  await passed(1)
  expect(await joined).toBe(200)
  expect(agora.liveTasks()[0]?.startedAt).toBe(sentAt + 62_000)
})

test.each([
  ['after', 1],
  ['before', 0],
] as const)('options: delayMs Infinity %s', async (when, started) => {
  const { agora, join } = service()
  agora.failNext({ delayMs: Number.POSITIVE_INFINITY, when })
  const settled = vi.fn()
  void join().then(settled)
  await passed(3_600_000)
  expect(settled).not.toHaveBeenCalled()
  expect(agora.startedTasks()).toBe(started)
  expect(agora.requests[0]?.status).toBeNull()
  expect(vi.getTimerCount()).toBe(0)
})

test('options: delayMs with dropResponse, status, networkError', async () => {
  const { agora, join } = service()
  for (const [fault, outcome, started] of [
    [{ status: 500, delayMs: 100 }, 500, 0],
    [{ networkError: true, delayMs: 100 }, 'lost', 0],
    [{ dropResponse: true, delayMs: 100, when: 'before' }, 'lost', 1],
  ] as const) {
    agora.failNext(fault)
    const settled = vi.fn()
    const joined = join().then(settled)
    await passed(99)
    expect(settled).not.toHaveBeenCalled()
    expect(agora.startedTasks()).toBe(0)
    await passed(1)
    await joined
    expect(settled).toHaveBeenCalledWith(outcome)
    expect(agora.startedTasks()).toBe(started)
  }
})

test('options: operation, channel and times; the first that matches is used', async () => {
  const { agora, join, v7, v6 } = service()
  agora.failNext({ status: 501, operation: 'list' })
  agora.failNext({ status: 502, channel: 'hall', times: 2 })
  agora.failNext({ status: 503, operation: 'acquire', channel: 'room' })
  agora.failNext({ status: 504, operation: 'start' })
  expect(await join('hall')).toBe(502)
  expect((await v6.acquire('room')).status).toBe(200)
  expect(await join('room')).toBe(504)
  expect((await v7.list('channel=hall')).status).toBe(501)
  expect((await v7.list('channel=hall')).status).toBe(502)
  expect(await join('hall')).toBe(200)

  const [task] = agora.liveTasks('hall')
  agora.failNext({ status: 505, channel: 'hall', times: Number.POSITIVE_INFINITY })
  for (let turn = 0; turn < 3; turn++) {
    expect((await v7.query(task?.taskId ?? '')).status).toBe(505)
    expect((await v7.leave(task?.taskId ?? '')).status).toBe(505)
  }
  expect(agora.liveTasks('hall')).toHaveLength(1)
})
