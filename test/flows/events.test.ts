import type { SttEvent } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { decisions, enabled, errorFrom, openPage, reload, valueFrom } from './openPage.js'

const told = (events: SttEvent[]) =>
  events.map((event) => {
    if (event.type === 'request') return `${event.operation}?`
    if (event.type === 'response') return `${event.operation} ${event.status}`
    return `${event.operation}: ${event.decision}`
  })

test('default: a life in events', async () => {
  const page = openPage({ agora: { latencyMs: 120 } })
  const begun = page.time.now
  const session = await enabled(page)
  await enabled(page)
  await page.time.advance(1_000)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  expect(told(page.events)).toEqual([
    'enable: began',
    'enable: claimed',
    'start?',
    'start 200',
    'enable: started',
    'enable: remembered',
    'disable: began',
    'disable: claimed',
    'stop?',
    'stop 200',
    'disable: stopped',
  ])
  const shared = { appId: page.agora.appId, channel: 'room' }
  for (const event of page.events)
    expect(event).toMatchObject({ ...shared, at: expect.any(Number) })
  expect(page.events.find(({ type }) => type === 'request')).toEqual({
    ...shared,
    type: 'request',
    at: begun,
    operation: 'start',
    method: 'POST',
    path: `/api/speech-to-text/v1/projects/${page.agora.appId}/join`,
  })
  expect(page.events.find(({ type }) => type === 'response')).toEqual({
    ...shared,
    type: 'response',
    at: begun + 120,
    operation: 'start',
    status: 200,
    durationMs: 120,
  })
  expect(page.events.at(-1)).toMatchObject({ decision: 'stopped', taskId: session.taskId })
})

test('behaviour: every request has its event and its response, in order', async () => {
  const page = openPage({ api: 'v6', config: { transcription: {} } })
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'stop', status: 500, body: 'x' })
  await enabled(page)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  const requests = page.events.filter((event) => event.type === 'request')
  expect(
    requests.map(({ at, operation, method, path }) => ({ at, operation, method, path })),
  ).toEqual(
    page.agora.requests.map(({ at, operation, method, path }) => ({ at, operation, method, path })),
  )
  const responses = page.events.filter((event) => event.type === 'response')
  expect(responses).toHaveLength(requests.length)
  expect(responses[1]).toMatchObject({ operation: 'start', status: null, code: 'network' })
  expect(responses[3]).toMatchObject({ operation: 'stop', status: 500, code: 'server_error' })
  expect(told(page.events)).toEqual(
    expect.arrayContaining(['enable: acquired', 'enable: unanswered', 'enable: started']),
  )
})

test('behaviour: every decision is told', async () => {
  const page = openPage({ agora: { nameReuse: 'never' } })
  const session = await enabled(page)
  page.client.enable({ channel: 'room' })
  await page.time.advance(61_000)
  page.agora.endTask(session.taskId as string)
  const renamed = [page.client.enable({ channel: 'room' }), page.client.enable({ channel: 'room' })]
  for (const promise of renamed) valueFrom(await page.settle(promise))
  expect(decisions(page)).toEqual([
    'began',
    'claimed',
    'started',
    'remembered',
    'began',
    'shared',
    'claimed',
    'ended',
    'claimed',
    'renamed',
    'started',
  ])
  page.events.length = 0
  page.agora.failNext({ operation: 'stop', status: 401, body: { message: 'Invalid token' } })
  errorFrom(await page.settle(page.client.disable({ channel: 'room' })))
  expect(page.events.at(-1)).toMatchObject({
    type: 'decision',
    operation: 'disable',
    decision: 'failed',
    code: 'invalid_token',
  })
  page.events.length = 0
  await page.time.advance(3_000)
  valueFrom(await page.settle(reload(page).refresh({ channel: 'room' })))
  expect(page.events.at(-1)).toMatchObject({ operation: 'refresh', decision: 'joined' })
})

test('behaviour: the end of an unused instance is told', async () => {
  const page = openPage({ api: 'v6' })
  await enabled(page)
  page.events.length = 0
  await page.time.advance(301_000)
  expect(decisions(page)).toContain('ended')
})

test('behaviour: a failing onEvent changes nothing', async () => {
  const page = openPage()
  const client = page.createClient({
    onEvent: () => {
      throw new Error('log is full')
    },
  })
  const report = globalThis.reportError
  globalThis.reportError = () => {}
  valueFrom(await page.settle(client.enable({ channel: 'room' })))
  valueFrom(await page.settle(client.disable({ channel: 'room' })))
  globalThis.reportError = report
  expect(page.agora.liveTasks()).toEqual([])
})

test('behaviour: a failing listener keeps the others and the operation', async () => {
  const page = openPage()
  const seen: string[] = []
  const report = globalThis.reportError
  const reported: unknown[] = []
  globalThis.reportError = (error) => reported.push(error)
  page.client.subscribe('room', () => {
    throw new Error('broken')
  })
  page.client.subscribe('room', () => seen.push(page.client.getSnapshot('room').status))
  await enabled(page)
  globalThis.reportError = report
  expect(seen).toEqual(['enabling', 'enabled'])
  expect(reported).toHaveLength(2)
})
