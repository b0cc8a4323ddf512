import { SttError, TokenProviderError } from 'react-realtime-stt/core'
import { expect, test, vi } from 'vitest'
import {
  count,
  decisions,
  enabled,
  errorFrom,
  openPage,
  openRecordingPage,
  reload,
  sent,
  valueFrom,
} from './openPage.js'

test('default: 200 enable() in one tick over two clients are one start and one result', async () => {
  for (const api of ['v7', 'v6'] as const) {
    const page = openPage({ api, config: { transcription: {} } })
    const other = page.createClient()
    const promises = Array.from({ length: 200 }, (_, index) =>
      (index % 2 ? other : page.client).enable({ channel: 'room', uid: index + 1 }),
    )
    expect(new Set(promises).size).toBe(1)
    const sessions = []
    for (const promise of promises) sessions.push(valueFrom(await page.settle(promise)))
    expect(new Set(sessions).size).toBe(1)
    expect(page.agora.startedTasks()).toBe(1)
    expect(count(page, 'start')).toBe(1)
    expect(page.client.getSnapshot('room')).toEqual({
      status: 'enabled',
      session: sessions[0],
      error: null,
    })
    expect(other.getSnapshot('room')).toEqual(page.client.getSnapshot('room'))
    expect(decisions(page).filter((decision) => decision === 'shared')).toHaveLength(199)
  }
})

test('default: a v7 session', async () => {
  const page = openPage({
    config: { transcription: { languages: ['de-DE'], keywords: ['Agora'] } },
  })
  const at = page.time.now
  const session = await enabled(page)
  expect(session).toEqual({
    api: 'v7',
    appId: page.agora.appId,
    channel: 'room',
    instanceId: 'room',
    instanceToken: null,
    instanceTokenExpiresAt: null,
    taskId: page.agora.liveTasks()[0]?.taskId,
    state: 'running',
    createdAt: at,
    origin: 'started',
    botUid: '900000001',
    transcription: {
      languages: ['de-DE'],
      speakerLanguages: [],
      translations: [],
      botUid: '900000001',
      listenerBotUid: null,
      includeUids: [],
      excludeUids: [],
      keywords: ['Agora'],
    },
  })
  expect(page.agora.liveTasks()[0]?.transcribes).toBe(true)
})

test("behaviour: the first caller's token provider and uid serve everybody", async () => {
  const page = openPage()
  const asked: string[] = []
  const provider =
    (who: string) => (request: { channel: string; uid: string; purpose: string }) => {
      asked.push(`${who} ${request.purpose} ${request.uid}`)
      return page.agora.mintToken(request)
    }
  const first = page.client.enable({ channel: 'room', uid: 7, tokenProvider: provider('first') })
  page.client.enable({ channel: 'room', uid: 8, tokenProvider: provider('second') })
  valueFrom(await page.settle(first))
  expect(asked.toSorted()).toEqual(['first bot 900000001', 'first rest 7'])
})

test('behaviour: a client made within 1000 ms after a success gets the same session, without a request', async () => {
  const page = openPage()
  const session = await enabled(page)
  await page.time.advance(900)
  const late = page.createClient()
  expect(valueFrom(await page.settle(late.enable({ channel: 'room' })))).toBe(session)
  expect(late.getSnapshot('room')).toEqual({ status: 'enabled', session, error: null })
  expect(sent(page)).toEqual(['start'])
  expect(decisions(page)).toContain('remembered')
})

test('behaviour: two copies of the package in a page are one', async () => {
  const page = openPage({ config: { transcription: {} } })
  const environment = page.time.environment({})
  vi.resetModules()
  const copy = await import('react-realtime-stt/core')
  expect(copy.SttError).not.toBe(SttError)
  const config = {
    appId: page.agora.appId,
    api: 'v7',
    tokenProvider: page.tokenProvider,
    fetch: page.fetch,
    environment,
  } as const
  const own = page.createClient({ environment })
  const foreign = copy.createSttClient(config)
  const first = own.enable({ channel: 'room' })
  const second = foreign.enable({ channel: 'room' })
  expect(valueFrom(await page.settle(second))).toBe(valueFrom(await page.settle(first)))
  expect(page.agora.startedTasks()).toBe(1)
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  const failed = errorFrom(await page.settle(foreign.enable({ channel: 'other' })))
  expect(SttError.is(failed)).toBe(true)
  expect(failed).not.toBeInstanceOf(SttError)
})

const refusals = [
  ['400', { status: 400, body: { detail: 'x', reason: 'InvalidFieldValue' } }, 'request_rejected'],
  ['401 Invalid token', { status: 401, body: { message: 'Invalid token' } }, 'invalid_token'],
  [
    '403 ServiceNotEnabled',
    { status: 403, body: { detail: 'not enabled', reason: 'ServiceNotEnabled' } },
    'service_not_enabled',
  ],
] as const

for (const [title, fault, code] of refusals) {
  test(`behaviour: a refusal is the same error for 1000 ms, then a new attempt (${title})`, async () => {
    const page = openPage()
    page.agora.failNext({ operation: 'start', ...fault })
    const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
    expect(error.code).toBe(code)
    expect(page.client.getSnapshot('room')).toEqual({ status: 'disabled', session: null, error })
    await page.time.advance(900 - (page.time.now - (page.agora.requests[0]?.at ?? 0)))
    const late = page.createClient()
    for (const client of [page.client, late]) {
      expect(errorFrom(await page.settle(client.enable({ channel: 'room' }), 0))).toBe(error)
    }
    expect(sent(page)).toEqual(['start'])
    await page.time.advance(200)
    valueFrom(await page.settle(page.client.enable({ channel: 'room' })))
    expect(sent(page)).toEqual(['start', 'start'])
    expect(page.client.getSnapshot('room').error).toBeNull()
  })
}

test('behaviour: a remembered refusal is shown where it is asked for', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' }), 0))
  page.client.resetError('room')
  expect(page.client.getSnapshot('room').error).toBeNull()
  const late = page.createClient()
  late.subscribe('room', () => {})
  for (const client of [page.client, late]) {
    expect(errorFrom(await page.settle(client.enable({ channel: 'room' }), 0))).toBe(error)
    expect(client.getSnapshot('room').error).toBe(error)
  }
})

const unknowns = [
  ['500', { status: 500, body: { message: 'internal error' } }, 'server_error'],
  ['503 without JSON', { status: 503, body: 'upstream' }, 'server_error'],
  ['a network error', { networkError: true }, 'network'],
  ['an unreadable 200', { status: 200, body: '<html>' }, 'unexpected_response'],
  ['a 200 of another shape', { status: 200, body: { id: 1 } }, 'unexpected_response'],
] as const

for (const [title, fault, code] of unknowns) {
  test(`behaviour: an unknown outcome is followed by one shared attempt that looks first (${title})`, async () => {
    const page = openPage()
    page.agora.failNext({ operation: 'start', ...fault })
    const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
    expect(error.code).toBe(code)
    const failedAt = page.time.now
    const before = sent(page).length
    expect(sent(page)).toEqual(['start', 'list', 'list'])
    const other = page.createClient()
    const promises = [page.client, other, page.client].map((client) =>
      client.enable({ channel: 'room' }),
    )
    for (const promise of promises) {
      expect(valueFrom(await page.settle(promise)).origin).toBe('started')
    }
    const later = page.agora.requests.slice(before)
    expect(later.map(({ operation }) => operation)).toEqual(['list', 'list', 'start'])
    expect((later[0]?.at ?? 0) - failedAt).toBeGreaterThanOrEqual(750)
    expect(page.agora.liveTasks()).toHaveLength(1)
  })
}

test('behaviour: the attempt after an unknown outcome waits 1000 ms from the failure', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', networkError: true })
  // The look of the first attempt is what fails last, and late.
  page.agora.failNext({ operation: 'list', status: 500, delayMs: 3_000 })
  let failedAt = 0
  const first = page.client.enable({ channel: 'room' })
  first.catch(() => {
    failedAt = page.time.now
  })
  errorFrom(await page.settle(first))
  const again = page.client.enable({ channel: 'room' })
  valueFrom(await page.settle(again))
  expect(sent(page).slice(0, 3)).toEqual(['start', 'list', 'list'])
  expect((page.agora.requests[2]?.at ?? 0) - failedAt).toBeGreaterThanOrEqual(1_000)
})

for (const [title, fault] of [
  ['a dropped answer', { dropResponse: true }],
  ['500 although carried out', { status: 500, carriedOut: true }],
  ['an unreadable 200 although carried out', { status: 200, body: 'OK', carriedOut: true }],
  ['an answer that never comes', { delayMs: Number.POSITIVE_INFINITY }],
] as const) {
  test(`behaviour: a start that was carried out unseen is found and joined (${title})`, async () => {
    const page = openPage()
    page.agora.failNext({ operation: 'start', ...fault })
    const session = await enabled(page)
    expect(session.origin).toBe('joined')
    expect(session.taskId).toBe(page.agora.liveTasks()[0]?.taskId)
    expect(sent(page)).toEqual(['start', 'list', 'query'])
    expect(decisions(page)).toEqual(['began', 'claimed', 'unanswered', 'joined'])
    await page.time.advance(100_000)
    expect(page.agora.startedTasks()).toBe(1)
    expect(page.client.getSnapshot('room').session?.taskId).toBe(session.taskId)
  })
}

test('behaviour: while the look gets no answer nothing is started', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'list', networkError: true })
  expect(errorFrom(await page.settle(page.client.enable({ channel: 'room' }))).code).toBe('network')
  page.agora.failNext({ operation: 'list', status: 500 })
  const second = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(second.code).toBe('server_error')
  expect(count(page, 'start')).toBe(1)
  const session = valueFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(session.origin).toBe('joined')
  expect(count(page, 'start')).toBe(1)
  expect(page.agora.startedTasks()).toBe(1)
})

test('behaviour: what failed before anything was sent is not remembered', async () => {
  const page = openPage()
  const failures = [
    () => {
      throw new Error('offline')
    },
    () => undefined as unknown as string,
  ]
  const tokenProvider = () => (failures[0] as () => string)()
  const enable = () => page.client.enable({ channel: 'room', tokenProvider })
  const first = errorFrom(await page.settle(enable(), 0))
  failures.shift()
  const second = errorFrom(await page.settle(enable(), 0))
  expect(TokenProviderError.is(first) && TokenProviderError.is(second)).toBe(true)
  expect(second).not.toBe(first)
  expect(sent(page)).toEqual([])
  valueFrom(await page.settle(page.client.enable({ channel: 'room' }), 0))
  expect(sent(page)).toEqual(['start'])
})

test('behaviour: disable() voids what is remembered', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' }), 0))
  valueFrom(await page.settle(page.client.disable({ channel: 'room' }), 0))
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
  valueFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(sent(page)).toEqual(['start', 'start'])
})

test('behaviour: a success that a disable() overtook is not remembered', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', delayMs: 900 })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(10)
  const disable = page.client.disable({ channel: 'room' })
  expect(errorFrom(await page.settle(enable)).code).toBe('superseded')
  await page.time.advance(1_100 - (page.time.now - (page.agora.requests[0]?.at ?? 0)))
  valueFrom(await page.settle(disable, 0))
  expect(page.agora.liveTasks()).toHaveLength(0)
  const again = valueFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([again.taskId])
})

test('behaviour: a refusal that a disable() overtook is not remembered', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' }, delayMs: 500 })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(10)
  const disable = page.client.disable({ channel: 'room' })
  expect(errorFrom(await page.settle(enable, 600)).code).toBe('superseded')
  valueFrom(await page.settle(disable, 0))
  valueFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toHaveLength(1)
})

test('behaviour: a session confirmed within 60 s needs no request, an older one one query', async () => {
  const page = openPage()
  const session = await enabled(page)
  await page.time.advance(59_000)
  expect(await enabled(page)).toBe(session)
  expect(sent(page)).toEqual(['start'])
  await page.time.advance(2_000)
  expect(await enabled(page)).toBe(session)
  expect(sent(page)).toEqual(['start', 'query'])
  await page.time.advance(59_000)
  expect(await enabled(page)).toBe(session)
  expect(sent(page)).toEqual(['start', 'query'])
})

test('behaviour: a session that is gone is started again', async () => {
  const page = openPage()
  const session = await enabled(page)
  await page.time.advance(61_000)
  page.agora.endTask(session.taskId as string)
  const again = await enabled(page)
  expect(again.taskId).not.toBe(session.taskId)
  expect(sent(page)).toEqual(['start', 'query', 'start'])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'enabled',
    session: again,
    error: null,
  })
})

test('behaviour: an old session whose query gets no answer stays, with the error', async () => {
  const page = openPage()
  const session = await enabled(page)
  await page.time.advance(61_000)
  page.agora.failNext({ operation: 'query', networkError: true })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error })
  expect(page.agora.startedTasks()).toBe(1)
})

test('behaviour: other languages join what runs', async () => {
  const page = openPage()
  const session = await enabled(page)
  expect(await enabled(page, 'room', { transcription: { languages: ['fr-FR'] } })).toBe(session)
  await page.time.advance(3_000)
  const device = reload(page, { transcription: { languages: ['fr-FR'] } })
  const joined = valueFrom(await page.settle(device.enable({ channel: 'room' })))
  expect(joined).toMatchObject({ origin: 'joined', transcription: null, taskId: session.taskId })
  expect(page.agora.startedTasks()).toBe(1)
})

for (const api of ['v7', 'v6'] as const) {
  test(`behaviour: a client of the page made long after the start adds no task (${api})`, async () => {
    const page = openPage({ api, config: { transcription: {} } })
    const session = await enabled(page)
    await page.time.advance(5_000)
    const late = page.createClient()
    const joined = valueFrom(await page.settle(late.enable({ channel: 'room' })))
    expect(page.agora.startedTasks()).toBe(1)
    expect(joined.taskId).toBe(session.taskId)
  })

  test(`behaviour: a client of the page made long after the start stops what runs (${api})`, async () => {
    const page = openPage({ api, config: { transcription: {} } })
    await enabled(page)
    await page.time.advance(5_000)
    const late = page.createClient()
    valueFrom(await page.settle(late.disable({ channel: 'room' })))
    expect(page.agora.liveTasks()).toEqual([])
    expect(page.client.getSnapshot('room').status).toBe('disabled')
  })
}

test('behaviour: a later change of the given options changes nothing', async () => {
  const languages = ['en-US']
  const page = openRecordingPage()
  const promise = page.client.enable({ channel: 'room', transcription: { languages } })
  languages.push('de-DE', 'fr-FR', 'it-IT', 'es-ES')
  const session = valueFrom(await page.settle(promise))
  expect(page.received[0]?.body).toMatchObject({ languages: ['en-US'] })
  expect(session.transcription?.languages).toEqual(['en-US'])
})

test('behaviour: the whole operation takes at most 90 s', async () => {
  const page = openPage({ agora: { latencyMs: 9_000, conflictBody: 'none' } })
  await startedElsewhere(page)
  page.agora.configure({ listLagMs: 3_600_000 })
  const begun = page.time.now
  const enable = page.client.enable({ channel: 'room' })
  let settledAt = 0
  enable.catch(() => {
    settledAt = page.time.now
  })
  const error = errorFrom(await page.settle(enable, 200_000))
  expect(settledAt - begun).toBeLessThanOrEqual(90_000)
  expect(error).toMatchObject({ code: 'timeout', outcome: 'unknown' })
})

async function startedElsewhere(page: ReturnType<typeof openPage>) {
  const device = reload(page)
  valueFrom(await page.settle(device.enable({ channel: 'room' })))
  await page.time.advance(2_000)
}

test('behaviour: what never got its turn within 90 s is known not to be sent', async () => {
  const page = openPage()
  const promises = Array.from({ length: 95 }, (_, index) =>
    page.client.enable({ channel: `room-${index}-channel` }),
  )
  await page.time.advance(100_000)
  const last = errorFrom(await page.settle(promises[94] as Promise<unknown>, 0))
  expect(last).toMatchObject({ code: 'timeout', outcome: 'not_sent' })
  expect(page.agora.requests.length).toBeLessThanOrEqual(91)
})

test('behaviour: everybody unmounts while it enables: what was started is still known', async () => {
  const page = openPage()
  const unsubscribe = page.client.subscribe('room', () => {})
  page.agora.failNext({ operation: 'start', delayMs: 2_000 })
  const promise = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  unsubscribe()
  const session = valueFrom(await page.settle(promise))
  expect(page.client.getSnapshot('room')).toMatchObject({ status: 'enabled', session })
})

test('behaviour: a session found dead is not shown any more, though the new start fails', async () => {
  const page = openPage()
  const session = valueFrom(await page.settle(page.client.enable({ channel: 'room' })))
  await page.time.advance(61_000)
  page.agora.endTask(session.taskId as string)
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(page.client.getSnapshot('room')).toMatchObject({ status: 'disabled', session: null })
})
