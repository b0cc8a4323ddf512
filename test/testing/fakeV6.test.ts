import { createFakeAgora, type FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { agoraRest, startBody } from './agoraRest.js'

const MINUTE_MS = 60_000

function service(options: FakeAgoraOptions = {}) {
  const clock = { now: 1_800_000_000_000 }
  const agora = createFakeAgora({ now: () => clock.now, ...options })
  const { v6 } = agoraRest(agora)
  async function started(body = startBody()) {
    const { tokenName } = (await v6.acquire()).json
    return { tokenName, ...(await v6.start(tokenName, body)).json } as {
      tokenName: string
      taskId: string
      status: string
    }
  }
  return { agora, clock, v6, started }
}

const refused = (status: number, message: unknown) => ({ status, json: { message } })

test('default: acquire, start, query, update, stop', async () => {
  const { agora, clock, v6 } = service()
  const acquired = await v6.acquire('demo')
  expect(acquired).toEqual({
    status: 200,
    json: { createTs: 1_800_000_000, instanceId: 'demo', tokenName: expect.any(String) },
  })
  const { tokenName } = acquired.json
  expect(agora.startedTasks()).toBe(0)

  clock.now += 1000
  const start = await v6.start(tokenName)
  const taskId: string = start.json.taskId
  expect(start).toEqual({
    status: 200,
    json: { taskId: expect.any(String), createTs: 1_800_000_001, status: 'STARTED' },
  })
  expect(agora.liveTasks('room')).toEqual([
    expect.objectContaining({
      taskId,
      api: 'v6',
      name: 'demo',
      channel: 'room',
      status: 'IN_PROGRESS',
      startedAt: 1_800_000_001_000,
      endedAt: null,
      endReason: null,
      botUid: '900000001',
      languages: ['en-US'],
      updates: [],
    }),
  ])
  const shown = { taskId, createTs: 1_800_000_001, status: 'IN_PROGRESS' }
  expect(await v6.query(taskId, tokenName)).toEqual({ status: 200, json: shown })

  clock.now += 5000
  const body = { languages: ['de-DE', 'en-US'] }
  const query = 'sequenceId=0&updateMask=languages'
  expect(await v6.update(taskId, tokenName, query, body)).toEqual({ status: 200, json: shown })
  expect(agora.liveTasks()[0]?.languages).toEqual(['de-DE', 'en-US'])

  clock.now += 4000
  expect(await v6.stop(taskId, tokenName)).toEqual({ status: 200, json: undefined })
  expect(agora.liveTasks()).toEqual([])
  expect(agora.tasks()[0]).toMatchObject({ status: 'STOPPED', endReason: 'OK' })
  expect(agora.billedMs()).toBe(9000)
  for (const answer of [await v6.query(taskId, tokenName), await v6.stop(taskId, tokenName)]) {
    expect(answer).toEqual(refused(404, 'The task is not found'))
  }
})

test.each(['', 'a'.repeat(65), 'a b', 'ä', 'a/b', 7, undefined])(
  'behaviour: instanceId %s is refused',
  async (instanceId) => {
    const { agora, v6 } = service()
    const body = expect.stringContaining('body schema check fail, instanceId')
    const path = `/v1/projects/${agora.appId}/rtsc/speech-to-text/builderTokens`
    const answer = await agoraRest(agora).call('POST', path, { instanceId })
    expect(answer).toEqual(refused(400, body))
    expect((await v6.acquire('a'.repeat(64))).status).toBe(200)
  },
)

test('behaviour: many builder tokens for one instance, and no de-duplication', async () => {
  const { agora, started } = service()
  const first = await started()
  const second = await started()
  expect(first.tokenName).not.toBe(second.tokenName)
  expect(first.taskId).not.toBe(second.taskId)
  expect(agora.liveTasks('room')).toHaveLength(2)
})

test('behaviour: a builder token starts one task', async () => {
  const { agora, clock, v6, started } = service({ startingMs: 1000 })
  const { tokenName, taskId } = await started()
  const repeated = (status: string) =>
    refused(409, `The task has been started, current status is ${status}, taskId is ${taskId}`)
  expect(await v6.start(tokenName)).toEqual(repeated('STARTING'))
  clock.now += 1000
  expect(await v6.start(tokenName)).toEqual(repeated('STARTED'))
  clock.now += 6 * MINUTE_MS
  expect(await v6.start(tokenName)).toEqual(repeated('STARTED'))
  agora.endTask(taskId)
  expect(await v6.start(tokenName)).toEqual({
    status: 400,
    json: { code: 49, reason: expect.stringContaining('repeated start') },
  })
  expect(agora.startedTasks()).toBe(1)
})

test('behaviour: two starts with one builder token in one tick start one task', async () => {
  const { agora, v6 } = service()
  const { tokenName } = (await v6.acquire()).json
  const answers = await Promise.all([v6.start(tokenName), v6.start(tokenName)])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(agora.startedTasks()).toBe(1)
})

test('behaviour: a builder token is good for 5 minutes', async () => {
  const { clock, v6 } = service()
  const early = (await v6.acquire()).json.tokenName
  clock.now += 1
  const late = (await v6.acquire()).json.tokenName
  clock.now += 5 * MINUTE_MS
  expect(await v6.start(early)).toEqual(
    refused(400, 'resourceId reaches out the limited time interval!'),
  )
  expect((await v6.start(late)).status).toBe(200)
})

test('behaviour: builder tokens that do not fit', async () => {
  const { v6, started } = service()
  const one = await started()
  const other = await started()
  const unknown = refused(400, 'the product name does not match with builderToken')
  expect(await v6.start('nonsense')).toEqual(unknown)
  expect(await v6.query(one.taskId, 'nonsense')).toEqual(unknown)
  expect(await v6.stop(one.taskId, '')).toEqual(unknown)
  const mismatch = refused(400, 'The taskId does not match with builderToken.')
  expect(await v6.query(one.taskId, other.tokenName)).toEqual(mismatch)
  expect(await v6.stop('nonsense', other.tokenName)).toEqual(mismatch)
  expect((await v6.query(other.taskId, other.tokenName)).status).toBe(200)
})

test('options: startingMs and stoppingMs', async () => {
  const { agora, clock, v6, started } = service({ startingMs: 500, stoppingMs: 700 })
  const { taskId, tokenName } = await started()
  const status = async () => (await v6.query(taskId, tokenName)).json.status
  expect(await status()).toBe('STARTING')
  expect(agora.liveTasks()).toHaveLength(1)
  clock.now += 500
  expect(await status()).toBe('IN_PROGRESS')
  await v6.stop(taskId, tokenName)
  expect(await status()).toBe('STOPPING')
  expect(agora.liveTasks()).toEqual([])
  expect(await v6.stop(taskId, tokenName)).toEqual({
    status: 400,
    json: { code: 49, reason: expect.stringContaining('repeated stop') },
  })
  clock.now += 700
  expect((await v6.query(taskId, tokenName)).status).toBe(404)
  expect(agora.billedMs()).toBe(500)
})

test('options: serviceEnabled false', async () => {
  const { agora, v6 } = service({ serviceEnabled: false })
  expect(await v6.acquire()).toEqual(refused(400, 'invalid_appid!'))
  agora.configure({ serviceEnabled: true })
  expect((await v6.acquire()).status).toBe(200)
})

const uids = (count: number) => Array.from({ length: count }, (_, index) => `${index + 1}`)
const translate = (...languages: object[]) => ({ translateConfig: { languages } })

test.each<[problem: string, change: object]>([
  ['languages is required', { languages: undefined }],
  ['languages must be an array of 1 to 4', { languages: [] }],
  ['languages must be an array of 1 to 4', { languages: ['a', 'b', 'c', 'd', 'e'] }],
  ['languages must hold non-empty strings', { languages: ['a', 1] }],
  ['rtcConfig is required', { rtcConfig: undefined }],
  ['rtcConfig.channelName is required', startBody('')],
  ['rtcConfig.channelName must be a string', { rtcConfig: { channelName: 1 } }],
  ['rtcConfig.pubBotUid is required', startBody('room', { pubBotUid: undefined })],
  ['rtcConfig.pubBotUid must be a string', startBody('room', { pubBotUid: 1 })],
  ['rtcConfig.pubBotUid must be a string', startBody('room', { pubBotUid: '4294967296' })],
  ['rtcConfig.pubBotUid must be a string', startBody('room', { pubBotUid: 'anna' })],
  ['rtcConfig.subBotUid is required', startBody('room', { subBotUid: undefined })],
  ['rtcConfig.subBotUid must differ', startBody('room', { subBotUid: '900000001' })],
  ['maxIdleTime must be an integer from 5 to 2592000', { maxIdleTime: 4 }],
  ['maxIdleTime must be an integer', { maxIdleTime: 2_592_001 }],
  ['maxIdleTime must be an integer', { maxIdleTime: '30' }],
  ['subscribeAudioUids must be an array', startBody('room', { subscribeAudioUids: uids(33) })],
  ['unSubscribeAudioUids must be an array', startBody('room', { unSubscribeAudioUids: uids(6) })],
  [
    'unSubscribeAudioUids cannot be combined',
    startBody('room', { subscribeAudioUids: ['1'], unSubscribeAudioUids: ['2'] }),
  ],
  ['uidLanguagesConfig must be an array', { uidLanguagesConfig: uids(6) }],
  ['uidLanguagesConfig.uid is required', { uidLanguagesConfig: [{ languages: ['a'] }] }],
  [
    'uidLanguagesConfig.languages must be an array',
    { uidLanguagesConfig: [{ uid: '1', languages: uids(5) }] },
  ],
  ['translateConfig.languages must be an array of 0 to 4', translate({}, {}, {}, {}, {})],
  ['translateConfig.languages.source is required', translate({ target: ['a'] })],
  ['languages.target must be an array of 1 to 5', translate({ source: 'a', target: uids(6) })],
  ['languages.target must differ', translate({ source: 'a', target: ['b', 'a'] })],
  ['rtcConfig.cryptionMode must be', startBody('room', { cryptionMode: 9 })],
  ['rtcConfig.secret is required', startBody('room', { cryptionMode: 1 })],
  ['rtcConfig.salt is required', startBody('room', { cryptionMode: 7, secret: 's' })],
  ['rtcConfig.salt must be Base64', startBody('room', { cryptionMode: 8, secret: 's', salt: 'x' })],
])('behaviour: body schema check fail, %s', async (problem, change) => {
  const { agora, v6 } = service()
  const { tokenName } = (await v6.acquire()).json
  const answer = await v6.start(tokenName, { ...startBody(), ...change })
  expect(answer.status).toBe(400)
  expect(answer.json.message).toMatch(/^body schema check fail, /)
  expect(answer.json.message).toContain(problem)
  expect(agora.startedTasks()).toBe(0)
  expect((await v6.start(tokenName)).status).toBe(200)
})

test('behaviour: a body at every limit passes, and the task shows no secret', async () => {
  const { agora, started } = service()
  const salt = btoa('s'.repeat(32))
  const rtcConfig = {
    subscribeAudioUids: uids(32),
    cryptionMode: 8,
    secret: 'top',
    salt,
    pubBotToken: 'a',
    subBotToken: 'b',
  }
  await started({
    ...startBody('room', rtcConfig),
    languages: ['a', 'b', 'c', 'd'],
    maxIdleTime: 2_592_000,
    uidLanguagesConfig: uids(5).map((uid) => ({ uid, languages: ['a', 'b', 'c', 'd'] })),
    translateConfig: { languages: uids(4).map((source) => ({ source, target: ['v', 'w', 'x'] })) },
    captionConfig: { storage: { accessKey: 'k', secretKey: 's', bucket: 'films' } },
  } as ReturnType<typeof startBody>)
  const [task] = agora.liveTasks()
  expect(task?.body).toMatchObject({
    maxIdleTime: 2_592_000,
    rtcConfig: { channelName: 'room', cryptionMode: 8, subscribeAudioUids: uids(32) },
    captionConfig: { storage: { bucket: 'films' } },
  })
  expect(JSON.stringify(task)).not.toMatch(/token|secret|salt|accessKey/i)
})

test('behaviour: a body that is no JSON', async () => {
  const { v6 } = service()
  const { tokenName } = (await v6.acquire()).json
  expect((await v6.start(tokenName, '{')).json.message).toContain('languages is required')
})

test.each<[problem: string, query: string, body: object]>([
  ['sequenceId is required', 'updateMask=languages', { languages: ['a'] }],
  ['sequenceId must be an integer', 'sequenceId=-1&updateMask=languages', { languages: ['a'] }],
  ['updateMask is required', 'sequenceId=1', { languages: ['a'] }],
  ['updateMask cannot hold keywords', 'sequenceId=1&updateMask=keywords', { keywords: ['a'] }],
  ['updateMask cannot hold rtcConfig', 'sequenceId=1&updateMask=rtcConfig', { rtcConfig: {} }],
  ['languages is required', 'sequenceId=1&updateMask=languages', {}],
  ['languages must be an array', 'sequenceId=1&updateMask=languages', { languages: [] }],
])('behaviour: update refused, %s', async (problem, query, body) => {
  const { agora, clock, v6, started } = service()
  const { taskId, tokenName } = await started()
  clock.now += 5000
  const answer = await v6.update(taskId, tokenName, query, body)
  expect(answer).toEqual(refused(400, expect.stringContaining(problem)))
  expect(agora.liveTasks()[0]?.updates).toEqual([])
})
