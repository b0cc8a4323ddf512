import { ConfigError, createSttClient, type SttClientConfig } from 'react-realtime-stt/core'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { errorFrom, openPage, sent, valueFrom } from './openPage.js'

const APP_ID = '0123456789abcdef0123456789abcdef'
const SALT = `${'A'.repeat(43)}=`
const uids = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1))

interface Bad {
  title: string
  options: object
  api?: 'v6' | 'v7'
  /** What the message must speak of. */
  says: (string | RegExp)[]
}

const badTranscriptions: Bad[] = [
  { title: 'no languages', options: { languages: [] }, says: ['languages', '1'] },
  {
    title: 'five languages',
    options: { languages: ['a', 'b', 'c', 'd', 'e'] },
    says: ['languages', '4', '5'],
  },
  { title: 'languages as a string', options: { languages: 'en-US' }, says: ['languages', 'en-US'] },
  { title: 'an empty language', options: { languages: [''] }, says: ['languages', /empty/] },
  {
    title: 'six speakers',
    options: { speakerLanguages: uids(6).map((uid) => ({ uid, languages: ['en-US'] })) },
    says: ['speakerLanguages', '5', '6'],
  },
  {
    title: 'a speaker with five languages',
    options: { speakerLanguages: [{ uid: '1', languages: uids(5) }] },
    says: ['speakerLanguages', '4', '5'],
  },
  {
    title: 'a speaker that is no object',
    options: { speakerLanguages: ['1'] },
    says: ['speakerLanguages', /object/],
  },
  {
    title: 'an unknown key of a speaker',
    options: { speakerLanguages: [{ uid: '1', languages: ['x'], lang: 1 }] },
    says: ['speakerLanguages', 'lang'],
  },
  {
    title: 'five sources',
    options: { translations: uids(5).map((source) => ({ source, targets: ['x'] })) },
    says: ['translations', '4', '5'],
  },
  {
    title: 'eleven targets',
    options: { translations: [{ source: 'x', targets: uids(11) }] },
    says: ['targets', '10', '11'],
  },
  {
    title: 'six targets on v6',
    api: 'v6',
    options: { translations: [{ source: 'x', targets: uids(6) }] },
    says: ['targets', '5', '6'],
  },
  {
    title: 'no targets',
    options: { translations: [{ source: 'x', targets: [] }] },
    says: ['targets', '1', '0'],
  },
  { title: 'botUid 0', options: { botUid: 0 }, says: ['botUid', '1', '4294967295', '0'] },
  { title: 'botUid -1', options: { botUid: -1 }, says: ['botUid', '4294967295', '-1'] },
  { title: 'botUid 1.5', options: { botUid: 1.5 }, says: ['botUid', '4294967295', '1.5'] },
  {
    title: 'botUid too large',
    options: { botUid: '4294967296' },
    says: ['botUid', '4294967295', '4294967296'],
  },
  { title: 'botUid as a name', options: { botUid: 'bot' }, says: ['botUid', '4294967295', 'bot'] },
  { title: 'botUid null', options: { botUid: null }, says: ['botUid', 'null'] },
  { title: 'botUid in a list', options: { botUid: ['5'] }, says: ['botUid', '4294967295'] },
  {
    title: 'listenerBotUid on v7',
    options: { listenerBotUid: 5 },
    says: ['listenerBotUid', 'v6', '5'],
  },
  {
    title: 'listenerBotUid equal to botUid',
    api: 'v6',
    options: { botUid: 7, listenerBotUid: '7' },
    says: ['listenerBotUid', 'botUid', '7'],
  },
  {
    title: 'listenerBotUid equal to the default botUid',
    api: 'v6',
    options: { listenerBotUid: 900000001 },
    says: ['listenerBotUid', 'botUid', '900000001'],
  },
  {
    title: 'botUid equal to the default listenerBotUid',
    api: 'v6',
    options: { botUid: '900000002' },
    says: ['listenerBotUid', 'botUid', '900000002'],
  },
  {
    title: '33 includeUids',
    options: { includeUids: uids(33) },
    says: ['includeUids', '32', '33'],
  },
  { title: 'six excludeUids', options: { excludeUids: uids(6) }, says: ['excludeUids', '5', '6'] },
  {
    title: 'includeUids and excludeUids',
    options: { includeUids: ['1'], excludeUids: ['2'] },
    says: ['includeUids', 'excludeUids'],
  },
  {
    title: 'maxIdleSeconds -1',
    options: { maxIdleSeconds: -1 },
    says: ['maxIdleSeconds', '0', '259200', '-1'],
  },
  {
    title: 'maxIdleSeconds 259201 on v7',
    options: { maxIdleSeconds: 259_201 },
    says: ['maxIdleSeconds', '259200', '259201'],
  },
  {
    title: 'maxIdleSeconds 4 on v6',
    api: 'v6',
    options: { maxIdleSeconds: 4 },
    says: ['maxIdleSeconds', '5', '2592000', '4'],
  },
  {
    title: 'maxIdleSeconds 2592001 on v6',
    api: 'v6',
    options: { maxIdleSeconds: 2_592_001 },
    says: ['maxIdleSeconds', '2592000', '2592001'],
  },
  {
    title: 'maxIdleSeconds 1.5',
    options: { maxIdleSeconds: 1.5 },
    says: ['maxIdleSeconds', '1.5'],
  },
  {
    title: "maxIdleSeconds '30'",
    options: { maxIdleSeconds: '30' },
    says: ['maxIdleSeconds', '30'],
  },
  {
    title: 'maxIdleSeconds NaN',
    options: { maxIdleSeconds: Number.NaN },
    says: ['maxIdleSeconds', 'NaN'],
  },
  {
    title: 'keywords on v6',
    api: 'v6',
    options: { keywords: ['Agora'] },
    says: ['keywords', 'v7'],
  },
  { title: '501 keywords', options: { keywords: uids(501) }, says: ['keywords', '500', '501'] },
  {
    title: 'captionFormat',
    options: { captionFormat: 'xml' },
    says: ['captionFormat', 'protobuf', 'json', 'xml'],
  },
  {
    title: 'encryption mode 0',
    options: { encryption: { mode: 0, secret: 'hush-hush' } },
    says: ['encryption', 'mode', '1', '8', /\b0\b/],
  },
  {
    title: 'encryption mode 9',
    options: { encryption: { mode: 9, secret: 'hush-hush' } },
    says: ['encryption', 'mode', '1', '8', '9'],
  },
  {
    title: 'encryption mode 1.5',
    options: { encryption: { mode: 1.5, secret: 'hush-hush' } },
    says: ['encryption', 'mode', '1.5'],
  },
  {
    title: 'encryption mode as a string',
    options: { encryption: { mode: 'aes-128-gcm2', secret: 'hush-hush' } },
    says: ['encryption', 'mode', '1', '8'],
  },
  {
    title: 'encryption without a secret',
    options: { encryption: { mode: 1 } },
    says: ['encryption', 'secret'],
  },
  {
    title: 'an empty encryption secret',
    options: { encryption: { mode: 1, secret: '' } },
    says: ['encryption', 'secret', /empty/],
  },
  {
    title: 'encryption mode 7 without a salt',
    options: { encryption: { mode: 7, secret: 'hush-hush' } },
    says: ['encryption', 'salt', '32'],
  },
  {
    title: 'encryption mode 8 with a short salt',
    options: { encryption: { mode: 8, secret: 'hush-hush', salt: 'hush-hush' } },
    says: ['encryption', 'salt', '32'],
  },
  {
    title: 'an unknown key of encryption',
    options: { encryption: { mode: 1, secret: 'hush-hush', key: 'hush-hush' } },
    says: ['encryption', 'key'],
  },
  {
    title: 'encryption as a string',
    options: { encryption: 'hush-hush' },
    says: ['encryption', /object/],
  },
  { title: 'an unknown key', options: { language: 'en-US' }, says: ['language'] },
  { title: 'a string', options: 'en-US' as unknown as object, says: ['transcription', /object/] },
]

for (const { title, options, api = 'v7', says } of badTranscriptions) {
  test(`options: transcription, ${title}`, async () => {
    const page = openPage({ api })
    const transcription = options as never
    const atEnable = errorFrom(
      await page.settle(page.client.enable({ channel: 'room', transcription }), 0),
    )
    const atCreation = thrownBy(() => page.createClient({ transcription }))
    for (const error of [atEnable, atCreation]) {
      expect(ConfigError.is(error)).toBe(true)
      expect(error).toMatchObject({ code: 'invalid_config', isRetryable: false })
      for (const word of ['transcription', ...says]) expect(error.message).toMatch(word)
      expect(JSON.stringify(error) + error.stack).not.toContain('hush-hush')
      expect(error.message).not.toMatch(/invalid input/i)
    }
    expect(sent(page)).toEqual([])
    expect(page.client.getSnapshot('room')).toEqual({
      status: 'disabled',
      session: null,
      error: atEnable,
    })
  })
}

const badRequests: Bad[] = [
  { title: 'no channel', options: { channel: undefined }, says: ['channel', 'undefined'] },
  { title: 'an empty channel', options: { channel: '' }, says: ['channel', '64'] },
  {
    title: 'a channel of 65 bytes',
    options: { channel: 'x'.repeat(65) },
    says: ['channel', '64', 'xxx'],
  },
  {
    title: 'a channel of 22 characters and 66 bytes',
    options: { channel: '漢'.repeat(22) },
    says: ['channel', '64', '漢'],
  },
  { title: 'a channel that is a number', options: { channel: 7 }, says: ['channel', '7'] },
  { title: 'an empty uid', options: { uid: '' }, says: ['uid'] },
  { title: 'a negative uid', options: { uid: -1 }, says: ['uid', '4294967295', '-1'] },
  {
    title: 'a uid that is too large',
    options: { uid: 4_294_967_296 },
    says: ['uid', '4294967295', '4294967296'],
  },
  { title: 'uid null', options: { uid: null }, says: ['uid', 'null'] },
  {
    title: 'a tokenProvider that is a string',
    options: { tokenProvider: '007' },
    says: ['tokenProvider', /function/],
  },
  { title: 'an unknown key', options: { chanel: 'x' }, says: ['chanel'] },
]

for (const { title, options, says } of badRequests) {
  test(`options: request, ${title}`, async () => {
    const page = openPage()
    const request = { channel: 'room', ...options } as { channel: string }
    for (const operation of ['enable', 'disable', 'refresh'] as const) {
      const error = errorFrom(await page.settle<unknown>(page.client[operation](request), 0))
      expect(ConfigError.is(error)).toBe(true)
      for (const word of says) expect(error.message).toMatch(word)
      expect(error.message).not.toMatch(/invalid input/i)
    }
    expect(sent(page)).toEqual([])
  })
}

test('options: request, none at all', async () => {
  const page = openPage()
  for (const request of [undefined, null, 'room'] as never[]) {
    for (const operation of ['enable', 'disable', 'refresh'] as const) {
      const error = errorFrom(await page.settle<unknown>(page.client[operation](request), 0))
      expect(ConfigError.is(error)).toBe(true)
    }
  }
  expect(sent(page)).toEqual([])
})

const badConfigs: Bad[] = [
  { title: 'no appId', options: { appId: undefined }, says: ['appId'] },
  {
    title: 'an appId of 31 characters',
    options: { appId: APP_ID.slice(1) },
    says: ['appId', '32', APP_ID.slice(1)],
  },
  { title: 'an appId in a list', options: { appId: [APP_ID] }, says: ['appId', '32'] },
  { title: 'a baseUrl in a list', options: { baseUrl: ['https://x.example'] }, says: ['baseUrl'] },
  {
    title: 'an appId that is not hex',
    options: { appId: 'x'.repeat(32) },
    says: ['appId', 'hex', 'xxx'],
  },
  {
    title: 'no api',
    options: { api: undefined },
    says: ['api', 'v7', 'v6', 'join', 'builderTokens', 'undefined'],
  },
  { title: 'api v5', options: { api: 'v5' }, says: ['api', 'v7', 'v6', 'v5'] },
  {
    title: 'a tokenProvider that is no function',
    options: { tokenProvider: {} },
    says: ['tokenProvider', /function/],
  },
  {
    title: 'a baseUrl without a scheme',
    options: { baseUrl: 'api.agora.io' },
    says: ['baseUrl', 'https', 'api.agora.io'],
  },
  {
    title: 'a baseUrl with a query',
    options: { baseUrl: 'https://x.example/?y=1' },
    says: ['baseUrl'],
  },
  { title: 'an empty baseUrl', options: { baseUrl: '' }, says: ['baseUrl'] },
  {
    title: 'a fetch that is no function',
    options: { fetch: 'fetch' },
    says: ['fetch', /function/],
  },
  {
    title: 'a negative minIntervalMs',
    options: { minIntervalMs: -1 },
    says: ['minIntervalMs', '0', '-1'],
  },
  {
    title: 'minIntervalMs NaN',
    options: { minIntervalMs: Number.NaN },
    says: ['minIntervalMs', 'NaN'],
  },
  {
    title: 'minIntervalMs Infinity',
    options: { minIntervalMs: Number.POSITIVE_INFINITY },
    says: ['minIntervalMs', 'Infinity'],
  },
  {
    title: 'minIntervalMs as a string',
    options: { minIntervalMs: '1000' },
    says: ['minIntervalMs', '1000'],
  },
  {
    title: 'requestTimeoutMs 0',
    options: { requestTimeoutMs: 0 },
    says: ['requestTimeoutMs', '0'],
  },
  {
    title: 'requestTimeoutMs -5',
    options: { requestTimeoutMs: -5 },
    says: ['requestTimeoutMs', '-5'],
  },
  {
    title: 'an onEvent that is no function',
    options: { onEvent: [] },
    says: ['onEvent', /function/],
  },
  {
    title: 'an environment that is no object',
    options: { environment: 5 },
    says: ['environment', /object/, '5'],
  },
  { title: 'an unknown key', options: { appID: APP_ID }, says: ['appID'] },
]

for (const { title, options, says } of badConfigs) {
  test(`options: client, ${title}`, () => {
    const config = { appId: APP_ID, api: 'v7', environment: { registry: {} }, ...options }
    const error = thrownBy(() => createSttClient(config as SttClientConfig))
    expect(ConfigError.is(error)).toBe(true)
    for (const word of says) expect(error.message).toMatch(word)
    expect(error.message).not.toMatch(/invalid input/i)
  })
}

test('options: client, none at all', () => {
  for (const config of [undefined, null, 'x'] as never[]) {
    expect(ConfigError.is(thrownBy(() => createSttClient(config)))).toBe(true)
  }
})

test('options: unknown keys of environment are ignored', async () => {
  const page = openPage()
  const environment = { ...page.time.environment(), locks: null, indexedDB: undefined, other: 1 }
  const client = page.createClient({ environment: environment as never })
  valueFrom(await page.settle(client.enable({ channel: 'room' })))
})

test('options: a token given where an option is expected is not repeated', async () => {
  const page = openPage()
  const token = await page.agora.mintToken({ channel: 'room' })
  const error = errorFrom(
    await page.settle(
      page.client.enable({ channel: 'room', tokenProvider: token as never, uid: 1 }),
      0,
    ),
  )
  expect(error.message).not.toContain(token.slice(0, 40))
})

test('options: no token provider anywhere', async () => {
  const page = openPage({ config: { tokenProvider: undefined as never } })
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' }), 0))
  expect(ConfigError.is(error)).toBe(true)
  expect(error.message).toContain('tokenProvider')
})

const good: { api?: 'v6' | 'v7'; channel?: string; uid?: string | number; options: object }[] = [
  { options: { languages: ['auto'] } },
  { options: { languages: ['zh-CN-shandong', 'xx-YY'] } },
  { options: { languages: undefined, keywords: undefined, encryption: undefined } },
  { options: { botUid: 4_294_967_295 } },
  { options: { botUid: '1' } },
  { options: { includeUids: [], excludeUids: ['1'] } },
  { options: { includeUids: uids(32) } },
  { options: { excludeUids: uids(5) } },
  { options: { maxIdleSeconds: 0 } },
  { options: { maxIdleSeconds: 259_200 } },
  { api: 'v6', options: { maxIdleSeconds: 5 } },
  { api: 'v6', options: { maxIdleSeconds: 2_592_000 } },
  { options: { keywords: uids(500) } },
  { options: { translations: [{ source: 'en-US', targets: uids(10) }] } },
  { options: { encryption: { mode: 1, secret: 'hush' } } },
  { options: { encryption: { mode: 7, secret: 'hush', salt: SALT } } },
  { channel: '漢'.repeat(21), options: {} },
  { channel: 'x'.repeat(64), options: {} },
  { channel: ' !#$%&()+-:;<=.>?@[]^_{}|~,', options: {} },
  { uid: 0, options: {} },
  { uid: 4_294_967_295, options: {} },
  { uid: 'somebody', options: {} },
]

for (const { api = 'v7', channel = 'room', uid = '0', options } of good) {
  test(`options: good, ${api} ${channel} ${uid} ${JSON.stringify(options).slice(0, 80)}`, async () => {
    const page = openPage({ api })
    const transcription = options as never
    valueFrom(await page.settle(page.client.enable({ channel, uid, transcription })))
    expect(page.agora.startedTasks(channel)).toBe(1)
    valueFrom(await page.settle(page.client.disable({ channel, uid })))
    expect(page.agora.liveTasks()).toEqual([])
  })
}

test('options: baseUrl with a path and slashes at its end', async () => {
  const urls: string[] = []
  const page = openPage()
  const client = page.createClient({
    environment: page.time.environment(),
    baseUrl: 'https://proxy.example/agora//',
    fetch: async (input) => {
      urls.push(String(input))
      return new Response('{"agent_id":"x","create_ts":1700000000,"status":"STARTING"}')
    },
  })
  const session = valueFrom(await page.settle(client.enable({ channel: 'room' })))
  expect(urls).toEqual([
    `https://proxy.example/agora/api/speech-to-text/v1/projects/${page.agora.appId}/join`,
  ])
  expect(session).toMatchObject({ state: 'starting', createdAt: 1_700_000_000_000, taskId: 'x' })
})

test('behaviour: getSnapshot, subscribe and resetError of a bad channel do nothing', () => {
  const page = openPage()
  for (const channel of ['', 'x'.repeat(65), undefined, 7] as string[]) {
    expect(page.client.getSnapshot(channel)).toEqual({
      status: 'disabled',
      session: null,
      error: null,
    })
    page.client.subscribe(channel, () => {})()
    page.client.resetError(channel)
  }
})

function thrownBy(run: () => unknown): Error {
  try {
    run()
  } catch (error) {
    return error as Error
  }
  throw new Error('Nothing was thrown.')
}

test('behaviour: a value that JSON cannot hold is refused as any other', async () => {
  const page = openPage()
  const transcription = { maxIdleSeconds: 1n as unknown as number }
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room', transcription })))
  expect(error.code).toBe('invalid_config')
})

test('options: what is undefined counts as left out', async () => {
  const agora = createFakeAgora()
  const client = createSttClient({
    appId: agora.appId,
    api: 'v7',
    tokenProvider: agora.mintToken,
    fetch: agora.fetch,
    transcription: undefined,
    baseUrl: undefined,
    minIntervalMs: undefined,
    requestTimeoutMs: undefined,
    onEvent: undefined,
    claims: undefined,
    onClaimsUnavailable: undefined,
    environment: undefined,
  })
  const session = await client.enable({ channel: 'standup' })
  expect(session.transcription?.languages).toEqual(['en-US'])
  client.dispose()
})
