import { expect, test } from 'vitest'
import {
  count,
  decisions,
  enabled,
  errorFrom,
  openPage,
  openRecordingPage,
  sent,
  valueFrom,
} from './openPage.js'

const SALT = `${'A'.repeat(43)}=`

test('default: without a transcription the instance is acquired, and nothing started', async () => {
  const page = openRecordingPage({ api: 'v6' })
  const at = page.time.now
  const session = await enabled(page)
  expect(session).toEqual({
    api: 'v6',
    appId: page.agora.appId,
    channel: 'room',
    instanceId: 'room',
    instanceToken: expect.any(String),
    instanceTokenExpiresAt: at + 300_000,
    taskId: null,
    state: 'acquired',
    createdAt: at,
    origin: 'started',
    botUid: null,
    transcription: null,
  })
  expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error: null })
  expect(page.received).toHaveLength(1)
  expect(page.received[0]).toMatchObject({
    method: 'POST',
    authorization: expect.stringMatching(/^agora token="007[^"]+"$/),
    body: { instanceId: 'room' },
  })
  expect(page.received[0]?.url.href).toBe(
    `https://api.agora.io/v1/projects/${page.agora.appId}/rtsc/speech-to-text/builderTokens`,
  )
  await page.time.advance(200_000)
  expect(await enabled(page)).toBe(session)
  expect(sent(page)).toEqual(['acquire'])
})

test('behaviour: an unused instance token ends by itself after 5 minutes, and is acquired again', async () => {
  const page = openPage({ api: 'v6' })
  const first = await enabled(page)
  const acquiredAt = page.agora.requests[0]?.at ?? 0
  await page.time.advance(299_900 - (page.time.now - acquiredAt))
  expect(page.client.getSnapshot('room').status).toBe('enabled')
  await page.time.advance(200)
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
  const second = await enabled(page)
  expect(second.instanceToken).not.toBe(first.instanceToken)
  expect(sent(page)).toEqual(['acquire', 'acquire'])
})

test('behaviour: the 5 minutes are counted on the monotonic clock, whatever the wall clock does', async () => {
  const page = openPage({ api: 'v6' })
  let jump = 0
  const client = page.createClient({
    environment: { ...page.time.environment(), now: () => page.time.now + jump },
  })
  const session = valueFrom(await page.settle(client.enable({ channel: 'room' })))
  jump = 7_200_000
  await page.time.advance(60_000)
  expect(valueFrom(await page.settle(client.enable({ channel: 'room' })))).toBe(session)
  jump = -7_200_000
  await page.time.advance(250_000)
  expect(client.getSnapshot('room').status).toBe('disabled')
})

test('behaviour: a timer that a sleeping device fires late does not lengthen the 5 minutes', async () => {
  const page = openPage({ api: 'v6' })
  let slept = 0
  const environment = page.time.environment()
  const client = page.createClient({
    environment: { ...environment, monotonicNow: () => environment.monotonicNow() + slept },
  })
  const session = valueFrom(await page.settle(client.enable({ channel: 'room' })))
  slept = 400_000
  await page.time.advance(2_000)
  const again = valueFrom(await page.settle(client.enable({ channel: 'room' })))
  expect(again.instanceToken).not.toBe(session.instanceToken)
})

test('behaviour: disable() forgets an acquired instance without a request', async () => {
  const page = openPage({ api: 'v6' })
  const first = await enabled(page)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  expect(sent(page)).toEqual(['acquire'])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
  const second = await enabled(page)
  expect(second.instanceToken).not.toBe(first.instanceToken)
  expect(count(page, 'acquire')).toBe(2)
})

test('behaviour: enable() with a transcription starts where only an instance was acquired', async () => {
  const page = openPage({ api: 'v6' })
  await enabled(page)
  await page.time.advance(2_000)
  const session = await enabled(page, 'room', { transcription: {} })
  expect(session.taskId).toBe(page.agora.liveTasks()[0]?.taskId)
  expect(page.agora.startedTasks()).toBe(1)
})

test('behaviour: acquire and start as documented', async () => {
  const page = openRecordingPage({
    api: 'v6',
    config: {
      transcription: {
        languages: ['en-US', 'de-DE'],
        speakerLanguages: [{ uid: '5', languages: ['fr-FR'] }],
        translations: [{ source: 'en-US', targets: ['es-ES', 'it-IT'] }],
        botUid: 41,
        listenerBotUid: '42',
        excludeUids: ['9'],
        maxIdleSeconds: 60,
        captionFormat: 'json',
        encryption: { mode: 8, secret: 'hush', salt: SALT },
      },
    },
  })
  const asked: string[] = []
  const session = await enabled(page, 'room', {
    uid: 3,
    tokenProvider: (request: { channel: string; uid: string; purpose: string }) => {
      asked.push(`${request.purpose} ${request.uid}`)
      return page.agora.mintToken(request)
    },
  })
  expect(asked.toSorted()).toEqual(['bot 41', 'bot 42', 'rest 3'])
  const [acquire, start] = page.received
  expect(acquire?.body).toEqual({ instanceId: 'room' })
  expect(start?.method).toBe('POST')
  expect(start?.url.pathname).toBe(`/v1/projects/${page.agora.appId}/rtsc/speech-to-text/tasks`)
  expect([...(start?.url.searchParams ?? [])]).toEqual([['builderToken', session.instanceToken]])
  expect(start?.body).toEqual({
    languages: ['en-US', 'de-DE'],
    uidLanguagesConfig: [{ uid: '5', languages: ['fr-FR'] }],
    maxIdleTime: 60,
    translateConfig: { languages: [{ source: 'en-US', target: ['es-ES', 'it-IT'] }] },
    rtcConfig: {
      channelName: 'room',
      subBotUid: '42',
      subBotToken: expect.stringMatching(/^007/),
      pubBotUid: '41',
      pubBotToken: expect.stringMatching(/^007/),
      unSubscribeAudioUids: ['9'],
      cryptionMode: 8,
      secret: 'hush',
      salt: SALT,
      enableJsonProtocol: true,
    },
  })
  expect(page.agora.liveTasks()[0]).toMatchObject({ transcribes: true, botUid: '41' })
  expect(session).toMatchObject({
    state: 'running',
    taskId: page.agora.liveTasks()[0]?.taskId,
    instanceTokenExpiresAt: null,
    botUid: '41',
    origin: 'started',
    transcription: { languages: ['en-US', 'de-DE'], botUid: '41', listenerBotUid: '42' },
  })
  expect(JSON.stringify(session.transcription)).not.toMatch(/hush|AAAA/)
  expect(decisions(page)).toEqual(['began', 'claimed', 'acquired', 'started'])
})

test('behaviour: the smallest start', async () => {
  const page = openRecordingPage({ api: 'v6', config: { transcription: {} } })
  await enabled(page)
  expect(page.received[1]?.body).toEqual({
    languages: ['en-US'],
    rtcConfig: {
      channelName: 'room',
      subBotUid: '900000002',
      subBotToken: expect.any(String),
      pubBotUid: '900000001',
      pubBotToken: expect.any(String),
    },
  })
})

test('behaviour: a channel outside the alphabet is sent as it is, under an id that fits', async () => {
  const page = openRecordingPage({ api: 'v6', config: { transcription: {} } })
  const session = await enabled(page, 'Straße 7')
  expect(session.instanceId).toMatch(/^[A-Za-z0-9_-]{22,64}$/)
  expect(page.received[0]?.body).toEqual({ instanceId: session.instanceId })
  expect(page.received[1]?.body).toMatchObject({ rtcConfig: { channelName: 'Straße 7' } })
})

test('behaviour: an unanswered start is repeated with the same builder token after 1, 3 and 6 s', async () => {
  const page = openRecordingPage({ api: 'v6', config: { transcription: {} } })
  page.agora.failNext({ operation: 'start', networkError: true, times: 4 })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
  const starts = page.received.filter(({ url }) => url.pathname.endsWith('/tasks'))
  expect(new Set(starts.map(({ url }) => url.search)).size).toBe(1)
  expect(starts.map(({ at }) => at - (starts[0]?.at ?? 0))).toEqual([0, 1_000, 4_000, 10_000])
  expect(count(page, 'acquire')).toBe(1)
})

for (const [title, fault] of [
  ['dropped', { dropResponse: true }],
  ['500', { status: 500, body: { message: 'x' }, carriedOut: true }],
  ['timeout', { delayMs: Number.POSITIVE_INFINITY }],
] as const) {
  test(`behaviour: a start that was carried out unseen is known by its repetition (${title})`, async () => {
    const page = openPage({ api: 'v6', config: { transcription: {} } })
    page.agora.failNext({ operation: 'start', ...fault })
    const session = await enabled(page)
    expect(session.taskId).toBe(page.agora.liveTasks()[0]?.taskId)
    expect(page.agora.startedTasks()).toBe(1)
    expect(count(page, 'start')).toBe(2)
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(page.agora.liveTasks()).toEqual([])
  })
}

for (const [status, body] of [
  [409, { message: 'The task has been started, current status is STARTED, taskId is abc-123' }],
  [201, { taskId: 'abc-123', createTs: 1_700_000_000, status: 'STARTED' }],
  [400, { code: 49, reason: 'repeated start, taskId is abc-123' }],
  [409, { message: 'started', taskId: 'abc-123' }],
] as const) {
  test(`behaviour: ${status} ${JSON.stringify(body)} counts as alive`, async () => {
    const page = openPage({ api: 'v6', config: { transcription: {} } })
    page.agora.failNext({ operation: 'start', status, body })
    const session = await enabled(page)
    expect(session).toMatchObject({ taskId: 'abc-123', state: 'running' })
    expect(session.instanceToken).toEqual(expect.any(String))
  })
}

test('behaviour: a task id that looks like a token keeps its letters', async () => {
  const taskId = '9f007c0ffee0123456789abcdef0123456789'
  for (const body of [
    { message: `The task has been started, current status is STARTED, taskId is ${taskId}` },
    { message: 'started', taskId },
  ]) {
    const page = openPage({ api: 'v6', config: { transcription: {} } })
    page.agora.failNext({ operation: 'start', status: 409, body })
    expect(await enabled(page)).toMatchObject({ taskId })
  }
})

test('behaviour: a sentence about the taskId names none', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  const body = { code: 53, reason: 'The taskId does not match with builderToken.' }
  page.agora.failNext({ operation: 'start', status: 400, body })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error.code).toBe('unexpected_response')
  expect(page.client.getSnapshot('room').session).toBeNull()
})

test('behaviour: alive without an id is a ResponseError', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  page.agora.failNext({ operation: 'start', status: 409, body: { message: 'exists' } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ name: 'ResponseError', code: 'unexpected_response', status: 409 })
  expect(page.client.getSnapshot('room')).toEqual({ status: 'disabled', session: null, error })
})

test('behaviour: disable() sends DELETE with the builder token', async () => {
  const page = openRecordingPage({ api: 'v6', config: { transcription: {} } })
  const session = await enabled(page)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  const stop = page.received.at(-1)
  expect(stop?.method).toBe('DELETE')
  expect(stop?.url.pathname).toBe(
    `/v1/projects/${page.agora.appId}/rtsc/speech-to-text/tasks/${session.taskId}`,
  )
  expect([...(stop?.url.searchParams ?? [])]).toEqual([['builderToken', session.instanceToken]])
  expect(stop?.body).toBeUndefined()
})

for (const who of ['the same client', 'another client of the page'] as const) {
  test(`behaviour: disable() after an unknown start learns the id from the same token, then stops it (${who})`, async () => {
    const page = openRecordingPage({ api: 'v6', config: { transcription: {} } })
    const other = page.createClient()
    page.agora.failNext({ operation: 'start', dropResponse: true })
    page.agora.failNext({ operation: 'start', networkError: true, times: 3 })
    errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
    expect(page.agora.liveTasks()).toHaveLength(1)
    const client = who === 'the same client' ? page.client : other
    valueFrom(await page.settle(client.disable({ channel: 'room' })))
    expect(page.agora.liveTasks()).toEqual([])
    const starts = page.received.filter(({ url }) => url.pathname.endsWith('/tasks'))
    expect(new Set(starts.map(({ url }) => url.search)).size).toBe(1)
  })

  test(`behaviour: enable() after an unknown start makes no second task (${who})`, async () => {
    const page = openPage({ api: 'v6', config: { transcription: {} } })
    const other = page.createClient()
    page.agora.failNext({ operation: 'start', dropResponse: true })
    page.agora.failNext({ operation: 'start', networkError: true, times: 3 })
    errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
    await page.time.advance(5_000)
    const client = who === 'the same client' ? page.client : other
    const session = valueFrom(await page.settle(client.enable({ channel: 'room' })))
    expect(page.agora.startedTasks()).toBe(1)
    expect(session.taskId).toBe(page.agora.liveTasks()[0]?.taskId)
  })
}

test('behaviour: an unknown start whose token is spent is forgotten, and acquired anew', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  page.agora.failNext({ operation: 'start', networkError: true, times: 4 })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  await page.time.advance(400_000)
  const session = await enabled(page)
  expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([session.taskId])
  expect(count(page, 'acquire')).toBe(2)
})

test('behaviour: disable() during the repetitions stops what they started', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'start', networkError: true, times: 1 })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(3_000)
  const disable = page.client.disable({ channel: 'room' })
  expect(errorFrom(await page.settle(enable)).code).toBe('superseded')
  valueFrom(await page.settle(disable))
  expect(page.agora.liveTasks()).toEqual([])
})

test('behaviour: disable() between acquire and start keeps the start from being sent', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(500)
  expect(sent(page)).toEqual(['acquire'])
  const disable = page.client.disable({ channel: 'room' })
  expect(errorFrom(await page.settle(enable)).code).toBe('superseded')
  valueFrom(await page.settle(disable))
  await page.time.advance(10_000)
  expect(sent(page)).toEqual(['acquire'])
})

test('behaviour: the failures of an acquire are definite', async () => {
  const page = openPage({ api: 'v6', agora: { serviceEnabled: false } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ code: 'service_not_enabled', status: 400 })
  expect(page.client.getSnapshot('room')).toEqual({ status: 'disabled', session: null, error })
})

test('behaviour: v6 refresh() asks about a task it started, and of nothing else', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBeNull()
  expect(sent(page)).toEqual([])
  const session = await enabled(page)
  expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBe(session)
  expect(sent(page)).toEqual(['acquire', 'start', 'query'])
})
