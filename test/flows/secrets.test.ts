import {
  SttError,
  type SttSession,
  type SttSnapshot,
  type TokenProvider,
} from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { openPage, openRecordingPage, type Page } from './openPage.js'

const SALT = `${'Sa/t+'.repeat(9).slice(0, 43)}=`
const SECRET = 'hush-hush-encryption-key'

/** Everything a message, a log or a devtool could show of a value: of errors, also what no JSON shows. */
function everythingOf(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value)
  if (seen.has(value)) return ''
  seen.add(value)
  const own = Reflect.ownKeys(value).map((key) => {
    const inner = (value as Record<PropertyKey, unknown>)[key]
    return `${String(key)}: ${typeof inner === 'function' ? '' : everythingOf(inner, seen)}`
  })
  const json = SttError.is(value) ? JSON.stringify(value) + JSON.stringify(value.toJSON()) : ''
  return [String(value), json, ...own].join('\n')
}

const withoutInstanceToken = ({ session, ...rest }: SttSnapshot) => ({
  ...rest,
  session: session && { ...session, instanceToken: null },
})

/** A page in which all that could be seen is written down, with the secrets that must not be in it. */
function watchedPage(
  api: 'v6' | 'v7',
  options: {
    fetch?: (page: ReturnType<typeof openRecordingPage>) => typeof globalThis.fetch
    encryption?: object
  } = {},
) {
  const seen: string[] = []
  const secrets = new Set<string>()
  const encryption = { mode: 8, secret: SECRET, salt: SALT, ...options.encryption }
  secrets.add(encryption.secret).add(encryption.salt)
  const tokenProvider: TokenProvider = async (request) => {
    const token = await page.agora.mintToken(request)
    secrets.add(token)
    return token
  }
  const page = openRecordingPage({ api, config: { transcription: { encryption }, tokenProvider } })
  const client = options.fetch
    ? page.createClient({ fetch: options.fetch(page) })
    : page.createClient()
  client.subscribe('room', () => {
    const snapshot = client.getSnapshot('room')
    if (snapshot.session?.instanceToken) secrets.add(snapshot.session.instanceToken)
    seen.push(everythingOf(withoutInstanceToken(snapshot)))
  })
  async function run(operation: 'enable' | 'disable' | 'refresh') {
    const promise: Promise<SttSession | null | undefined> =
      operation === 'disable'
        ? client.disable({ channel: 'room' }).then(() => undefined)
        : client[operation]({ channel: 'room' })
    const outcome = await page.settle(promise)
    if ('error' in outcome) seen.push(everythingOf(outcome.error))
    else if ('value' in outcome && outcome.value) {
      if (outcome.value.instanceToken) secrets.add(outcome.value.instanceToken)
      seen.push(everythingOf({ ...outcome.value, instanceToken: null }))
    } else expect(outcome).toHaveProperty('value')
    return outcome
  }
  function assertNothingLeaked() {
    for (const { url } of page.received) {
      const builderToken = url.searchParams.get('builderToken')
      if (builderToken) secrets.add(builderToken)
    }
    const text = [...seen, everythingOf(page.events), JSON.stringify(page.events)].join('\n')
    expect(text.length).toBeGreaterThan(100)
    for (const secret of secrets) {
      for (const form of new Set([
        secret,
        encodeURIComponent(secret),
        new URLSearchParams({ x: secret }).toString().slice(2),
        JSON.stringify(secret).slice(1, -1),
        secret.replaceAll('/', '\\/'),
      ])) {
        const at = text.indexOf(form)
        expect(at < 0 ? '' : text.slice(Math.max(0, at - 80), at + form.length), form).toBe('')
      }
    }
    return secrets
  }
  return { page, client, run, seen, secrets, assertNothingLeaked }
}

const faults = [
  { networkError: true },
  { dropResponse: true },
  { delayMs: Number.POSITIVE_INFINITY },
  { status: 200, body: '<html>' },
  { status: 500, body: { message: 'x' } },
  { status: 401, body: { message: 'Token is expired' } },
  { status: 401, body: { message: 'Invalid token' } },
  { status: 403, body: { detail: 'x', reason: 'ServiceNotEnabled' } },
  { status: 409, body: {} },
] as const

/** What a key can hold beside letters is spelt otherwise in JSON and in addresses. */
const encryptions = [
  ['a plain key', {}],
  ['a key with odd characters', { secret: 'a "quoted" \\ key, ünïcode & ~(more)*' }],
] as const

const thrown = [
  ['its message', (text: string) => new TypeError(`Failed to fetch ${text}`)],
  ['its cause', (text: string) => new TypeError('x', { cause: new Error(text) })],
  ['a field', (text: string) => Object.assign(new Error('x'), { request: { url: text } })],
  [
    'a hidden field',
    (text: string) => Object.defineProperty(new Error('x'), 'url', { value: text }),
  ],
  ['an AggregateError', (text: string) => new AggregateError([new Error(text)], 'x')],
  ['its name', (text: string) => Object.assign(new Error('x'), { name: `Bad ${text}` })],
  ['a plain string', (text: string) => text],
  ['a plain object', (text: string) => ({ config: { headers: text } })],
] as const

/** A request as a service, a proxy or a fetch wrapper might repeat it, its shortest secrets first. */
function echoOf(input: unknown, init: RequestInit | undefined): string {
  const url = new URL(String(input))
  const { rtcConfig = {} } = init?.body ? JSON.parse(String(init.body)) : {}
  const { secret = '', salt = '', pubBotToken = '', subBotToken = '' } = rtcConfig
  const authorization = new Headers(init?.headers).get('authorization')
  return [
    secret,
    salt,
    url.searchParams.get('builderToken') ?? '',
    url.search,
    JSON.stringify({ secret, salt }),
    authorization,
    pubBotToken,
    subBotToken,
    url.href,
    init?.body,
  ].join(' ')
}

function toAnswer(shape: string, said: string): string {
  if (shape === 'text') return said
  if (shape === 'html') return `<p>${said}</p>`
  if (shape === 'escaped slashes') return JSON.stringify({ message: said }).replaceAll('/', '\\/')
  return JSON.stringify({ [shape]: said })
}

/** Writes down what is sent, as the page's own fetch does, before the given one answers. */
function noting(answer: (page: Page) => typeof globalThis.fetch) {
  return (page: ReturnType<typeof openRecordingPage>): typeof globalThis.fetch =>
    (input, init) => {
      const url = new URL(String(input))
      page.received.push({ at: 0, method: '', url, authorization: null, body: undefined })
      return answer(page)(input, init)
    }
}

for (const api of ['v6', 'v7'] as const) {
  test(`behaviour: no secret shows, whatever goes wrong (${api})`, async () => {
    for (const operation of ['acquire', 'start', 'query', 'list', 'stop'] as const) {
      for (const fault of faults) {
        const { page, run, assertNothingLeaked } = watchedPage(api)
        page.agora.failNext({ operation, ...fault })
        await run('enable')
        await page.time.advance(65_000)
        await run('refresh')
        await run('enable')
        await run('disable')
        expect([...assertNothingLeaked()].length).toBeGreaterThan(2)
      }
    }
  })

  for (const [kind, encryption] of encryptions) {
    for (const shape of ['message', 'reason', 'text', 'html', 'escaped slashes'] as const) {
      for (const status of [200, 400, 401, 409, 500] as const) {
        test(`behaviour: a service that repeats the request in its answer shows no secret (${api}, ${kind}, ${shape}, ${status})`, async () => {
          const { run, assertNothingLeaked } = watchedPage(api, {
            encryption,
            fetch: noting((page) => async (input, init) => {
              if (String(input).endsWith('/builderTokens')) return page.fetch(input, init)
              return new Response(toAnswer(shape, echoOf(input, init)), { status })
            }),
          })
          await run('enable')
          await run('refresh')
          await run('disable')
          assertNothingLeaked()
        })
      }
    }

    for (const [title, toError] of thrown) {
      test(`behaviour: a fetch that throws the request in ${title} shows no secret (${api}, ${kind})`, async () => {
        const { run, assertNothingLeaked } = watchedPage(api, {
          encryption,
          fetch: noting((page) => async (input, init) => {
            if (String(input).endsWith('/builderTokens')) return page.fetch(input, init)
            throw toError(echoOf(input, init))
          }),
        })
        await run('enable')
        await run('enable')
        await run('refresh')
        await run('disable')
        assertNothingLeaked()
      })
    }
  }
}

test('behaviour: an unreadable answer to the acquire shows no builder token', async () => {
  for (const body of [
    '{"createTs":1,"instanceId":"room","tokenName":"a-builder-token-of-some-length"',
    '{"createTs":"1","instanceId":"room","tokenName":"a-builder-token-of-some-length"}',
  ]) {
    const page = openPage({ api: 'v6' })
    page.agora.failNext({ operation: 'acquire', status: 200, body })
    const outcome = await page.settle(page.client.enable({ channel: 'room' }))
    const text = everythingOf(outcome) + everythingOf(page.client.getSnapshot('room'))
    expect(outcome).toHaveProperty('error')
    expect(text).not.toContain('a-builder-token-of-some-length')
  }
})

test('behaviour: a provider that fails with a token in its error shows none', async () => {
  for (const wrap of [
    (token: string) => new Error(`cannot store ${token}`),
    (token: string) => new Error('x', { cause: { token } }),
    (token: string) => Object.assign(new Error('x'), { response: { token } }),
    (token: string) => new AggregateError([new Error(token)], 'x'),
    (token: string) => token,
  ]) {
    const page = openPage()
    const token = await page.agora.mintToken({ channel: 'room' })
    const outcome = await page.settle(
      page.client.enable({ channel: 'room', tokenProvider: () => Promise.reject(wrap(token)) }),
    )
    expect(everythingOf(outcome)).toContain('TokenProviderError')
    expect(everythingOf(outcome)).not.toContain(token)
  }
})

test('behaviour: a token that cannot be sent is not shown', async () => {
  const page = openPage()
  const token = `"${await page.agora.mintToken({ channel: 'room' })}"`
  const outcome = await page.settle(
    page.client.enable({ channel: 'room', tokenProvider: () => token }),
  )
  expect(everythingOf(outcome)).toContain('InvalidTokenError')
  expect(everythingOf(outcome)).not.toContain(token.slice(1, -1))
})

test('behaviour: an error keeps a harmless cause as it is', async () => {
  const cause = new TypeError('Failed to fetch')
  const page = openPage({ config: { fetch: () => Promise.reject(cause) } })
  const outcome = await page.settle(page.client.enable({ channel: 'room' }))
  expect(outcome).toMatchObject({
    error: { code: 'network', message: expect.stringMatching(/CORS/) },
  })
  expect((outcome as { error: Error }).error.cause).toMatchObject({
    name: 'TypeError',
    message: 'Failed to fetch',
  })
})
