import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import {
  createSttClient,
  InvalidTokenError,
  type SttClient,
  TokenExpiredError,
} from 'react-realtime-stt/core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

/** The vendor's page prints these; the token is its placeholder. */
const APP_ID = '970ca35de60c44645bbae8a215061b33'
const INSTANCE_ID = 'testing'
const TOKEN =
  '007eJxTYJB6K8/S6bh8xqI7R0zYdRx5fDzfN9wWsW5W7mG3e+9lVqspMJibWVpYmlkkG6WmJpmYGxhZpCYbGBkZGqUYGBoYmibP2JOe2hDIyHD0zSwGRgYWBkYGEJ8ZTDKDSRYYycrAUpJaXMIIAFFUIKs='
const BUILDER_TOKENS = `https://api.agora.io/v1/projects/${APP_ID}/rtsc/speech-to-text/builderTokens`

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

function createClient(): SttClient {
  return createSttClient({
    appId: APP_ID,
    api: 'v6',
    tokenProvider: () => TOKEN,
    environment: { registry: {} },
  })
}

test('default: 200 becomes a session with the instance token', async () => {
  const received: { authorization: string | null; body: unknown }[] = []
  server.use(
    http.post(BUILDER_TOKENS, async ({ request }) => {
      received.push({
        authorization: request.headers.get('authorization'),
        body: await request.json(),
      })
      return HttpResponse.json({
        createTs: 1_720_000_000,
        instanceId: INSTANCE_ID,
        tokenName: 'abc',
      })
    }),
  )
  const client = createClient()
  const session = await client.enable({ channel: INSTANCE_ID })
  expect(received).toEqual([
    { authorization: `agora token="${TOKEN}"`, body: { instanceId: INSTANCE_ID } },
  ])
  expect(session).toEqual({
    api: 'v6',
    appId: APP_ID,
    channel: INSTANCE_ID,
    instanceId: INSTANCE_ID,
    instanceToken: 'abc',
    instanceTokenExpiresAt: 1_720_000_000_000 + 300_000,
    taskId: null,
    state: 'acquired',
    createdAt: 1_720_000_000_000,
    origin: 'started',
    botUid: null,
    transcription: null,
  })
  expect(client.getSnapshot(INSTANCE_ID)).toEqual({ status: 'enabled', session, error: null })
  client.dispose()
})

test('behaviour: 401 "Invalid token" becomes InvalidTokenError, and is not sent again', async () => {
  let calls = 0
  server.use(
    http.post(BUILDER_TOKENS, () => {
      calls += 1
      return HttpResponse.json({ message: 'Invalid token' }, { status: 401 })
    }),
  )
  const client = createClient()
  const error = await client.enable({ channel: INSTANCE_ID }).catch((caught: unknown) => caught)
  expect(InvalidTokenError.is(error)).toBe(true)
  expect(error).toMatchObject({ code: 'invalid_token', status: 401, reason: 'Invalid token' })
  expect(calls).toBe(1)
  expect(client.getSnapshot(INSTANCE_ID)).toEqual({ status: 'disabled', session: null, error })
  client.dispose()
})

test('behaviour: 401 "Token is expired" asks the provider once more and becomes TokenExpiredError', async () => {
  let calls = 0
  server.use(
    http.post(BUILDER_TOKENS, () => {
      calls += 1
      return HttpResponse.json({ message: 'Token is expired' }, { status: 401 })
    }),
  )
  const reasons: string[] = []
  const client = createSttClient({
    appId: APP_ID,
    api: 'v6',
    minIntervalMs: 0,
    environment: { registry: {} },
    tokenProvider: ({ reason }) => {
      reasons.push(reason)
      return TOKEN
    },
  })
  const error = await client.enable({ channel: INSTANCE_ID }).catch((caught: unknown) => caught)
  expect(TokenExpiredError.is(error)).toBe(true)
  expect(error).toMatchObject({ code: 'token_expired', status: 401, reason: 'Token is expired' })
  expect(calls).toBe(2)
  expect(reasons).toEqual(['initial', 'expired'])
  client.dispose()
})
