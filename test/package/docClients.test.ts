import agoraToken from 'agora-token'
import { http } from 'msw'
import { setupServer } from 'msw/node'
import {
  createSttClient,
  InvalidTokenError,
  NetworkError,
  type SignalingClientLike,
  type SttClient,
  type SttError,
  TokenExpiredError,
  type TokenProvider,
  type Transcript,
} from 'react-realtime-stt/core'
import { createFakeAgora, createFakeSignaling } from 'react-realtime-stt/testing'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { loadRun } from './loadRun.ts'

type TokenEndpoint = (
  project: { appId: string; appCertificate: string },
  request: Request,
  purpose: string,
  user: { uid: string; channels: readonly string[] } | null,
) => Promise<Response>

const server = setupServer()
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }))
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const user = { uid: '42', channels: ['standup'] }

function openAgora() {
  const agora = createFakeAgora()
  server.use(...agora.handlers)
  return agora
}

test('default: token provider and endpoint of the docs start captions that are heard', async () => {
  const agora = openAgora()
  const { answerTokenRequest } = await loadRun<{ answerTokenRequest: TokenEndpoint }>(
    'web-endpoint',
  )
  const { tokenProvider } = await loadRun<{ tokenProvider: TokenProvider }>('token-provider')
  server.use(
    http.post('*/api/agora-token/:purpose', ({ request, params }) =>
      answerTokenRequest(agora, request, String(params.purpose), user),
    ),
  )
  const { fetch } = globalThis
  // A page has an address, Node has none.
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) =>
    fetch(new URL(url, 'https://app.example'), init),
  )
  const client = createSttClient({ appId: agora.appId, api: 'v7', tokenProvider })
  await client.enable({ channel: 'standup', uid: 42 })
  expect(agora.liveTasks('standup')).toMatchObject([{ transcribes: true }])
  client.dispose()
  vi.unstubAllGlobals()
})

test('default: the endpoint of the docs gives the tokens of both bots of v6', async () => {
  const agora = openAgora()
  const { answerTokenRequest } = await loadRun<{ answerTokenRequest: TokenEndpoint }>(
    'web-endpoint',
  )
  const client = createSttClient({
    appId: agora.appId,
    api: 'v6',
    transcription: {},
    minIntervalMs: 0,
    tokenProvider: async ({ channel, uid, purpose }) => {
      const body = new URLSearchParams({ channel, uid })
      const request = new Request('https://app.example/', { method: 'POST', body })
      return (await answerTokenRequest(agora, request, purpose, user)).text()
    },
  })
  await client.enable({ channel: 'standup', uid: 42 })
  expect(agora.liveTasks('standup')).toMatchObject([{ transcribes: true }])
  client.dispose()
})

test('behaviour: a token of SttTokenBuilder serves as well', async () => {
  const agora = openAgora()
  const seconds = 3_600
  const client = createSttClient({
    appId: agora.appId,
    api: 'v7',
    tokenProvider: ({ channel, uid }) =>
      agoraToken.SttTokenBuilder.buildToken(
        agora.appId,
        agora.appCertificate,
        channel,
        uid,
        agoraToken.RtcRole.PUBLISHER,
        ...[seconds, seconds, seconds, seconds, seconds],
        uid,
        seconds,
      ),
  })
  await client.enable({ channel: 'standup', uid: 42 })
  expect(agora.liveTasks('standup')).toMatchObject([{ transcribes: true }])
  client.dispose()
})

test.each([
  { appId: '', appCertificate: '0' },
  { appId: '0', appCertificate: '' },
])('behaviour: the endpoint of the docs says what is missing: %o', async (project) => {
  const { answerTokenRequest } = await loadRun<{ answerTokenRequest: TokenEndpoint }>(
    'web-endpoint',
  )
  const body = new URLSearchParams({ channel: 'standup', uid: '42' })
  const request = new Request('https://app.example/', { method: 'POST', body })
  await expect(answerTokenRequest(project, request, 'rest', user)).rejects.toThrow(
    'Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.',
  )
})

test.each([
  ['nobody', 'rest', '42', null],
  ["another's uid", 'rest', '43', user],
  ["the bot's uid for a user", 'rest', '900000001', user],
  ["a user's uid for the bot", 'bot', '42', user],
  ['another channel', 'rest', '42', { ...user, channels: ['retro'] }],
  ['every uid', 'rest', '0', user],
  ['nobody that asks for the bot', 'bot', '900000001', null],
])('behaviour: the endpoint of the docs refuses %s', async (_, purpose, uid, asking) => {
  const { answerTokenRequest } = await loadRun<{ answerTokenRequest: TokenEndpoint }>(
    'web-endpoint',
  )
  const body = new URLSearchParams({ channel: 'standup', uid })
  const request = new Request('https://app.example/', { method: 'POST', body })
  expect((await answerTokenRequest(createFakeAgora(), request, purpose, asking)).status).toBe(403)
})

test('default: the story of a good start', async () => {
  const agora = openAgora()
  const { createTalkativeApp } = await loadRun<{
    createTalkativeApp(
      appId: string,
      write: (sentence: string) => void,
    ): { sttClient: SttClient; transcript: Transcript }
  }>('on-event')
  const story: string[] = []
  const write = (sentence: string) => story.push(sentence.trim().replace(/\/api\/.*\//, '…/'))
  const { sttClient, transcript } = createTalkativeApp(agora.appId, write)
  await sttClient.enable({ channel: 'standup', tokenProvider: agora.mintToken })
  transcript.ingest(new Uint8Array([1, 2, 3]))
  expect(story).toEqual([
    'standup: enable: began',
    'standup: enable: claimed starting',
    'standup: POST …/join',
    'standup: 200',
    'standup: enable: started',
    'captions: undecodable',
  ])
  sttClient.dispose()
})

test('default: the message for a user follows the kind of the error', async () => {
  const { toNotice } = await loadRun<{ toNotice(error: SttError): string }>('to-notice')
  const options = { outcome: 'unknown' } as const
  expect([
    toNotice(new TokenExpiredError('')),
    toNotice(new InvalidTokenError('')),
    toNotice(new NetworkError('network', '', options)),
  ]).toEqual([
    'Your session has expired. Sign in again.',
    'Captions are not set up correctly. We have been told.',
    'No answer came. Captions may be on already. Try again.',
  ])
})

test('default: a failure of the client without React is told', async () => {
  const { sttClient } = await loadRun<{ sttClient: SttClient }>('client-of-core')
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const tokenProvider = () => Promise.reject(new Error('no session'))
  const enabling = sttClient.enable({ channel: 'standup', tokenProvider })
  await expect(enabling).rejects.toMatchObject({ code: 'token_provider_failed' })
  expect(warn.mock.calls).toEqual([['token_provider_failed']])
  warn.mockClear()
})

test('default: a Signaling token is minted for the user’s own ids alone', async () => {
  const { mintSignalingToken } = await loadRun<{
    mintSignalingToken(
      project: { appId: string; appCertificate: string },
      user: { uid: string },
      userId: string,
    ): string | null
  }>('signaling-token')
  const project = createFakeAgora()
  expect(mintSignalingToken(project, user, '42-a')).toMatch(/^007/)
  expect(mintSignalingToken(project, user, '421-a')).toBeNull()
})

test('default: a client over Signaling keeps its claim there, without a token', async () => {
  const agora = openAgora()
  const signaling = createFakeSignaling()
  const { createApp } = await loadRun<{
    createApp(
      appId: string,
      rtm: SignalingClientLike,
      fetchToken: (channel: string, uid: string) => Promise<string>,
    ): SttClient
  }>('with-signaling')
  const client = createApp(agora.appId, signaling.createClient('ada'), (channel, uid) =>
    agora.mintToken({ channel, uid }),
  )
  await client.enable({ channel: 'standup' })
  const stored = JSON.stringify(signaling.metadata('stt:standup'))
  expect(stored).toContain('running')
  // As every AccessToken2 begins.
  expect(stored).not.toContain('007eJ')
  client.dispose()
})
