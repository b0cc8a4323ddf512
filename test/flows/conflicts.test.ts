import type { FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import {
  count,
  decisions,
  enabled,
  errorFrom,
  openPage,
  openRecordingPage,
  type Page,
  reload,
  sent,
  startStranger,
  valueFrom,
} from './openPage.js'

const bodies: NonNullable<FakeAgoraOptions['conflictBody']>[] = [
  'agent_id',
  'taskId',
  'sentence',
  'none',
]

async function byAnotherDevice(page: Page, channel = 'room'): Promise<string> {
  const session = valueFrom(await page.settle(reload(page).enable({ channel })))
  await page.time.advance(2_000)
  return session.taskId as string
}

const names = (page: { received: { url: URL; body: unknown }[] }) =>
  page.received
    .filter(({ url }) => url.pathname.endsWith('/join'))
    .map(({ body }) => (body as { name: string }).name)

for (const conflictBody of bodies) {
  for (const queryName of [true, false]) {
    test(`behaviour: 409 for a task that lives is joined (${conflictBody}, name in a query: ${queryName})`, async () => {
      const page = openPage({ agora: { conflictBody, queryName } })
      const taskId = await byAnotherDevice(page)
      const session = await enabled(page)
      expect(session).toMatchObject({ taskId, origin: 'joined', transcription: null })
      expect(page.agora.startedTasks()).toBe(1)
      expect(decisions(page)).toContain('joined')
      expect(page.client.getSnapshot('room').status).toBe('enabled')
    })
  }
}

test('behaviour: 409 naming an id whose query gets no answer is no proof of life', async () => {
  const page = openPage()
  await byAnotherDevice(page)
  page.agora.failNext({ operation: 'query', networkError: true })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error.code).toBe('network')
  expect(page.client.getSnapshot('room')).toEqual({ status: 'disabled', session: null, error })
})

for (const [status, body] of [
  [201, {}],
  [400, { code: 49, reason: 'repeated start' }],
  [500, { detail: 'another operation is already in progress' }],
  [400, { message: 'same name already exists' }],
] as const) {
  test(`behaviour: ${status} ${JSON.stringify(body)} is a conflict, and what lives is joined`, async () => {
    const page = openPage()
    page.agora.failNext({ operation: 'start', status, body, carriedOut: true })
    const session = await enabled(page)
    expect(session).toMatchObject({ origin: 'joined', taskId: page.agora.liveTasks()[0]?.taskId })
    expect(page.agora.startedTasks()).toBe(1)
  })
}

test('behaviour: an agent id that looks like a token is queried as it is', async () => {
  const agentId = '007c0ffee0123456789abcdef0123456789'
  const page = openRecordingPage()
  const body = { detail: 'task conflict', reason: 'TaskConflict', agent_id: agentId }
  page.agora.failNext({ operation: 'start', status: 409, body })
  await page.settle(page.client.enable({ channel: 'room' }))
  expect(page.received[1]?.url.pathname.split('/').at(-1)).toBe(agentId)
})

test('behaviour: while the namesake is STOPPING the same name is tried again after 2, 4 and 6 s', async () => {
  const page = openRecordingPage({ agora: { stoppingMs: 8_000 } })
  await enabled(page)
  await page.time.advance(2_000)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  await page.time.advance(2_000)
  page.received.length = 0
  const session = await enabled(page)
  expect(session.origin).toBe('started')
  expect(new Set(names(page))).toEqual(new Set(['room']))
  const joins = page.received.filter(({ url }) => url.pathname.endsWith('/join'))
  const queries = page.received.filter(({ method }) => method === 'GET')
  expect(joins).toHaveLength(3)
  // The query of each conflict takes a turn of its own; the wait begins after it.
  expect((joins[1]?.at ?? 0) - (queries[0]?.at ?? 0)).toBe(2_000)
  expect((joins[2]?.at ?? 0) - (queries[1]?.at ?? 0)).toBe(4_000)
  expect(page.agora.liveTasks()).toHaveLength(1)
})

for (const conflictBody of bodies) {
  for (const queryName of [true, false]) {
    test(`behaviour: a spent name gives way to the next, again and again (${conflictBody}, name in a query: ${queryName})`, async () => {
      const page = openRecordingPage({ agora: { nameReuse: 'never', conflictBody, queryName } })
      const used: string[] = []
      for (let round = 0; round < 5; round++) {
        page.received.length = 0
        const session = await enabled(page)
        expect(session).toMatchObject({ origin: 'started', instanceId: 'room' })
        const tried = names(page)
        expect(new Set(tried).size).toBeLessThanOrEqual(2)
        if (round > 0) expect(tried.filter((name) => name === 'room').length).toBeGreaterThan(1)
        used.push(tried.at(-1) as string)
        await page.time.advance(2_000)
        valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
        await page.time.advance(2_000)
      }
      expect(new Set(used).size).toBe(5)
      for (const name of used.slice(1)) expect(name).toMatch(/^room-[A-Za-z0-9_-]{6}$/)
      expect(page.agora.startedTasks()).toBe(5)
      expect(page.agora.liveTasks()).toEqual([])
      expect(decisions(page).filter((decision) => decision === 'renamed')).toHaveLength(4)
    })
  }
}

test('behaviour: two devices that see the same corpse compute the same name and make one task', async () => {
  const page = openPage({ agora: { nameReuse: 'never' } })
  const other = reload(page)
  await enabled(page)
  await page.time.advance(2_000)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  await page.time.advance(2_000)
  const session = await enabled(page)
  await page.time.advance(2_000)
  const joined = valueFrom(await page.settle(other.enable({ channel: 'room' })))
  expect(joined).toMatchObject({ taskId: session.taskId, origin: 'joined' })
  expect(page.agora.startedTasks()).toBe(2)
})

test('behaviour: a name that is free again after a while is tried once more before it is given up', async () => {
  const page = openRecordingPage({ agora: { nameReuse: { afterMs: 4_000 } } })
  await enabled(page)
  await page.time.advance(2_000)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  page.received.length = 0
  // Refused 2.5 s after the end, asked for at 3.5 s, free at 4 s, tried once more at 4.5 s.
  await page.time.advance(2_500)
  await enabled(page)
  expect(names(page)).toEqual(['room', 'room'])
  expect(page.agora.liveTasks()).toHaveLength(1)
})

test('behaviour: a second 409 without a corpse gives no new name', async () => {
  const page = openRecordingPage({ agora: { conflictBody: 'none', listLagMs: 1_000_000 } })
  await byAnotherDevice(page)
  page.received.length = 0
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ code: 'request_rejected', status: 409 })
  expect(names(page)).toEqual(['room', 'room', 'room', 'room'])
  expect(page.agora.startedTasks()).toBe(1)
})

for (const queryName of [true, false]) {
  for (const conflictBody of bodies) {
    test(`behaviour: a stranger's task is neither stopped nor joined (name in a query: ${queryName}, ${conflictBody})`, async () => {
      const page = openPage({ agora: { queryName, conflictBody } })
      const stranger = await startStranger(page, 'room', 'somebody-else-1')
      const session = await enabled(page)
      expect(session.origin).toBe('started')
      expect(session.taskId).not.toBe(stranger)
      await page.time.advance(2_000)
      valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
      await page.time.advance(100_000)
      expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([stranger])
    })
  }

  test(`behaviour: beside a stranger, an own task whose answer was lost is found or left, never the stranger's (name in a query: ${queryName})`, async () => {
    const page = openPage({ agora: { queryName } })
    const stranger = await startStranger(page, 'room', 'somebody-else-1')
    page.agora.failNext({ operation: 'start', dropResponse: true })
    const session = await enabled(page)
    expect(session.taskId).not.toBe(stranger)
    expect(page.agora.startedTasks()).toBe(2)
    await page.time.advance(100_000)
    expect(page.client.getSnapshot('room').session?.taskId).toBe(session.taskId)
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([stranger])
  })

  test(`behaviour: beside a stranger, a spent name never leads to the stranger (name in a query: ${queryName})`, async () => {
    const page = openPage({ agora: { queryName, nameReuse: 'never' } })
    const stranger = await startStranger(page, 'room', 'somebody-else-1')
    await enabled(page)
    await page.time.advance(2_000)
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    await page.time.advance(2_000)
    const outcome = await page.settle(page.client.enable({ channel: 'room' }))
    if ('value' in outcome) expect(outcome.value.taskId).not.toBe(stranger)
    else expect(errorFrom(outcome).code).toBe('request_rejected')
    await page.settle(page.client.disable({ channel: 'room' }))
    expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toContain(stranger)
  })

  test(`behaviour: beside a stranger, a start that never arrived leaves the stranger alone (name in a query: ${queryName})`, async () => {
    const page = openPage({ agora: { queryName } })
    const stranger = await startStranger(page, 'room', 'somebody-else-1')
    page.agora.failNext({ operation: 'start', networkError: true })
    const first = await page.settle(page.client.enable({ channel: 'room' }))
    if ('value' in first) expect(first.value.taskId).not.toBe(stranger)
    await page.time.advance(100_000)
    expect(page.client.getSnapshot('room').session?.taskId).not.toBe(stranger)
    expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toContain(stranger)
  })
}

test('behaviour: a stranger is told by an event', async () => {
  const page = openPage()
  const stranger = await startStranger(page, 'room', 'somebody-else-1')
  expect(valueFrom(await page.settle(page.client.refresh({ channel: 'room' })))).toBeNull()
  expect(page.events).toContainEqual(
    expect.objectContaining({ type: 'decision', decision: 'stranger', taskId: stranger }),
  )
})

test('behaviour: a lost start that the lagging list does not show is adopted when it does', async () => {
  const page = openPage({ agora: { listLagMs: 5_000 } })
  page.agora.failNext({ operation: 'start', dropResponse: true })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
  expect(page.client.getSnapshot('room').status).toBe('disabled')
  await page.time.advance(32_000 - (page.time.now - (page.agora.requests[0]?.at ?? 0)))
  expect(page.client.getSnapshot('room')).toMatchObject({
    status: 'enabled',
    error: null,
    session: { origin: 'joined', taskId: page.agora.liveTasks()[0]?.taskId },
  })
  expect(page.agora.startedTasks()).toBe(1)
})

test('behaviour: an unanswered start is watched by one list at 30, 60 and 90 s after the send', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', networkError: true })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  const sentAt = page.agora.requests[0]?.at ?? 0
  const before = sent(page).length
  await page.time.advance(200_000)
  const watches = page.agora.requests.slice(before)
  expect(watches.map(({ operation }) => operation)).toEqual(['list', 'list', 'list'])
  expect(watches.map(({ at }) => at - sentAt)).toEqual([30_000, 60_000, 90_000])
})

test('behaviour: a late duplicate of the family is stopped while the session lives', async () => {
  const page = openPage({ agora: { nameDedup: 'off' } })
  page.agora.failNext({ operation: 'start', delayMs: 35_000, when: 'before' })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  const session = await enabled(page)
  await page.time.advance(120_000)
  expect(page.agora.startedTasks()).toBe(2)
  expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([session.taskId])
  expect(decisions(page)).toContain('duplicate_stopped')
  expect(page.client.getSnapshot('room')).toMatchObject({ status: 'enabled', error: null })
})

test('behaviour: a task that appears late in a page that wants it is adopted, told to every client', async () => {
  const page = openPage()
  const other = page.createClient()
  other.subscribe('room', () => {})
  page.agora.failNext({ operation: 'start', delayMs: 45_000, when: 'before' })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  await page.time.advance(120_000)
  for (const client of [page.client, other]) {
    expect(client.getSnapshot('room')).toMatchObject({ status: 'enabled', error: null })
  }
  expect(page.agora.liveTasks()).toHaveLength(1)
})

test('behaviour: with names that the service looks at too late, a duplicate of an unanswered start goes', async () => {
  const page = openPage({ agora: { nameDedup: { blindForMs: 10_000 }, listLagMs: 3_500 } })
  page.agora.failNext({ operation: 'start', dropResponse: true })
  await page.settle(page.client.enable({ channel: 'room' }))
  await page.settle(page.client.enable({ channel: 'room' }))
  await page.time.advance(120_000)
  expect(page.agora.liveTasks()).toHaveLength(1)
  expect(page.client.getSnapshot('room').session?.taskId).toBe(page.agora.liveTasks()[0]?.taskId)
})

test('behaviour: a starting task is found by the look', async () => {
  const page = openPage({ agora: { startingMs: 60_000, joinStatus: 'STARTING' } })
  page.agora.failNext({ operation: 'start', dropResponse: true })
  const session = await enabled(page)
  expect(session).toMatchObject({ origin: 'joined', state: 'starting' })
  expect(count(page, 'start')).toBe(1)
})
