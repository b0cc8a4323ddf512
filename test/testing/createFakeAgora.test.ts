import { getResponse } from 'msw'
import { setupServer } from 'msw/node'
import * as door from 'react-realtime-stt/testing'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { agoraRest, joinBody, startBody } from './agoraRest.js'

test('default: the door', () => {
  expect(Object.keys(door).toSorted()).toEqual([
    'FakeSignalingError',
    'checkClaimStore',
    'createFakeAgora',
    'createFakeRtcClient',
    'createFakeSignaling',
    'encodeCaption',
    'encodeCaptionJson',
    'inflateStored',
    'playConversation',
  ])
})

describe('as an MSW server', () => {
  const delayed: (() => void)[] = []
  const agora = createFakeAgora({ setTimeout: (callback) => delayed.push(callback) })
  const other = createFakeAgora()
  const server = setupServer(...agora.handlers, ...other.handlers)
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
  afterEach(() => {
    agora.reset()
    other.reset()
  })
  afterAll(() => server.close())

  test('behaviour: two fakes stand side by side', async () => {
    await agoraRest(agora, fetch).v7.join()
    await agoraRest(other, fetch).v7.join()
    await agoraRest(other, fetch).v6.acquire()
    expect(agora.appId).not.toBe(other.appId)
    expect(agora.requests).toHaveLength(1)
    expect(other.requests).toHaveLength(2)
    expect(agora.startedTasks()).toBe(1)
  })

  test('behaviour: every origin and prefix', async () => {
    const headers = { Authorization: `agora token="${await agora.mintToken({ channel: 'room' })}"` }
    for (const base of ['https://api.sd-rtn.com/cn', 'http://localhost:5173/agora']) {
      const url = `${base}/api/speech-to-text/v1/projects/${agora.appId}/agents?channel=room`
      expect((await fetch(url, { headers })).status).toBe(200)
    }
    expect(agora.requests.map(({ path }) => path)).toEqual([
      `/cn/api/speech-to-text/v1/projects/${agora.appId}/agents`,
      `/agora/api/speech-to-text/v1/projects/${agora.appId}/agents`,
    ])
  })

  test('behaviour: lost answers reject, an aborted request stays carried out', async () => {
    const { v7 } = agoraRest(agora, fetch)
    agora.failNext({ networkError: true })
    await expect(v7.join()).rejects.toThrow(TypeError)
    expect(agora.startedTasks()).toBe(0)
    agora.failNext({ dropResponse: true })
    await expect(v7.join()).rejects.toThrow(TypeError)
    expect(agora.startedTasks()).toBe(1)
    agora.reset()

    agora.failNext({ delayMs: Number.POSITIVE_INFINITY })
    const abort = new AbortController()
    const hanging = agoraRest(agora, (request) =>
      fetch(request, { signal: abort.signal }),
    ).v7.join()
    await vi.waitFor(() => expect(agora.liveTasks()).toHaveLength(1))
    expect(agora.requests[0]).toMatchObject({ channel: 'room', status: null })
    abort.abort()
    await expect(hanging).rejects.toThrow('abort')
    expect(agora.liveTasks()).toHaveLength(1)
  })

  test('behaviour: a late request is carried out although the client gave up', async () => {
    agora.failNext({ delayMs: 62_000, when: 'before' })
    const abort = new AbortController()
    const late = agoraRest(agora, (request) => fetch(request, { signal: abort.signal })).v7.join()
    await vi.waitFor(() => expect(delayed).toHaveLength(1))
    abort.abort()
    await expect(late).rejects.toThrow('abort')
    expect(agora.liveTasks()).toEqual([])
    delayed.pop()?.()
    await vi.waitFor(() => expect(agora.liveTasks()).toHaveLength(1))
  })

  test('behaviour: a request aborted at once makes no noise', async () => {
    const abort = new AbortController()
    const url = `https://api.agora.io/api/speech-to-text/v1/projects/${agora.appId}/join`
    const gone = fetch(url, { method: 'POST', body: '{}', signal: abort.signal })
    abort.abort()
    await expect(gone).rejects.toThrow('abort')
    expect(agora.startedTasks()).toBe(0)
  })
})

test('behaviour: requests for another app id fall through', async () => {
  const agora = createFakeAgora()
  const url = `https://api.agora.io/api/speech-to-text/v1/projects/${'0'.repeat(32)}/agents`
  expect(await getResponse(agora.handlers, new Request(url))).toBeUndefined()
  expect(agora.requests).toEqual([])
})

test('behaviour: the record of requests', async () => {
  const clock = { now: 1000 }
  const agora = createFakeAgora({ now: () => clock.now })
  const { v6, v7 } = agoraRest(agora)
  const { tokenName } = (await v6.acquire()).json
  clock.now = 2000
  const { taskId } = (await v6.start(tokenName)).json
  await v6.query(taskId, tokenName)
  await v6.update(taskId, tokenName, 'sequenceId=1', {})
  await v6.stop(taskId, tokenName)
  const { agent_id } = (await v7.join(joinBody('hall'))).json
  await v7.query(agent_id)
  await v7.update(agent_id, 'sequenceId=1', {})
  await v7.leave(agent_id)
  await v7.list('channel=hall')
  await v7.list()
  await v7.query('nonsense')
  const tasks = `/v1/projects/${agora.appId}/rtsc/speech-to-text/tasks`
  const agents = `/api/speech-to-text/v1/projects/${agora.appId}/agents`
  const builderTokens = tasks.replace('tasks', 'builderTokens')
  const join = agents.replace('agents', 'join')
  const row = (at: number, api: string, operation: string, method: string, path: string) => ({
    at,
    api,
    operation,
    method,
    path,
  })
  expect(agora.requests).toEqual([
    { ...row(1000, 'v6', 'acquire', 'POST', builderTokens), channel: null, status: 200 },
    { ...row(2000, 'v6', 'start', 'POST', tasks), channel: 'room', status: 200 },
    { ...row(2000, 'v6', 'query', 'GET', `${tasks}/${taskId}`), channel: 'room', status: 200 },
    { ...row(2000, 'v6', 'update', 'PATCH', `${tasks}/${taskId}`), channel: 'room', status: 400 },
    { ...row(2000, 'v6', 'stop', 'DELETE', `${tasks}/${taskId}`), channel: 'room', status: 200 },
    { ...row(2000, 'v7', 'start', 'POST', join), channel: 'hall', status: 200 },
    { ...row(2000, 'v7', 'query', 'GET', `${agents}/${agent_id}`), channel: 'hall', status: 200 },
    {
      ...row(2000, 'v7', 'update', 'POST', `${agents}/${agent_id}/update`),
      channel: 'hall',
      status: 400,
    },
    {
      ...row(2000, 'v7', 'stop', 'POST', `${agents}/${agent_id}/leave`),
      channel: 'hall',
      status: 200,
    },
    { ...row(2000, 'v7', 'list', 'GET', agents), channel: 'hall', status: 200 },
    { ...row(2000, 'v7', 'list', 'GET', agents), channel: null, status: 200 },
    { ...row(2000, 'v7', 'query', 'GET', `${agents}/nonsense`), channel: null, status: 404 },
  ])
  expect(JSON.stringify([agora.requests, agora.tasks()])).not.toContain(tokenName)
})

test('behaviour: counting by channel', async () => {
  const clock = { now: 0 }
  const agora = createFakeAgora({ now: () => clock.now })
  const { v7 } = agoraRest(agora)
  const { agent_id } = (await v7.join(joinBody('a'))).json
  await v7.join(joinBody('b'))
  clock.now = 300
  await v7.leave(agent_id)
  clock.now = 1000
  expect(agora.liveTasks().map(({ channel }) => channel)).toEqual(['b'])
  expect(agora.liveTasks('a')).toEqual([])
  expect(agora.tasks('a')).toHaveLength(1)
  expect([agora.startedTasks(), agora.startedTasks('a'), agora.startedTasks('c')]).toEqual([
    2, 1, 0,
  ])
  expect([agora.billedMs(), agora.billedMs('a'), agora.billedMs('b')]).toEqual([1300, 300, 1000])
})

test('behaviour: reset forgets everything but app, certificate and behaviour', async () => {
  const agora = createFakeAgora({ queryName: false })
  const { appId, appCertificate, requests } = agora
  const { v6, v7 } = agoraRest(agora)
  const { tokenName } = (await v6.acquire()).json
  await v7.join()
  agora.failNext({ status: 500 })
  agora.reset()
  expect([agora.requests, agora.tasks(), agora.startedTasks(), requests]).toEqual([[], [], 0, []])
  expect(agora).toMatchObject({ appId, appCertificate })
  expect((await v6.start(tokenName)).status).toBe(400)
  const { agent_id } = (await v7.join()).json
  expect((await v7.query(agent_id)).json).not.toHaveProperty('name')
})

test('behaviour: what was on its way at a reset does not arrive', async () => {
  const delayed: (() => void)[] = []
  const agora = createFakeAgora({ setTimeout: (callback) => delayed.push(callback) })
  agora.failNext({ delayMs: 1000, when: 'before' })
  const late = agoraRest(agora).v7.join()
  await vi.waitFor(() => expect(delayed).toHaveLength(1))
  agora.reset()
  delayed.pop()?.()
  await expect(late).resolves.toMatchObject({ status: 0 })
  expect(agora.startedTasks()).toBe(0)
})

test('options: appId, appCertificate and random', async () => {
  const appId = 'a'.repeat(32)
  const appCertificate = 'b'.repeat(32)
  expect(createFakeAgora({ appId, appCertificate })).toMatchObject({ appId, appCertificate })
  const [first, second] = [createFakeAgora(), createFakeAgora()]
  expect(first.appId).toMatch(/^[0-9a-f]{32}$/)
  expect(first.appCertificate).toMatch(/^[0-9a-f]{32}$/)
  expect(new Set([first, second].flatMap((f) => [f.appId, f.appCertificate])).size).toBe(4)

  const constant = createFakeAgora({ random: () => 0.5, nameDedup: 'off' })
  expect(constant.appId).toBe('8'.repeat(32))
  const { v6, v7 } = agoraRest(constant)
  const ids = [await v7.join(), await v7.join()].map(({ json }) => json.agent_id)
  const tokens = [await v6.acquire(), await v6.acquire()].map(({ json }) => json.tokenName)
  expect(new Set([...ids, ...tokens]).size).toBe(4)
})

test('options: configure ignores undefined', async () => {
  const agora = createFakeAgora({ nameDedup: 'off' })
  agora.configure({ nameDedup: undefined } as never)
  agora.configure({ appId: 'x' } as never)
  const { v7 } = agoraRest(agora)
  expect([(await v7.join()).status, (await v7.join()).status]).toEqual([200, 200])
})

describe('virtual time', () => {
  afterEach(() => void vi.useRealTimers())

  async function settled<T>(promise: Promise<T>): Promise<T | 'pending'> {
    for (let turn = 0; turn < 500; turn++) await Promise.resolve()
    return await Promise.race([promise, Promise.resolve('pending' as const)])
  }

  test('options: tokens plain, everything settles in microtasks, without a timer', async () => {
    vi.useFakeTimers()
    vi.setSystemTime(1_800_000_000_000)
    const agora = createFakeAgora({
      tokens: 'plain',
      setTimeout: () => {
        throw new Error('No delay was asked for.')
      },
    })
    const { v6, v7 } = agoraRest(agora)
    const pubBotToken = await agora.mintToken({ channel: 'room' })
    const rtcConfig = { pubBotToken, subBotToken: pubBotToken }
    expect(await settled(v7.join(joinBody('room', rtcConfig)))).toMatchObject({ status: 200 })
    const acquired = await settled(v6.acquire())
    if (acquired === 'pending') throw new Error('Still pending.')
    const start = v6.start(acquired.json.tokenName, startBody('room', rtcConfig))
    expect(await settled(start)).toMatchObject({ status: 200 })
    expect(agora.liveTasks().map(({ transcribes }) => transcribes)).toEqual([true, true])
    expect(await settled(v7.join('', 'agora token="007abcd"'))).toMatchObject({ status: 401 })
    expect(vi.getTimerCount()).toBe(0)
  })

  test('behaviour: the clock moves states, expiry and delays', async () => {
    vi.useFakeTimers()
    vi.setSystemTime(1_800_000_000_000)
    const agora = createFakeAgora({ tokens: 'plain', startingMs: 1000, latencyMs: 250 })
    const join = agoraRest(agora).v7.join()
    expect(await settled(join)).toBe('pending')
    expect(agora.liveTasks()[0]?.status).toBe('STARTING')
    expect(agora.requests[0]?.status).toBeNull()
    await vi.advanceTimersByTimeAsync(249)
    expect(await settled(join)).toBe('pending')
    await vi.advanceTimersByTimeAsync(1)
    expect(await settled(join)).toMatchObject({ status: 200 })
    expect(agora.requests[0]).toMatchObject({ at: 1_800_000_000_000, status: 200 })
    await vi.advanceTimersByTimeAsync(750)
    expect(agora.liveTasks()[0]?.status).toBe('RUNNING')
  })

  test('options: latencyMs as a function, changed while running', async () => {
    vi.useFakeTimers()
    const latencyMs = vi.fn(() => 30)
    const agora = createFakeAgora({ tokens: 'plain', latencyMs })
    const list = agoraRest(agora).v7.list()
    expect(await settled(list)).toBe('pending')
    await vi.advanceTimersByTimeAsync(30)
    expect(await settled(list)).toMatchObject({ status: 200 })
    expect(latencyMs).toHaveBeenCalledTimes(1)
    agora.configure({ latencyMs: 0 })
    expect(await settled(agoraRest(agora).v7.list())).toMatchObject({ status: 200 })
  })
})
