import { SttError } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { enabled, errorFrom, openPage } from './openPage.js'

interface Case {
  on?: 'acquire' | 'start' | 'query' | 'stop'
  api?: 'v6' | 'v7'
  status: number
  body: unknown
  is: [name: string, code: string, isRetryable: boolean]
  reason?: string
  says?: RegExp
}

const NOT_ENABLED: Case['is'] = ['ServiceNotEnabledError', 'service_not_enabled', false]
const REJECTED: Case['is'] = ['RequestError', 'request_rejected', false]
const SERVER: Case['is'] = ['RequestError', 'server_error', true]
const NOT_FOUND: Case['is'] = ['RequestError', 'not_found', false]
const EXPIRED: Case['is'] = ['TokenExpiredError', 'token_expired', true]
const INVALID: Case['is'] = ['InvalidTokenError', 'invalid_token', false]
const STRANGE: Case['is'] = ['ResponseError', 'unexpected_response', false]

const cases: Case[] = [
  { status: 401, body: { message: 'Token is expired' }, is: EXPIRED, reason: 'Token is expired' },
  { status: 401, body: { message: 'Invalid token' }, is: INVALID, reason: 'Invalid token' },
  {
    status: 401,
    body: { message: 'Invalid authentication credentials' },
    is: REJECTED,
    reason: 'Invalid authentication credentials',
  },
  { status: 401, body: { detail: 'Token is expired', reason: 'Unauthorized' }, is: EXPIRED },
  { status: 401, body: 'Token is expired', is: EXPIRED },
  {
    status: 403,
    body: {
      detail: 'This service is not enabled for the current project.',
      reason: 'ServiceNotEnabled',
    },
    is: NOT_ENABLED,
    reason: 'This service is not enabled for the current project.',
  },
  { status: 400, body: { message: 'invalid_appid!' }, is: NOT_ENABLED, reason: 'invalid_appid!' },
  { api: 'v6', on: 'acquire', status: 400, body: { message: 'invalid_appid!' }, is: NOT_ENABLED },
  { api: 'v6', on: 'acquire', status: 400, body: { code: 62, reason: 'x' }, is: NOT_ENABLED },
  { api: 'v6', on: 'acquire', status: 504, body: { code: 62 }, is: NOT_ENABLED },
  { status: 500, body: { detail: 'core: allocate failed', reason: 'x' }, is: NOT_ENABLED },
  {
    api: 'v6',
    on: 'acquire',
    status: 400,
    body: { code: 2, reason: 'Acquire: invalid resourceExpiredHour value!' },
    is: REJECTED,
    reason: 'Acquire: invalid resourceExpiredHour value!',
    says: /enabled/,
  },
  {
    status: 400,
    body: { message: 'body schema check fail, x' },
    is: REJECTED,
    reason: 'body schema check fail, x',
    says: /enabled/,
  },
  {
    status: 400,
    body: { details: 'bad languages', reason: 'InvalidFieldValue' },
    is: REJECTED,
    reason: 'bad languages',
    says: /enabled/,
  },
  {
    status: 403,
    body: { detail: 'no', reason: 'InvalidPermission' },
    is: REJECTED,
    says: /enabled/,
  },
  { status: 504, body: { message: 'internal communication error' }, is: SERVER, says: /enabled/ },
  {
    status: 422,
    body: { detail: 'quota', reason: 'ResourceQuotaLimitExceeded' },
    is: REJECTED,
    reason: 'quota',
  },
  {
    status: 429,
    body: { detail: 'slow down', reason: 'ConcurrencyLimitExceeded' },
    is: ['RequestError', 'rate_limited', true],
    reason: 'slow down',
  },
  { status: 429, body: '', is: ['RequestError', 'rate_limited', true] },
  { status: 500, body: { message: 'x' }, is: SERVER, reason: 'x' },
  { status: 501, body: { code: 501 }, is: SERVER },
  { status: 502, body: '<html>Bad gateway</html>', is: SERVER, reason: '<html>Bad gateway</html>' },
  { status: 503, body: { detail: 'startup failed', reason: 'ServiceUnavailable' }, is: SERVER },
  { status: 505, body: 'x', is: SERVER },
  { status: 520, body: 'Web server returns an unknown error', is: SERVER },
  { status: 599, body: '', is: SERVER },
  ...[1, 6, 20, 23, 62, 501, 502, 504].map(
    (code): Case => ({
      status: 400,
      body: { code, reason: 'internal' },
      is: SERVER,
      reason: 'internal',
    }),
  ),
  { api: 'v6', status: 400, body: { code: 1001, reason: 'x' }, is: REJECTED },
  { api: 'v6', status: 400, body: { code: 1003, reason: 'x' }, is: REJECTED },
  {
    api: 'v6',
    status: 400,
    body: { message: 'the product name does not match with builderToken' },
    is: REJECTED,
  },
  {
    api: 'v6',
    status: 400,
    body: { message: 'resourceId reaches out the limited time interval!' },
    is: REJECTED,
  },
  {
    status: 404,
    body: { message: 'no Route matched with those values' },
    is: REJECTED,
    says: /baseUrl/,
  },
  { status: 404, body: { detail: 'x', reason: 'y' }, is: NOT_FOUND },
  { status: 400, body: { message: 'x' }, is: REJECTED, reason: 'x' },
  { status: 400, body: 'plain words', is: REJECTED, reason: 'plain words' },
  { status: 400, body: { message: '' }, is: REJECTED },
  { status: 400, body: [], is: REJECTED },
  { status: 400, body: 'null', is: REJECTED },
  { status: 400, body: { message: { deep: true }, reason: 7, code: '2' }, is: REJECTED },
  { status: 418, body: '', is: REJECTED },
  { status: 300, body: '', is: REJECTED },
  { status: 200, body: '', is: STRANGE },
  { status: 200, body: 'null', is: STRANGE },
  { status: 200, body: { agent_id: '' }, is: STRANGE },
  { status: 200, body: { agent_id: 5 }, is: STRANGE },
  { status: 204, body: undefined, is: STRANGE },
  { status: 206, body: { code: 20, reason: 'x' }, is: STRANGE },
  { api: 'v6', on: 'acquire', status: 200, body: { tokenName: '' }, is: STRANGE },
  { api: 'v6', on: 'acquire', status: 200, body: {}, is: STRANGE },
  { on: 'query', status: 500, body: 'x', is: SERVER },
  { on: 'query', status: 200, body: '<html>', is: STRANGE },
  { on: 'query', status: 403, body: { message: 'no' }, is: REJECTED },
  { on: 'stop', status: 401, body: { message: 'Token is expired' }, is: EXPIRED },
]

for (const { on = 'start', api = 'v7', status, body, is, reason, says } of cases) {
  test(`behaviour: ${api} ${on}, ${status} ${JSON.stringify(body)}`, async () => {
    const [name, code, isRetryable] = is
    const page = openPage({ api, config: { transcription: {} } })
    if (on === 'query' || on === 'stop') await enabled(page)
    page.agora.failNext({ operation: on, status, body, times: 9 })
    const operation = on === 'stop' ? 'disable' : on === 'query' ? 'refresh' : 'enable'
    const error = errorFrom(await page.settle<unknown>(page.client[operation]({ channel: 'room' })))
    expect(error).toMatchObject({ name, code, isRetryable, status })
    if (reason !== undefined) expect(error.reason).toBe(reason)
    if (reason) expect(error.message).toContain(reason)
    if (says) expect(error.message).toMatch(says)
    expect(SttError.is(error)).toBe(true)
    expect(error.docsUrl).toContain(code)
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({ name, code, isRetryable, status })
    const isNamed = ['token_expired', 'invalid_token', 'service_not_enabled'].includes(code)
    if (isNamed) expect(error.message).not.toMatch(/undefined/)
  })
}

test('behaviour: a long answer is cut', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', status: 400, body: 'x'.repeat(100_000) })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error.message.length).toBeLessThan(1_000)
  expect(error.reason?.length).toBeLessThan(1_000)
})

test('behaviour: no answer', async () => {
  const page = openPage({ config: { requestTimeoutMs: 1_500 } })
  page.agora.failNext({ operation: 'start', networkError: true })
  const network = errorFrom(await page.settle(page.client.enable({ channel: 'one' })))
  expect(network).toMatchObject({
    name: 'NetworkError',
    code: 'network',
    outcome: 'unknown',
    isRetryable: true,
  })
  expect(network.message).toMatch(/CORS/)
  expect(network.status).toBeUndefined()
  expect(JSON.parse(JSON.stringify(network))).toMatchObject({ outcome: 'unknown' })
  page.agora.failNext({ operation: 'start', delayMs: Number.POSITIVE_INFINITY, when: 'before' })
  const timeout = errorFrom(await page.settle(page.client.enable({ channel: 'two' })))
  expect(timeout).toMatchObject({ name: 'NetworkError', code: 'timeout', outcome: 'unknown' })
  expect(timeout.message).toContain('1500')
})

test('behaviour: a body that breaks off is no answer', async () => {
  const page = openPage({
    config: {
      fetch: async () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.error(new TypeError('network error')),
          }),
        ),
    },
  })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ code: 'network', outcome: 'unknown' })
})

test('behaviour: a fetch that throws at once is no answer', async () => {
  const page = openPage({
    config: {
      fetch: () => {
        throw new TypeError('Illegal invocation')
      },
    },
  })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ name: 'NetworkError', code: 'network' })
})

test('behaviour: a failure nobody listens to is no unhandled rejection', async () => {
  const unhandled: unknown[] = []
  const listen = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', listen)
  const page = openPage()
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'x' } })
  page.client.enable({ channel: 'room' })
  page.client.enable({ channel: '' })
  page.client.refresh({ channel: 'x'.repeat(65) })
  page.agora.failNext({ operation: 'list', networkError: true })
  page.client.refresh({ channel: 'other' })
  page.client.enable({ channel: 'third', tokenProvider: () => Promise.reject(new Error('x')) })
  page.client.enable({ channel: 'fourth' })
  page.client.disable({ channel: 'fourth' })
  await page.time.advance(30_000)
  await new Promise((resolve) => setTimeout(resolve, 20))
  process.off('unhandledRejection', listen)
  expect(unhandled).toEqual([])
})
