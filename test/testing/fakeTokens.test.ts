import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { RtcRole, RtcTokenBuilder, RtmTokenBuilder, SttTokenBuilder } from 'agora-token'
import { createFakeAgora, type FakeAgora, inflateStored } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { agoraRest, joinBody, startBody } from './agoraRest.js'

interface VendorService {
  __privileges: Record<string, number>
  __channel_name?: Buffer
  __uid?: Buffer
  __user_id?: Buffer
}

interface VendorToken {
  appId: Buffer
  issueTs: number
  expire: number
  salt: number
  getServices(type: number): VendorService[]
  from_string(token: string): boolean
  verifySignature(appCertificate: string): boolean
}

const { AccessToken2 } = createRequire(import.meta.url)('agora-token/src/AccessToken2') as {
  AccessToken2: new () => VendorToken
}

/** AgoraIO/Tools, nodejs/test/AccessToken2Test.js: issued 1111111, expires after 600 s, salt 1. */
const VECTOR = {
  appId: '970CA35de60c44645bbae8a215061b33',
  appCertificate: '5CFd2fd1755d40ecb72977518be15d3b',
  token:
    '007eJxTYBBbsMMnKq7p9Hf/HcIX5kce9b518kCiQgSr5Zrp4X1Tu6UUGCzNDZwdjU1TUs0Mkk1MzExMk5ISUy0SjQxNDcwMk4yN3b8IMEQwMTAwMoAwBIL4CgzmKeZGxmamqUmWFsYmFqbGluapxqnGaZYpJmYGSSkpiVwMRhYWRsYmhkbmxgDCaiTj',
  issuedAt: 1_111_111_000,
}

const vendorRead = (token: string) => {
  const parsed = new AccessToken2()
  expect(parsed.from_string(token)).toBe(true)
  return parsed
}

const judged = async (agora: FakeAgora, token: string) => {
  const path = `/api/speech-to-text/v1/projects/${agora.appId}/agents`
  return await agoraRest(agora).call('GET', path, undefined, `agora token="${token}"`)
}

test('default: a minted token is a real AccessToken2', async () => {
  const now = 1_800_000_000_500
  const agora = createFakeAgora({ now: () => now })
  const token = await agora.mintToken({ channel: 'Räume', uid: '42', expiresInSeconds: 600 })
  expect(token).toMatch(/^007eJ[w-z]/)

  const vendor = vendorRead(token)
  expect(vendor.appId.toString()).toBe(agora.appId)
  expect(vendor.issueTs).toBe(1_800_000_000)
  expect(vendor.expire).toBe(600)
  expect(vendor.salt).toBeGreaterThanOrEqual(1)
  expect(vendor.salt).toBeLessThanOrEqual(99_999_999)
  const [rtc] = vendor.getServices(1)
  expect(rtc?.__channel_name?.toString()).toBe('Räume')
  expect(rtc?.__uid?.toString()).toBe('42')
  expect(rtc?.__privileges).toEqual({ 1: 0, 2: 0, 3: 0, 4: 0 })
  expect(vendor.getServices(2)[0]?.__user_id?.toString()).toBe('42')
})

test("default: the vendor's library verifies the signature", async () => {
  const agora = createFakeAgora()
  const vendor = vendorRead(await agora.mintToken({ channel: 'room' }))
  expect(vendor.verifySignature(agora.appCertificate)).toBe(true)
  expect(vendor.verifySignature('0'.repeat(32))).toBe(false)
})

test('default: uid 0 is the empty uid, two tokens of one second differ', async () => {
  const agora = createFakeAgora({ now: () => 1_800_000_000_000 })
  const [first, second] = [
    await agora.mintToken({ channel: 'room' }),
    await agora.mintToken({ channel: 'room', uid: '0' }),
  ]
  expect(vendorRead(first).getServices(1)[0]?.__uid?.toString()).toBe('')
  expect(vendorRead(second).getServices(1)[0]?.__uid?.toString()).toBe('')
  expect(first).not.toBe(second)
})

test("behaviour: the vendor's builders are accepted", async () => {
  const agora = createFakeAgora()
  const { appId, appCertificate } = agora
  const rtc = RtcTokenBuilder.buildTokenWithUid(
    appId,
    appCertificate,
    'room',
    7,
    RtcRole.SUBSCRIBER,
    600,
    600,
  )
  const stt = SttTokenBuilder.buildToken(
    appId,
    appCertificate,
    'room',
    '7',
    RtcRole.PUBLISHER,
    600,
    600,
    600,
    600,
    600,
    '7',
    600,
  )
  const rtm = RtmTokenBuilder.buildToken(appId, appCertificate, 'anna', 600)
  for (const token of [rtc, stt, rtm]) expect((await judged(agora, token)).status).toBe(200)
})

test("behaviour: the vendor's test vector, its expiry and a changed byte", async () => {
  let now = VECTOR.issuedAt
  const { appId, appCertificate } = VECTOR
  const agora = createFakeAgora({ appId, appCertificate, now: () => now })
  expect((await judged(agora, VECTOR.token)).status).toBe(200)

  now = VECTOR.issuedAt + 599_999
  expect((await judged(agora, VECTOR.token)).status).toBe(200)
  now += 1
  expect(await judged(agora, VECTOR.token)).toEqual({
    status: 401,
    json: { message: 'Token is expired' },
  })

  const other = createFakeAgora({ appId, now: () => now })
  expect(await judged(other, VECTOR.token)).toEqual({
    status: 401,
    json: { message: 'Invalid token' },
  })
})

test.each(['signed', 'plain'] as const)('options: tokens %s, refused tokens', async (tokens) => {
  const now = () => 1_800_000_000_000
  const agora = createFakeAgora({ tokens, now })
  const ofOtherApp = await createFakeAgora({ tokens, now }).mintToken({ channel: 'room' })
  const good = await agora.mintToken({ channel: 'room' })
  const broken = [good.slice(0, -8), good.slice(0, 40), good.slice(3), `007${btoa('no zlib')}`]
  for (const token of [ofOtherApp, ...broken, '006abc', '007', '007!!', 'x', '']) {
    expect(await judged(agora, token)).toEqual({ status: 401, json: { message: 'Invalid token' } })
  }
  for (const expiresInSeconds of [0, -1, -86_400]) {
    const expired = await agora.mintToken({ channel: 'room', expiresInSeconds })
    expect(await judged(agora, expired)).toEqual({
      status: 401,
      json: { message: 'Token is expired' },
    })
  }
  const fresh = await agora.mintToken({ channel: 'room', expiresInSeconds: 1 })
  expect((await judged(agora, fresh)).status).toBe(200)
})

test('behaviour: no token can have expired before 1970', async () => {
  const agora = createFakeAgora({ now: () => 5000 })
  await expect(agora.mintToken({ channel: 'room', expiresInSeconds: -5 })).rejects.toThrow('1970')
  const expired = await agora.mintToken({ channel: 'room', expiresInSeconds: -4 })
  expect(vendorRead(expired).expire).toBe(1)
})

test('behaviour: a token of another certificate is invalid, expired or not', async () => {
  const now = () => 1_800_000_000_000
  const { appId } = VECTOR
  const agora = createFakeAgora({ appId, now })
  const stranger = createFakeAgora({ appId, now })
  for (const expiresInSeconds of [600, -600]) {
    const token = await stranger.mintToken({ channel: 'room', expiresInSeconds })
    expect((await judged(agora, token)).json).toEqual({ message: 'Invalid token' })
  }
})

test('behaviour: only the documented header is understood', async () => {
  const agora = createFakeAgora()
  const token = await agora.mintToken({ channel: 'room' })
  const rest = agoraRest(agora)
  const headers = [
    null,
    `agora token=${token}`,
    `Agora token="${token}"`,
    `agora  token="${token}"`,
    `agora token="${token}" x`,
    `Bearer ${token}`,
    `Basic ${btoa('id:secret')}`,
    token,
  ]
  for (const header of headers) {
    expect(await rest.v7.join(joinBody(), header)).toEqual({
      status: 401,
      json: { message: 'Invalid authentication credentials' },
    })
  }
  expect(agora.startedTasks()).toBe(0)
})

test('options: tokens plain, without compression and signature', async () => {
  const agora = createFakeAgora({ tokens: 'plain', now: () => 1_800_000_000_000 })
  const token = await agora.mintToken({ channel: 'room', uid: '5' })
  const packed = Uint8Array.from(atob(token.slice(3)), (character) => character.charCodeAt(0))
  const content = await inflateStored(packed)
  expect(content).toEqual(new Uint8Array(inflateSync(packed)))
  expect(content.slice(0, 34)).toEqual(new Uint8Array([32, 0, ...new Uint8Array(32)]))
  const vendor = vendorRead(token)
  expect(vendor.appId.toString()).toBe(agora.appId)
  expect(vendor.issueTs + vendor.expire).toBe(1_800_003_600)
  expect(vendor.getServices(1)[0]?.__channel_name?.toString()).toBe('room')
  await expect(inflateStored(new Uint8Array([0x78, 0x9c]))).rejects.toThrow(TypeError)
  await expect(
    inflateStored(new Uint8Array([0x78, 1, 1, 1, 0, 254, 255, 65, 0, 0, 0, 0])),
  ).rejects.toThrow('checksum')
})

test.each(['signed', 'plain'] as const)('options: tokens %s, what the bots got', async (tokens) => {
  let now = 1_800_000_000_000
  const agora = createFakeAgora({ tokens, now: () => now })
  const mint = (channel: string, uid?: string, expiresInSeconds = 600) =>
    agora.mintToken({ channel, expiresInSeconds, ...(uid === undefined ? {} : { uid }) })
  const cases: [token: unknown, transcribes: boolean][] = [
    [await mint('room', '900000001'), true],
    [await mint('*', '900000001'), true],
    [await mint('room'), true],
    [await mint('hall', '900000001'), false],
    [await mint('room', '900000002'), false],
    [await mint('room', '900000001', -1), false],
    [await createFakeAgora({ tokens }).mintToken({ channel: 'room' }), false],
    ['nonsense', false],
    [undefined, false],
  ]
  for (const [pubBotToken, transcribes] of cases) {
    expect((await agoraRest(agora).v7.join(joinBody('room', { pubBotToken }))).status).toBe(200)
    const [task] = agora.liveTasks()
    expect(task?.transcribes).toBe(transcribes)
    agora.endTask(task?.taskId ?? '')
    now += 1
  }
})

test('behaviour: an RTC token whose join privilege is over serves no bot, RTM alone neither', async () => {
  const agora = createFakeAgora()
  const { appId, appCertificate } = agora
  const soon = RtcTokenBuilder.buildTokenWithUidAndPrivilege(
    appId,
    appCertificate,
    'room',
    900000001,
    600,
    60,
    0,
    0,
    0,
  )
  const later = createFakeAgora({ appId, appCertificate, now: () => Date.now() + 70_000 })
  const rtm = RtmTokenBuilder.buildToken(appId, appCertificate, '900000001', 600)
  for (const [fake, pubBotToken, transcribes] of [
    [agora, soon, true],
    [later, soon, false],
    [agora, rtm, false],
  ] as const) {
    fake.reset()
    await agoraRest(fake).v7.join(joinBody('room', { pubBotToken }))
    expect(fake.liveTasks()[0]?.transcribes).toBe(transcribes)
  }
})

test('behaviour: v6 needs a token for each of its two bots', async () => {
  const agora = createFakeAgora()
  const rest = agoraRest(agora)
  const pubBotToken = await agora.mintToken({ channel: 'room', uid: '900000001' })
  const subBotToken = await agora.mintToken({ channel: 'room', uid: '900000002' })
  const start = async (rtcConfig: object) => {
    const { tokenName } = (await rest.v6.acquire()).json
    const { taskId } = (await rest.v6.start(tokenName, startBody('room', rtcConfig))).json
    return agora.tasks().find((task) => task.taskId === taskId)?.transcribes
  }
  expect(await start({ pubBotToken, subBotToken })).toBe(true)
  expect(await start({ pubBotToken, subBotToken: pubBotToken })).toBe(false)
  expect(await start({ pubBotToken })).toBe(false)
})
