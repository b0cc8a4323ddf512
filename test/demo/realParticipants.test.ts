import { expect, test } from 'vitest'
import { createGate, openRealCall, rtcError, settled } from './openRealCall.ts'
import { TrackDouble } from './sdkDouble.ts'

const silent = () => ({ uid: 7 as string | number, hasAudio: false, hasVideo: false })

test('default: others follow oneself in the order in which they came, and go when they leave', async () => {
  const { call, client, others } = openRealCall()
  await settled()
  const seven = silent()
  client.emit('user-joined', seven)
  client.emit('user-joined', { ...silent(), uid: 'kenji' })
  expect(others().map(({ name }) => name)).toEqual(['Guest 7', 'Guest kenji'])
  expect(call.getSpeakerName('7')).toBe('Guest 7')
  client.emit('user-left', seven)
  expect(others().map(({ uid }) => uid)).toEqual(['kenji'])
  expect(call.getSpeakerName('7')).toBe('Guest 7')
})

test('default: what somebody publishes is subscribed, heard and shown', async () => {
  const { client, others } = openRealCall()
  await settled()
  const user = silent()
  client.emit('user-joined', user)
  expect(others()).toMatchObject([{ isMuted: true, isCameraOff: true }])
  const sound = new TrackDouble()
  client.onSubscribe = async () => sound
  user.hasAudio = true
  client.emit('user-published', user, 'audio')
  await settled()
  expect(sound.isPlaying).toBe(true)
  expect(others()).toMatchObject([{ isMuted: false, isCameraOff: true, showCamera: undefined }])
  const picture = new TrackDouble()
  client.onSubscribe = async () => picture
  user.hasVideo = true
  client.emit('user-published', user, 'video')
  await settled()
  others()[0]?.showCamera?.({} as HTMLElement)
  expect(picture.isPlaying).toBe(true)
  user.hasVideo = false
  client.emit('user-unpublished', user, 'video')
  expect(others()).toMatchObject([{ isMuted: false, isCameraOff: true, showCamera: undefined }])
})

test('behaviour: whoever mutes is shown as muted', async () => {
  const { client, others } = openRealCall()
  await settled()
  const user = { ...silent(), hasAudio: true }
  client.emit('user-published', user, 'audio')
  user.hasAudio = false
  client.emit('user-info-updated')
  expect(others()).toMatchObject([{ isMuted: true }])
})

test('behaviour: the caption bots are nobody, unless they publish something', async () => {
  const { client, others } = openRealCall()
  await settled()
  const bot = { uid: 900_000_001, hasAudio: false, hasVideo: false }
  client.emit('user-joined', bot)
  client.emit('user-joined', { uid: 900_000_002, hasAudio: false, hasVideo: false })
  expect(others()).toEqual([])
  bot.hasAudio = true
  client.emit('user-published', bot, 'audio')
  expect(others()).toMatchObject([{ uid: '900000001' }])
})

test('behaviour: whoever has not changed stays the same object, and the list where nobody has', async () => {
  const { call, client } = openRealCall()
  await settled()
  const user = silent()
  client.emit('user-joined', user)
  client.emit('user-joined', { ...silent(), uid: 8 })
  const before = call.participants.get()
  client.emit('user-info-updated')
  client.emit('volume-indicator', [{ uid: 8, level: 20 }])
  expect(call.participants.get()).toBe(before)
  user.hasAudio = true
  client.emit('user-info-updated')
  const [self, seven, eight] = call.participants.get()
  expect(self).toBe(before[0])
  expect(seven).not.toBe(before[1])
  expect(eight).toBe(before[2])
})

test('behaviour: a volume above 60 is speech, and a pause between two words is not its end', async () => {
  const { client, others } = openRealCall()
  await settled()
  client.emit('user-joined', { ...silent(), hasAudio: true })
  const report = (level: number) => {
    client.emit('volume-indicator', [{ uid: 7, level }])
    return others()[0]?.isSpeaking
  }
  expect(report(60)).toBe(false)
  expect(report(61)).toBe(true)
  expect([report(10), report(10), report(10), report(10)]).toEqual([true, true, true, true])
  expect(report(10)).toBe(false)
})

test.each(['own uid', '0'])(
  'behaviour: the own volume is known by %s, and counts while the microphone is on',
  async (by) => {
    const { call, client, self } = openRealCall()
    await settled()
    const speak = () =>
      client.emit('volume-indicator', [{ uid: by === '0' ? 0 : client.uid, level: 80 }])
    speak()
    expect(self().isSpeaking).toBe(false)
    call.setEquipment({ isMuted: false })
    speak()
    expect(self().isSpeaking).toBe(true)
  },
)

test('behaviour: somebody who cannot be heard is named, until they are, publish no more, or have left', async () => {
  const { client, problems } = openRealCall()
  await settled()
  const user = { ...silent(), hasAudio: true }
  const fail = async () => {
    client.onSubscribe = () => Promise.reject(rtcError('TIMEOUT'))
    client.emit('user-published', user, 'audio')
    await settled()
  }
  await fail()
  expect(problems()).toEqual([expect.stringMatching(/^Guest 7 is not heard/)])
  client.onSubscribe = async () => new TrackDouble()
  client.emit('user-published', user, 'audio')
  await settled()
  expect(problems()).toEqual([])
  await fail()
  client.emit('user-unpublished', user, 'audio')
  expect(problems()).toEqual([])
  await fail()
  client.emit('user-left', user)
  expect(problems()).toEqual([])
})

test('behaviour: what is taken back while it is subscribed is neither played nor a problem', async () => {
  const { client, others, problems } = openRealCall()
  await settled()
  const user = { ...silent(), hasVideo: true }
  const gate = createGate()
  client.onSubscribe = () => gate.passed.then(() => new TrackDouble())
  client.emit('user-published', user, 'video')
  user.hasVideo = false
  client.emit('user-unpublished', user, 'video')
  gate.fail(rtcError('INVALID_REMOTE_USER'))
  await settled()
  expect(problems()).toEqual([])
  expect(others()).toMatchObject([{ isCameraOff: true, showCamera: undefined }])
})
