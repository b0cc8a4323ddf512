import { inflateSync } from 'node:zlib'
import agoraToken from 'agora-token'
import { expect, test } from 'vitest'
import { inflateStream, readAccessToken } from '../../src/agora/accessToken.js'

const APP_ID = '970CA35de60c44645bbae8a215061b33'
const CERTIFICATE = '5CFd2fd1755d40ecb72977518be15d3b'
const inflate = async (bytes: Uint8Array) => new Uint8Array(inflateSync(bytes))
const { RtcTokenBuilder, RtmTokenBuilder, RtcRole } = agoraToken

const HOUR = 3_600
const rtcToken = (channel: string, uid: number, seconds = HOUR) =>
  RtcTokenBuilder.buildTokenWithUid(
    APP_ID,
    CERTIFICATE,
    channel,
    uid,
    RtcRole.PUBLISHER,
    seconds,
    seconds,
  )

test("default: reads the vendor's own tokens", async () => {
  for (const undo of [inflate, inflateStream]) {
    const before = Math.floor(Date.now() / 1_000) * 1_000
    const content = await readAccessToken(rtcToken('room', 7), undo)
    expect(content).toMatchObject({ channel: 'room', uid: '7' })
    expect(content?.expiresAt).toBeGreaterThanOrEqual(before + HOUR * 1_000)
    expect(content?.expiresAt).toBeLessThanOrEqual(Date.now() + HOUR * 1_000)
  }
})

test('behaviour: uid 0 stands for everybody', async () => {
  expect(await readAccessToken(rtcToken('*', 0), inflate)).toMatchObject({ channel: '*', uid: '' })
})

test('behaviour: a token without RTC', async () => {
  const content = await readAccessToken(
    RtmTokenBuilder.buildToken(APP_ID, CERTIFICATE, 'somebody', HOUR),
    inflate,
  )
  expect(content).toMatchObject({ channel: null, expiresAt: expect.any(Number) })
})

test('behaviour: RTC and RTM in one', async () => {
  const content = await readAccessToken(rtcAndRtmToken(), inflate)
  expect(content).toMatchObject({ channel: 'room', uid: 'somebody' })
})

test('behaviour: more than 24 h counts as 24 h', async () => {
  const content = await readAccessToken(rtcToken('room', 7, 90_000), inflate)
  expect((content?.expiresAt ?? 0) - Date.now()).toBeLessThanOrEqual(86_400_000)
  expect((content?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(86_390_000)
})

test('behaviour: what cannot be read is null', async () => {
  const token = rtcToken('room', 7)
  for (const bad of [
    '',
    '007',
    '006abc',
    'abc',
    '007####',
    `006${token.slice(3)}`,
    token.slice(0, 20),
    `007${btoa('not zlib at all')}`,
  ]) {
    expect(await readAccessToken(bad, inflate)).toBeNull()
    expect(await readAccessToken(bad, inflateStream)).toBeNull()
  }
  const broken = [
    () => {
      throw new Error('x')
    },
    async () => new Uint8Array(),
    async () => Uint8Array.from([255, 255, 1]),
    async () => new Uint8Array(10),
  ]
  for (const given of broken) expect(await readAccessToken(token, given)).toBeNull()
})

test('behaviour: a content that breaks off after the RTC service is read', async () => {
  const content = await readAccessToken(rtcAndRtmToken(), async (bytes) =>
    (await inflate(bytes)).slice(0, -6),
  )
  expect(content).toMatchObject({ channel: 'room', uid: 'somebody' })
})

test('behaviour: a content that breaks off inside the channel names no other channel', async () => {
  const whole = await inflate(unpacked(rtcToken('room', 7)))
  const content = await readAccessToken(rtcToken('room', 7), async () => whole.slice(0, -5))
  expect(content?.channel ?? null).toBeNull()
})

test('behaviour: a view into a larger buffer is read as itself', async () => {
  const content = await readAccessToken(rtcToken('room', 7), async (bytes) => {
    const plain = await inflate(bytes)
    const larger = new Uint8Array(plain.length + 40).fill(9)
    larger.set(plain, 13)
    return larger.subarray(13, 13 + plain.length)
  })
  expect(content).toMatchObject({ channel: 'room', uid: '7' })
})

function rtcAndRtmToken(): string {
  const { PUBLISHER } = RtcRole
  return RtcTokenBuilder.buildTokenWithRtm(
    APP_ID,
    CERTIFICATE,
    'room',
    'somebody',
    PUBLISHER,
    HOUR,
    HOUR,
  )
}

function unpacked(token: string): Uint8Array {
  return Uint8Array.from(atob(token.slice(3)), (character) => character.charCodeAt(0))
}
