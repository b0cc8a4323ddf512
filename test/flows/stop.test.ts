import { expect, test } from 'vitest'
import { count, decisions, enabled, errorFrom, openPage, sent, valueFrom } from './openPage.js'

for (const api of ['v7', 'v6'] as const) {
  const open = (options: Parameters<typeof openPage>[0] = {}) =>
    openPage({ api, ...options, config: { transcription: {}, ...options.config } })

  test(`behaviour: a stop whose answer is lost is asked about, and done (${api})`, async () => {
    const page = open()
    await enabled(page)
    page.agora.failNext({ operation: 'stop', dropResponse: true })
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(count(page, 'stop')).toBe(1)
    expect(count(page, 'query')).toBe(1)
    expect(page.client.getSnapshot('room').status).toBe('disabled')
    expect(decisions(page)).toContain('stopped')
  })

  test(`behaviour: a stop that never arrived is sent once more (${api})`, async () => {
    const page = open()
    await enabled(page)
    page.agora.failNext({ operation: 'stop', networkError: true })
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(sent(page).slice(-3)).toEqual(['stop', 'query', 'stop'])
    expect(page.agora.liveTasks()).toEqual([])
  })

  test(`behaviour: two stops that never arrived leave it enabled, with the error (${api})`, async () => {
    const page = open()
    const session = await enabled(page)
    page.agora.failNext({ operation: 'stop', networkError: true, times: 2 })
    const error = errorFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error })
    expect(count(page, 'stop')).toBe(2)
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(page.client.getSnapshot('room')).toEqual({
      status: 'disabled',
      session: null,
      error: null,
    })
  })

  test(`behaviour: a lost stop whose query gets no answer leaves it enabled (${api})`, async () => {
    const page = open()
    const session = await enabled(page)
    page.agora.failNext({ operation: 'stop', dropResponse: true })
    page.agora.failNext({ operation: 'query', networkError: true })
    const error = errorFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
    expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error })
    // The stop may have been carried out: what is known is no longer fresh.
    const again = await enabled(page)
    expect(again.taskId).not.toBe(session.taskId)
    expect(page.agora.liveTasks()).toHaveLength(1)
  })

  test(`behaviour: a task that is not found needs no stop (${api})`, async () => {
    const page = open()
    const session = await enabled(page)
    page.agora.endTask(session.taskId as string)
    valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(count(page, 'stop')).toBe(1)
    expect(page.client.getSnapshot('room')).toEqual({
      status: 'disabled',
      session: null,
      error: null,
    })
  })

  test(`behaviour: a wrong address is no success (${api})`, async () => {
    const page = open()
    const session = await enabled(page)
    const body = { message: 'no Route matched with those values' }
    page.agora.failNext({ operation: 'stop', status: 404, body })
    const error = errorFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(error).toMatchObject({ code: 'request_rejected', status: 404 })
    expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error })
  })

  for (const [title, message, code] of [
    ['Token is expired', 'Token is expired', 'token_expired'],
    ['Invalid token', 'Invalid token', 'invalid_token'],
    [
      'Invalid authentication credentials',
      'Invalid authentication credentials',
      'request_rejected',
    ],
  ] as const) {
    test(`behaviour: 401 "${title}" keeps it enabled, with the error (${api})`, async () => {
      const page = open()
      const session = await enabled(page)
      page.agora.failNext({ operation: 'stop', status: 401, body: { message }, times: 2 })
      const error = errorFrom(await page.settle(page.client.disable({ channel: 'room' })))
      expect(error).toMatchObject({ code, status: 401 })
      expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error })
      expect(page.agora.liveTasks()).toHaveLength(1)
    })
  }

  test(`behaviour: 5xx, carried out or not, ends with the task stopped (${api})`, async () => {
    for (const carriedOut of [true, false]) {
      const page = open()
      await enabled(page)
      page.agora.failNext({ operation: 'stop', status: 502, body: 'Bad gateway', carriedOut })
      valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
      expect(page.agora.liveTasks()).toEqual([])
      expect(count(page, 'stop')).toBe(carriedOut ? 1 : 2)
    }
  })

  test(`behaviour: 5xx twice leaves it enabled, with the error (${api})`, async () => {
    const page = open()
    const session = await enabled(page)
    page.agora.failNext({ operation: 'stop', status: 500, body: { message: 'x' }, times: 2 })
    const error = errorFrom(await page.settle(page.client.disable({ channel: 'room' })))
    expect(error).toMatchObject({ code: 'server_error', status: 500 })
    expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error })
  })
}

test('behaviour: a task that is STOPPING is stopped', async () => {
  const page = openPage({ agora: { stoppingMs: 20_000 } })
  await enabled(page)
  page.agora.failNext({ operation: 'stop', dropResponse: true })
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  expect(sent(page)).toEqual(['start', 'stop', 'query'])
})
