import type { TokenProvider, TokenRequest } from 'react-realtime-stt/core'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import {
  count,
  enabled,
  errorFrom,
  openPage,
  openRecordingPage,
  sent,
  valueFrom,
} from './openPage.js'

interface Asked {
  purpose: string
  uid: string
  channel: string
  reason: string
}

/** A page whose provider writes down what it was asked, with tokens that live as long as told. */
function askingPage(options: Parameters<typeof openPage>[0] = {}) {
  const asked: Asked[] = []
  const lifetime = { seconds: 3_600 }
  const tokenProvider: TokenProvider = ({ purpose, uid, channel, reason }) => {
    asked.push({ purpose, uid, channel, reason })
    const expiresInSeconds = lifetime.seconds
    return page.agora.mintToken({ channel, uid, expiresInSeconds })
  }
  const page = openPage({ ...options, config: { ...options.config, tokenProvider } })
  const reasons = (purpose = 'rest') =>
    asked.filter((given) => given.purpose === purpose).map(({ reason }) => reason)
  return Object.assign(page, { asked, lifetime, reasons })
}

const refresh = async (page: ReturnType<typeof askingPage>) =>
  page.settle(page.client.refresh({ channel: 'room' }))

test('default: what the provider is asked', async () => {
  const requests: TokenRequest[] = []
  const page = openPage({
    config: {
      tokenProvider: (request) => {
        requests.push(request)
        return page.agora.mintToken(request)
      },
    },
  })
  await enabled(page)
  const shared = { appId: page.agora.appId, channel: 'room', reason: 'initial' }
  expect(requests).toHaveLength(2)
  expect(requests).toContainEqual(
    expect.objectContaining({ ...shared, uid: '900000001', purpose: 'bot' }),
  )
  expect(requests).toContainEqual(expect.objectContaining({ ...shared, uid: '0', purpose: 'rest' }))
  for (const { signal } of requests) {
    expect(signal).toBeInstanceOf(AbortSignal)
    expect(signal.aborted).toBe(false)
  }
})

test('behaviour: a REST token is reused until 60 s before its expiry', async () => {
  const page = askingPage()
  page.lifetime.seconds = 300
  await enabled(page)
  const mintedAt = page.agora.requests[0]?.at ?? 0
  await page.time.advance(239_000 - (page.time.now - mintedAt))
  await refresh(page)
  expect(page.reasons()).toEqual(['initial'])
  await page.time.advance(2_000)
  await refresh(page)
  expect(page.reasons()).toEqual(['initial', 'expiring'])
  await page.time.advance(400_000)
  await refresh(page)
  expect(page.reasons()).toEqual(['initial', 'expiring', 'expired'])
})

test('behaviour: a bot token is asked for anew for each start', async () => {
  const page = askingPage()
  await enabled(page)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  await enabled(page)
  expect(page.reasons('bot')).toHaveLength(2)
  expect(page.reasons('rest')).toEqual(['initial'])
})

test('behaviour: a token just returned is sent, whatever the clock of this device says', async () => {
  for (const jump of [7_200_000, -7_200_000]) {
    const page = openPage()
    const client = page.createClient({
      environment: { ...page.time.environment(), now: () => page.time.now + jump },
    })
    valueFrom(await page.settle(client.enable({ channel: 'room' })))
    valueFrom(await page.settle(client.disable({ channel: 'room' })))
    expect(sent(page)).toEqual(['start', 'stop'])
  }
})

test('behaviour: a token that cannot be read is reused until the service refuses it', async () => {
  let asked = 0
  const page = openPage({
    config: {
      environment: undefined as never,
      tokenProvider: async (request) => {
        if (request.purpose === 'rest') asked += 1
        return page.agora.mintToken(request)
      },
    },
  })
  const client = page.createClient({
    environment: {
      ...page.time.environment(),
      inflate: async () => {
        throw new TypeError('no zlib here')
      },
    },
  })
  valueFrom(await page.settle(client.enable({ channel: 'room' })))
  await page.time.advance(3_000_000)
  valueFrom(await page.settle(client.refresh({ channel: 'room' })))
  expect(asked).toBe(1)
  await page.time.advance(700_000)
  valueFrom(await page.settle(client.refresh({ channel: 'room' })))
  expect(asked).toBe(2)
  expect(sent(page)).toEqual(['start', 'query', 'query', 'query'])
})

test('behaviour: 401 "Token is expired" is asked once more, and replayed once', async () => {
  const page = askingPage()
  page.agora.failNext({ operation: 'start', status: 401, body: { message: 'Token is expired' } })
  await enabled(page)
  expect(page.reasons()).toEqual(['initial', 'expired'])
  expect(sent(page)).toEqual(['start', 'start'])
  expect(page.agora.startedTasks()).toBe(1)
})

test('behaviour: a second "Token is expired" is the end, and the next call asks again', async () => {
  const page = askingPage()
  page.lifetime.seconds = 0
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({
    name: 'TokenExpiredError',
    code: 'token_expired',
    status: 401,
    reason: 'Token is expired',
    isRetryable: true,
  })
  expect(page.reasons()).toEqual(['initial', 'expired'])
  expect(sent(page)).toEqual(['start', 'start'])
  page.lifetime.seconds = 3_600
  await page.time.advance(2_000)
  await enabled(page)
  expect(page.reasons()).toEqual(['initial', 'expired', 'expired'])
})

test('behaviour: the second token can be refused for another reason', async () => {
  const page = askingPage()
  page.agora.failNext({ operation: 'start', status: 401, body: { message: 'Token is expired' } })
  page.agora.failNext({ operation: 'start', status: 401, body: { message: 'Invalid token' } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error.code).toBe('invalid_token')
  expect(sent(page)).toEqual(['start', 'start'])
})

test('behaviour: 401 "Invalid token" is not replayed, and the token dropped', async () => {
  const page = askingPage()
  page.agora.failNext({ operation: 'start', status: 401, body: { message: 'Invalid token' } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ name: 'InvalidTokenError', status: 401, reason: 'Invalid token' })
  expect(error.message).not.toContain('AccessToken2')
  expect(sent(page)).toEqual(['start'])
  await page.time.advance(2_000)
  await enabled(page)
  expect(page.reasons()).toEqual(['initial', 'initial'])
})

test('behaviour: where a refused token did not begin with 007 the message says what it is not', async () => {
  const page = openPage({ config: { tokenProvider: () => '006not-access-token-2' } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error.code).toBe('invalid_token')
  expect(error.message).toMatch(/007/)
  expect(error.message).toMatch(/AccessToken2/)
})

for (const [title, value] of [
  ['undefined', undefined],
  ['null', null],
  ["''", ''],
  ['a number', 42],
  ['an object', { token: 'x' }],
] as const) {
  for (const purpose of ['rest', 'bot'] as const) {
    test(`behaviour: a provider that returns ${title} for ${purpose} has failed, and nothing is sent`, async () => {
      const page = openPage({
        config: {
          tokenProvider: (request) =>
            request.purpose === purpose
              ? (value as unknown as string)
              : page.agora.mintToken(request),
        },
      })
      const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
      expect(error).toMatchObject({ name: 'TokenProviderError', code: 'token_provider_failed' })
      expect(sent(page)).toEqual([])
      expect(page.client.getSnapshot('room')).toEqual({ status: 'disabled', session: null, error })
    })
  }
}

for (const [title, fail] of [
  [
    'throws',
    () => {
      throw new Error('no network')
    },
  ],
  ['rejects', () => Promise.reject(new Error('no network'))],
  ['rejects with a string', () => Promise.reject('no network')],
  ['rejects with undefined', () => Promise.reject(undefined)],
] as const) {
  test(`behaviour: a provider that ${title} has failed, and nothing is sent`, async () => {
    const page = openPage({ config: { tokenProvider: fail as TokenProvider } })
    const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
    expect(error).toMatchObject({ name: 'TokenProviderError', isRetryable: true })
    expect(sent(page)).toEqual([])
  })
}

test('behaviour: requestTimeoutMs bounds the provider, and its signal is aborted', async () => {
  const signals: AbortSignal[] = []
  const page = openPage({
    config: {
      requestTimeoutMs: 3_000,
      tokenProvider: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => {})
      },
    },
  })
  const begun = page.time.now
  let settledAt = 0
  const enable = page.client.enable({ channel: 'room' })
  enable.catch(() => {
    settledAt = page.time.now
  })
  const error = errorFrom(await page.settle(enable))
  expect(error.code).toBe('token_provider_failed')
  expect(settledAt - begun).toBe(3_000)
  expect(signals.map(({ aborted }) => aborted)).toEqual(signals.map(() => true))
  expect(sent(page)).toEqual([])
  expect(page.time.pendingTimers).toBe(0)
})

for (const bad of [
  'has space',
  'line\nbreak',
  'tab\t',
  'quo"te',
  'back\\slash',
  'naïve',
  '\u0000x',
  'x\u007f',
]) {
  for (const purpose of ['rest', 'bot'] as const) {
    test(`behaviour: ${JSON.stringify(bad)} as ${purpose} token cannot be sent`, async () => {
      const page = openPage({
        config: {
          tokenProvider: (request) =>
            request.purpose === purpose ? bad : page.agora.mintToken(request),
        },
      })
      const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
      expect(error).toMatchObject({ name: 'InvalidTokenError', code: 'invalid_token' })
      expect(error.status).toBeUndefined()
      expect(error.message).toContain(purpose)
      expect(error.message).not.toContain(bad)
      expect(sent(page)).toEqual([])
    })
  }
}

test("behaviour: everything printable but quote and backslash is the service's to judge", async () => {
  const token = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index))
    .join('')
    .replace('"', '')
    .replace('\\', '')
  const page = openRecordingPage({
    config: {
      tokenProvider: (request) =>
        request.purpose === 'rest' ? token : page.agora.mintToken(request),
    },
  })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(error).toMatchObject({ code: 'invalid_token', status: 401 })
  expect(page.received[0]?.authorization).toBe(`agora token="${token}"`)
})

for (const api of ['v7', 'v6'] as const) {
  for (const [title, wrong] of [
    ["the user's own token", { channel: 'room', uid: '7' }],
    ['a token for another channel', { channel: 'other', uid: '900000001' }],
    ['a wildcard uid for another channel', { channel: 'other', uid: '0' }],
  ] as const) {
    test(`behaviour: ${title} cannot serve the bot (${api})`, async () => {
      const page = openPage({
        api,
        config: {
          transcription: {},
          tokenProvider: (request) =>
            page.agora.mintToken(request.purpose === 'bot' ? wrong : request),
        },
      })
      const error = errorFrom(await page.settle(page.client.enable({ channel: 'room', uid: 7 })))
      expect(error).toMatchObject({ name: 'InvalidTokenError', code: 'invalid_token' })
      expect(error.message).toContain('bot')
      expect(error.message).toContain('room')
      expect(error.message).toContain('90000000')
      expect(error.message).toContain(wrong.channel)
      expect(sent(page)).toEqual([])
    })
  }

  test(`behaviour: the listener's token is checked as well (${api})`, async () => {
    if (api === 'v7') return
    const page = openPage({
      api,
      config: {
        transcription: {},
        tokenProvider: ({ channel }) => page.agora.mintToken({ channel, uid: '900000001' }),
      },
    })
    const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
    expect(error.message).toContain('900000002')
    expect(sent(page)).toEqual([])
  })
}

test('behaviour: wildcard channel, empty uid and a token without RTC pass', async () => {
  for (const wide of [
    { channel: '*', uid: '0' },
    { channel: 'room', uid: '0' },
    { channel: '*', uid: '900000001' },
  ]) {
    const page = openPage({
      config: {
        tokenProvider: (request) =>
          page.agora.mintToken(request.purpose === 'bot' ? wide : request),
      },
    })
    await enabled(page)
    expect(page.agora.liveTasks()[0]?.transcribes).toBe(true)
  }
  /** The vendor's page prints this one: RTM only. */
  const rtmOnly =
    '007eJxTYJB6K8/S6bh8xqI7R0zYdRx5fDzfN9wWsW5W7mG3e+9lVqspMJibWVpYmlkkG6WmJpmYGxhZpCYbGBkZGqUYGBoYmibP2JOe2hDIyHD0zSwGRgYWBkYGEJ8ZTDKDSRYYycrAUpJaXMIIAFFUIKs='
  const page = openPage({
    config: {
      tokenProvider: (request) =>
        request.purpose === 'bot' ? rtmOnly : page.agora.mintToken(request),
    },
  })
  await enabled(page)
})

test('behaviour: an inflate that never settles holds a bot token up for 250 ms at most, a REST token not at all', async () => {
  const page = openPage()
  const client = page.createClient({
    environment: { ...page.time.environment(), inflate: () => new Promise(() => {}) },
  })
  const begun = page.time.now
  const enable = client.enable({ channel: 'room' })
  await page.time.advance(250)
  expect(page.agora.requests[0]?.at).toBe(begun + 250)
  valueFrom(await page.settle(enable))
  valueFrom(await page.settle(client.refresh({ channel: 'room' })))
  expect(count(page, 'query')).toBe(1)
})

test('behaviour: signed tokens of another certificate are refused by the service', async () => {
  const page = openPage({ agora: { tokens: 'signed' } })
  const wrong = createFakeAgora({ appId: page.agora.appId, now: () => page.time.now })
  const client = page.createClient({ tokenProvider: (request) => wrong.mintToken(request) })
  const enable = client.enable({ channel: 'room' })
  enable.catch(() => {})
  let error: unknown
  enable.catch((caught: unknown) => {
    error = caught
  })
  for (let turn = 0; turn < 50 && error === undefined; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  expect(error).toMatchObject({ code: 'invalid_token', status: 401 })
})
