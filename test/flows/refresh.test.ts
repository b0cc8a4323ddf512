import { SessionEndedError } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { count, enabled, errorFrom, openPage, reload, sent, valueFrom } from './openPage.js'

test('default: nothing runs', async () => {
  const page = openPage()
  expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBeNull()
  expect(sent(page)).toEqual(['list', 'list'])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('default: after a reload the own task is found', async () => {
  const page = openPage()
  const before = await enabled(page)
  await page.time.advance(3_000)
  const client = reload(page)
  const session = valueFrom(await page.settle(client.refresh({ channel: 'room' })))
  expect(session).toMatchObject({
    taskId: before.taskId,
    origin: 'joined',
    state: 'running',
    createdAt: before.createdAt,
    botUid: '900000001',
    transcription: null,
  })
  expect(client.getSnapshot('room')).toEqual({ status: 'enabled', session, error: null })
  valueFrom(await page.settle(client.disable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toEqual([])
})

test('behaviour: a recovering task is shown as such', async () => {
  const page = openPage()
  const session = await enabled(page)
  page.agora.recoverTask(session.taskId as string)
  const again = valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))
  expect(again).toMatchObject({ taskId: session.taskId, state: 'recovering' })
  expect(page.client.getSnapshot('room').session).toBe(again)
})

test('behaviour: a session that lives is confirmed, so that enable() needs no look for 60 s', async () => {
  const page = openPage()
  const session = await enabled(page)
  await page.time.advance(59_000)
  expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBe(session)
  await page.time.advance(50_000)
  expect(await enabled(page)).toBe(session)
  expect(sent(page)).toEqual(['start', 'query'])
})

for (const api of ['v7', 'v6'] as const) {
  test(`behaviour: a session that has ended shows as SessionEndedError (${api})`, async () => {
    const page = openPage({ api, config: { transcription: {} } })
    const other = page.createClient()
    other.subscribe('room', () => {})
    const session = await enabled(page)
    page.agora.endTask(session.taskId as string)
    expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBeNull()
    for (const client of [page.client, other]) {
      const snapshot = client.getSnapshot('room')
      expect(snapshot).toMatchObject({ status: 'disabled', session: null })
      expect(SessionEndedError.is(snapshot.error)).toBe(true)
      expect(snapshot.error).toMatchObject({ code: 'session_ended', isRetryable: true })
    }
    page.client.resetError('room')
    expect(page.client.getSnapshot('room').error).toBeNull()
  })
}

test('behaviour: another task of the channel takes the place of one that ended', async () => {
  const page = openPage()
  const first = await enabled(page)
  page.agora.endTask(first.taskId as string)
  await page.time.advance(2_000)
  const second = valueFrom(await page.settle(reload(page).enable({ channel: 'room' })))
  await page.time.advance(2_000)
  const found = valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))
  expect(found).toMatchObject({ taskId: second.taskId, origin: 'joined' })
  expect(page.client.getSnapshot('room')).toMatchObject({ status: 'enabled', error: null })
})

test('behaviour: one look for everyone who asks', async () => {
  const page = openPage()
  const other = page.createClient()
  await enabled(page)
  const promises = [page.client, other, page.client].map((client) =>
    client.refresh({ channel: 'room' }),
  )
  const sessions = []
  for (const promise of promises) sessions.push(valueFrom(await page.settle(promise)))
  expect(new Set(sessions).size).toBe(1)
  expect(count(page, 'query')).toBe(1)
  valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))
  expect(count(page, 'query')).toBe(2)
})

test('behaviour: an operation that begins drops the look; its outcome is the answer', async () => {
  const page = openPage({ agora: { latencyMs: 400 } })
  const look = page.client.refresh({ channel: 'room' })
  await page.time.advance(100)
  expect(sent(page)).toEqual(['list'])
  const enable = page.client.enable({ channel: 'room' })
  const session = valueFrom(await page.settle(enable))
  expect(valueFrom(await page.settle(look))).toBe(session)
  expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error: null })
  expect(sent(page)).toEqual(['list', 'start'])
})

test('behaviour: a look that an enable() overtakes before it was sent takes no turn', async () => {
  const page = openPage()
  const look = page.client.refresh({ channel: 'room' })
  const enable = page.client.enable({ channel: 'room' })
  const session = valueFrom(await page.settle(enable))
  expect(valueFrom(await page.settle(look))).toBe(session)
  expect(sent(page)).toEqual(['start'])
})

test('behaviour: a look that a disable() overtakes answers null', async () => {
  const page = openPage({ agora: { latencyMs: 400 } })
  await enabled(page)
  await page.time.advance(2_000)
  const look = page.client.refresh({ channel: 'room' })
  await page.time.advance(100)
  const disable = page.client.disable({ channel: 'room' })
  valueFrom(await page.settle(disable))
  expect(valueFrom(await page.settle(look))).toBeNull()
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('behaviour: a look while an operation runs answers with its outcome', async () => {
  const page = openPage({ agora: { latencyMs: 400 } })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  const look = page.client.refresh({ channel: 'room' })
  const session = valueFrom(await page.settle(enable))
  expect(valueFrom(await page.settle(look))).toBe(session)
})

test('behaviour: a look that fails says so and changes nothing', async () => {
  const page = openPage()
  const session = await enabled(page)
  for (const fault of [
    { networkError: true },
    { status: 500, body: { message: 'x' } },
    { status: 401, body: { message: 'Invalid token' } },
    { status: 200, body: '<html>' },
  ] as const) {
    page.agora.failNext({ operation: 'query', ...fault })
    errorFrom(await page.settle(page.client.refresh({ channel: 'room' })))
    expect(page.client.getSnapshot('room')).toMatchObject({ status: 'enabled', session })
  }
})

test('behaviour: an acquired instance is kept without a request', async () => {
  const page = openPage({ api: 'v6' })
  const session = await enabled(page)
  expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBe(session)
  expect(sent(page)).toEqual(['acquire'])
})

test('behaviour: a task that ran for three days is listed', async () => {
  const page = openPage({ config: { transcription: { maxIdleSeconds: 0 } } })
  const session = await enabled(page)
  await page.time.advance(70 * 3_600_000)
  const found = valueFrom(await page.settle(reload(page).refresh({ channel: 'room' })))
  expect(found?.taskId).toBe(session.taskId)
})
