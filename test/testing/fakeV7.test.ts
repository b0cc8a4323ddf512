import { createFakeAgora, type FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { agoraRest, joinBody } from './agoraRest.js'

const HOUR_MS = 3_600_000

function service(options: FakeAgoraOptions = {}) {
  const clock = { now: 1_800_000_000_000 }
  const agora = createFakeAgora({ now: () => clock.now, ...options })
  const { v7 } = agoraRest(agora)
  const joined = async (name = 'room') => (await v7.join(joinBody(name))).json.agent_id as string
  return { agora, clock, v7, joined }
}

const NOT_FOUND = { status: 404, json: { detail: 'task not found', reason: 'TaskNotFound' } }
const conflict = (more: object = {}) => ({
  status: 409,
  json: {
    detail: 'create agent failed, code: 409, msg: task conflict',
    reason: 'TaskConflict',
    ...more,
  },
})

test('default: join, query, update, leave', async () => {
  const { agora, clock, v7 } = service()
  const join = await v7.join(joinBody('demo'))
  const agentId: string = join.json.agent_id
  const created = { agent_id: agentId, create_ts: 1_800_000_000, status: 'RUNNING' }
  expect(join).toEqual({ status: 200, json: { ...created, agent_id: expect.any(String) } })
  expect(agentId).toMatch(/^[\w-]{1,128}$/)
  expect(await v7.query(agentId)).toEqual({
    status: 200,
    json: { ...created, message: 'OK', name: 'demo', start_ts: 1_800_000_000, stop_ts: 0 },
  })

  clock.now += 5000
  const update = await v7.update(agentId, 'sequenceId=3&updateMask=languages,keywords', {
    languages: ['de-DE'],
    keywords: ['Agora'],
    uidLanguagesConfig: [],
  })
  expect(update).toEqual({ status: 200, json: created })
  expect(agora.liveTasks()[0]).toMatchObject({
    languages: ['de-DE'],
    updates: [{ at: 1_800_000_005_000, sequenceId: 3, updateMask: ['languages', 'keywords'] }],
  })
  expect(agora.liveTasks()[0]?.body).toEqual({
    ...joinBody('demo'),
    languages: ['de-DE'],
    keywords: ['Agora'],
  })

  clock.now += 1500
  expect(await v7.leave(agentId)).toEqual({ status: 200, json: {} })
  expect((await v7.query(agentId)).json).toMatchObject({
    status: 'STOPPED',
    message: 'OK',
    stop_ts: 1_800_000_006,
  })
  expect(await v7.leave(agentId)).toEqual(NOT_FOUND)
  expect(await v7.update(agentId, 'sequenceId=4&updateMask=languages', {})).toEqual(NOT_FOUND)
  expect(agora.billedMs('demo')).toBe(6500)
})

test('behaviour: unknown agents, v6 tasks among them', async () => {
  const { agora, v7 } = service()
  const { v6 } = agoraRest(agora)
  const { taskId } = (await v6.start((await v6.acquire()).json.tokenName)).json
  for (const id of ['nonsense', taskId]) {
    expect(await v7.query(id)).toEqual(NOT_FOUND)
    expect(await v7.leave(id)).toEqual(NOT_FOUND)
    expect(await v7.update(id, 'sequenceId=1&updateMask=languages', {})).toEqual(NOT_FOUND)
  }
  expect((await v7.list()).json.data.list).toEqual([])
  expect(agora.liveTasks()).toHaveLength(1)
})

test('options: startingMs, joinStatus and stoppingMs', async () => {
  const { agora, clock, v7 } = service({
    startingMs: 1000,
    stoppingMs: 2000,
    joinStatus: 'STARTING',
  })
  const { agent_id, status } = (await v7.join()).json
  expect(status).toBe('STARTING')
  const seen = async () => [(await v7.query(agent_id)).json.status, agora.liveTasks().length]
  expect(await seen()).toEqual(['STARTING', 1])
  clock.now += 999
  expect(await seen()).toEqual(['STARTING', 1])
  clock.now += 1
  expect(await seen()).toEqual(['RUNNING', 1])
  await v7.leave(agent_id)
  expect(await seen()).toEqual(['STOPPING', 0])
  clock.now += 1999
  expect((await v7.leave(agent_id)).status).toBe(200)
  expect(await seen()).toEqual(['STOPPING', 0])
  clock.now += 1
  expect(await seen()).toEqual(['STOPPED', 0])
  expect(agora.billedMs()).toBe(1000)
})

test('options: queryName false', async () => {
  const { v7, joined } = service({ queryName: false })
  expect((await v7.query(await joined())).json).not.toHaveProperty('name')
})

test('options: serviceEnabled false', async () => {
  const { agora, v7 } = service({ serviceEnabled: false })
  const refusal = {
    status: 403,
    json: {
      detail: 'This service is not enabled for the current project.',
      reason: 'ServiceNotEnabled',
    },
  }
  expect(await v7.join()).toEqual(refusal)
  expect(await v7.list()).toEqual(refusal)
  agora.configure({ serviceEnabled: true })
  expect((await v7.join()).status).toBe(200)
})

test('options: nameDedup atomic, two joins in one tick', async () => {
  const { agora, v7 } = service()
  const answers = await Promise.all([v7.join(), v7.join(), v7.join()])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409])
  const [task] = agora.liveTasks()
  expect(answers.filter(({ status }) => status === 409)).toEqual([
    conflict({ agent_id: task?.taskId }),
    conflict({ agent_id: task?.taskId }),
  ])
  expect(agora.startedTasks('room')).toBe(1)
})

test('options: nameDedup blindForMs', async () => {
  const { agora, clock, v7 } = service({ nameDedup: { blindForMs: 1000 } })
  const answers = await Promise.all([v7.join(), v7.join()])
  expect(answers.map(({ status }) => status)).toEqual([200, 200])
  clock.now += 999
  expect((await v7.join()).status).toBe(200)
  clock.now += 1
  expect(await v7.join()).toEqual(conflict({ agent_id: agora.tasks()[0]?.taskId }))
  expect(agora.liveTasks('room')).toHaveLength(3)
})

test('options: nameDedup off', async () => {
  const { agora, clock, v7, joined } = service({
    nameDedup: 'off',
    nameReuse: 'never',
    stoppingMs: 1000,
  })
  await joined()
  clock.now += HOUR_MS
  await v7.leave(await joined())
  expect((await v7.join()).status).toBe(200)
  expect(agora.startedTasks()).toBe(3)
})

test('options: nameReuse free, but not while STOPPING', async () => {
  const { agora, clock, v7, joined } = service({ stoppingMs: 1000 })
  const first = await joined()
  await v7.leave(first)
  expect(await v7.join()).toEqual(conflict({ agent_id: first }))
  clock.now += 1000
  const second = await joined()
  agora.endTask(second, 'Fatal ASR error')
  expect((await v7.join()).status).toBe(200)
})

test('options: nameReuse afterMs counts from STOPPED', async () => {
  const { agora, clock, v7, joined } = service({ stoppingMs: 1000, nameReuse: { afterMs: 500 } })
  const first = await joined()
  await v7.leave(first)
  clock.now += 1499
  expect(await v7.join()).toEqual(conflict({ agent_id: first }))
  clock.now += 1
  const second = await joined()
  agora.endTask(second)
  expect(await v7.join()).toEqual(conflict({ agent_id: second }))
})

test('options: nameReuse never, by name and not by channel', async () => {
  const { clock, v7, joined } = service({ nameReuse: 'never' })
  const dead = await joined()
  await v7.leave(dead)
  clock.now += 10 * HOUR_MS
  expect(await v7.join()).toEqual(conflict({ agent_id: dead }))
  expect((await v7.join({ ...joinBody('room'), name: 'room-1' })).status).toBe(200)
})

test('options: conflictBody', async () => {
  const { agora, v7, joined } = service()
  const id = await joined()
  agora.configure({ conflictBody: 'taskId' })
  expect(await v7.join()).toEqual(conflict({ taskId: id }))
  agora.configure({ conflictBody: 'none' })
  expect(await v7.join()).toEqual(conflict())
  agora.configure({ conflictBody: 'sentence' })
  const { detail, ...rest } = (await v7.join()).json
  expect(detail).toContain(`current status is RUNNING, taskId is ${id}`)
  expect(rest).toEqual({ reason: 'TaskConflict' })
})

test.each([
  [undefined, 'STOPPED', 'Idle for too long'],
  ['Task exceeded maximum lifetime', 'STOPPED', 'Task exceeded maximum lifetime'],
  ['RTC connection error', 'FAILED', 'RTC connection error'],
  ['Fatal Translation error', 'FAILED', 'Fatal Translation error'],
])('behaviour: endTask %s', async (reason, status, endReason) => {
  const { agora, clock, v7, joined } = service({ stoppingMs: 9000 })
  const id = await joined()
  clock.now += 2500
  agora.endTask(id, reason)
  expect(agora.tasks()[0]).toMatchObject({ status, endReason, endedAt: 1_800_000_002_500 })
  expect((await v7.query(id)).json).toMatchObject({ status, message: endReason })
  expect(await v7.leave(id)).toEqual(NOT_FOUND)
  agora.endTask(id, 'later')
  expect(agora.tasks()[0]?.endReason).toBe(endReason)
  expect(() => agora.endTask('nonsense')).toThrow('nonsense')
})

test('behaviour: a RECOVERING agent is live', async () => {
  const { agora, v7, joined } = service()
  const id = await joined()
  agora.recoverTask(id)
  expect(agora.liveTasks()[0]?.status).toBe('RECOVERING')
  expect((await v7.query(id)).json.status).toBe('RECOVERING')
  expect((await v7.list('state=5')).json.data.count).toBe(1)
  expect((await v7.list()).json.data.count).toBe(0)
  agora.recoverTask(id, false)
  expect((await v7.list()).json.data.count).toBe(1)
})

test('behaviour: an agent ends after 72 hours', async () => {
  const { agora, clock, joined } = service()
  await joined()
  clock.now += 72 * HOUR_MS - 1
  expect(agora.liveTasks()).toHaveLength(1)
  clock.now += HOUR_MS
  expect(agora.tasks()[0]).toMatchObject({
    status: 'STOPPED',
    endReason: 'Task exceeded maximum lifetime',
  })
  expect(agora.billedMs()).toBe(72 * HOUR_MS)
})

test.each<[reason: string, detail: string, change: object]>([
  ['MissingRequiredField', 'name is required', { name: undefined }],
  ['MissingRequiredField', 'languages is required', { languages: undefined }],
  ['MissingRequiredField', 'rtcConfig is required', { rtcConfig: undefined }],
  [
    'MissingRequiredField',
    'rtcConfig.channelName is required',
    joinBody('room', { channelName: '' }),
  ],
  ['MissingRequiredField', 'rtcConfig.pubBotUid is required', joinBody('room', { pubBotUid: '' })],
  ['InvalidFieldValue', 'name exceeds 64 characters', { name: 'a'.repeat(65) }],
  ['InvalidFieldValue', 'languages must be', { languages: ['a', 'b', 'c', 'd', 'e'] }],
  [
    'InvalidFieldValue',
    'maxIdleTime must be an integer from 0 to 259200',
    { maxIdleTime: 259_201 },
  ],
  ['InvalidFieldValue', 'keywords must be', { keywords: Array.from({ length: 501 }, () => 'a') }],
  [
    'InvalidFieldValue',
    'cannot be combined',
    joinBody('room', { subscribeAudioUids: ['1'], unSubscribeAudioUids: ['2'] }),
  ],
  [
    'InvalidFieldValue',
    'target must be an array of 1 to 10',
    { translateConfig: { languages: [{ source: 'a', target: 'bcdefghijkl'.split('') }] } },
  ],
  [
    'InvalidFieldValue',
    'target must differ',
    { translateConfig: { languages: [{ source: 'a', target: ['a'] }] } },
  ],
])('behaviour: body refused, %s, %s', async (reason, detail, change) => {
  const { agora, v7 } = service()
  const answer = await v7.join({ ...joinBody(), ...change })
  expect(answer.status).toBe(400)
  expect(answer.json).toEqual({ detail: expect.stringContaining(detail), reason })
  expect(agora.startedTasks()).toBe(0)
})

test('behaviour: what v7 allows and v6 does not', async () => {
  const { v7 } = service()
  const answer = await v7.join({
    ...joinBody('room', { subBotUid: '900000001' }),
    maxIdleTime: 0,
    languages: ['a', 'b'],
    translateConfig: { languages: [{ source: 'a', target: ['a', 'b'] }] },
  })
  expect(answer.status).toBe(200)
})

test('behaviour: a body that is no JSON', async () => {
  const { v7 } = service()
  expect(await v7.join('{')).toEqual({
    status: 400,
    json: { detail: expect.any(String), reason: 'InvalidRequestBody' },
  })
})

test('behaviour: updates 5 s apart, with rising sequenceId', async () => {
  const { agora, clock, v7, joined } = service()
  const id = await joined()
  const update = async (sequenceId: number | string, language = 'de-DE') => {
    const query = `sequenceId=${sequenceId}&updateMask=languages`
    const { status, json } = await v7.update(id, query, { languages: [language] })
    return status === 200 ? status : json.detail
  }
  clock.now += 4999
  expect(await update(1)).toContain('at least 5 s')
  clock.now += 1
  expect(await update(1)).toBe(200)
  clock.now += 4999
  expect(await update(2)).toContain('at least 5 s')
  clock.now += 1
  expect(await update(1)).toContain('sequenceId must be larger')
  expect(await update('x')).toContain('sequenceId must be an integer')
  expect(await update(Date.now(), 'fr-FR')).toBe(200)
  expect(agora.liveTasks()[0]?.updates).toHaveLength(2)
  expect(agora.liveTasks()[0]?.languages).toEqual(['fr-FR'])
})

test('behaviour: an update replaces what its mask names and nothing else', async () => {
  const { agora, clock, v7 } = service()
  const translateConfig = { languages: [{ source: 'en-US', target: ['de-DE', 'fr-FR'] }] }
  const body = { ...joinBody('room', { unSubscribeAudioUids: ['9'] }), translateConfig }
  const { agent_id } = (await v7.join(body)).json
  clock.now += 5000
  const mask = 'translateConfig.enable,rtcConfig.subscribeAudioUids'
  await v7.update(agent_id, `sequenceId=1&updateMask=${mask}`, {
    languages: ['ja-JP'],
    rtcConfig: { subscribeAudioUids: ['1'] },
    translateConfig: { enable: false, languages: [] },
  })
  expect(agora.liveTasks()[0]?.body).toMatchObject({
    languages: ['en-US'],
    rtcConfig: { channelName: 'room', subscribeAudioUids: ['1'], pubBotUid: '900000001' },
    translateConfig: { enable: false, ...translateConfig },
  })
})

test('behaviour: what an update may not say', async () => {
  const { clock, v7, joined } = service()
  const id = await joined()
  clock.now += 5000
  for (const [query, reason] of [
    ['updateMask=languages', 'MissingRequiredField'],
    ['sequenceId=1', 'MissingRequiredField'],
    ['sequenceId=1&updateMask=keywords', 'MissingRequiredField'],
    ['sequenceId=1&updateMask=name', 'InvalidFieldValue'],
    ['sequenceId=1&updateMask=languages', 'InvalidFieldValue'],
  ] as const) {
    const body = { languages: [], name: 'other' }
    expect(await v7.update(id, query, body)).toMatchObject({ status: 400, json: { reason } })
  }
})
