import { afterEach, expect, test, vi } from 'vitest'
import { createGate, openRealCall, rtcError, settled } from './openRealCall.ts'

afterEach(() => {
  vi.useRealTimers()
})

test('default: a call joins with a token of its own uid, and then asks for volumes', async () => {
  const { client, problems, self } = openRealCall()
  await settled()
  expect(client.calls).toEqual(['join standup token:initial', 'volume'])
  expect(self().uid).toBe(String(client.uid))
  expect(problems()).toEqual([])
})

test('behaviour: a join that takes long says so, and says so no more when it succeeds', async () => {
  vi.useFakeTimers()
  const gate = createGate()
  const { problems } = openRealCall(({ client }) => {
    client.onJoin = () => gate.passed
  })
  await vi.advanceTimersByTimeAsync(7_999)
  expect(problems()).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(problems()).toEqual([expect.stringMatching(/^No server of Agora answers yet/)])
  gate.open()
  await vi.advanceTimersByTimeAsync(0)
  expect(problems()).toEqual([])
})

test('behaviour: a slow join without a network says that the device is offline', async () => {
  vi.useFakeTimers()
  const { problems } = openRealCall((sdk) => {
    sdk.isNetworkThere = false
    sdk.client.onJoin = () => createGate().passed
  })
  await vi.advanceTimersByTimeAsync(8_000)
  expect(problems()).toEqual([expect.stringMatching(/^This device is offline/)])
})

test('behaviour: a token that has expired is replaced once, without a word', async () => {
  const { client, problems } = openRealCall(({ client }) => {
    client.onJoin = async (token) => {
      if (token === 'token:initial') {
        throw rtcError('CAN_NOT_GET_GATEWAY_SERVER', 'dynamic key expired')
      }
    }
  })
  await settled()
  expect(client.calls).toEqual([
    'join standup token:initial',
    'join standup token:expired',
    'volume',
  ])
  expect(problems()).toEqual([])
})

test('behaviour: where the fresh token has expired too, the call says it and asks no more', async () => {
  const { client, problems } = openRealCall(({ client }) => {
    client.onJoin = async () => {
      // Whoever asks for ever would hang the test.
      if (client.calls.length > 5) return
      throw rtcError('CAN_NOT_GET_GATEWAY_SERVER', 'dynamic key expired')
    }
  })
  await settled()
  expect(client.calls).toEqual(['join standup token:initial', 'join standup token:expired'])
  expect(problems()).toEqual([expect.stringContaining('and so has a fresh one')])
})

test('behaviour: a token endpoint that fails is named, and unmuting tries it again', async () => {
  const { call, client, problems, tokens } = openRealCall((_sdk, tokens) => {
    tokens.onGet = () => Promise.reject(new Error('The demo server answered 500 to token.'))
  })
  await settled()
  expect(problems()).toEqual([expect.stringMatching(/^The token endpoint gave no token/)])
  expect(client.calls).toEqual([])
  tokens.onGet = async () => 'token:good'
  call.setEquipment({ isMuted: false })
  await settled()
  expect(problems()).toEqual([])
  expect(client.calls).toEqual(['join standup token:good', 'volume', 'publish'])
})

test('behaviour: a token that runs out is renewed, and a failure of that goes away with the next success', async () => {
  const { client, problems } = openRealCall()
  await settled()
  client.onRenew = () => Promise.reject(rtcError('UNEXPECTED_ERROR'))
  client.emit('token-privilege-will-expire')
  await settled()
  expect(client.calls.at(-1)).toBe('renew token:expiring')
  expect(problems()).toEqual([expect.stringMatching(/runs out within half a minute/)])
  client.onRenew = async () => {}
  client.emit('token-privilege-will-expire')
  await settled()
  expect(problems()).toEqual([])
})

test('behaviour: a token that ran out is followed by a join with a fresh one, and what is on is published again', async () => {
  const { call, client, problems, sdk, self } = openRealCall()
  call.setEquipment({ isMuted: false })
  await settled()
  const [microphone] = sdk.microphones
  client.emit('volume-indicator', [{ uid: client.uid, level: 80 }])
  expect(self().isSpeaking).toBe(true)
  const gate = createGate()
  client.onJoin = () => gate.passed
  client.emit('connection-state-change', 'DISCONNECTED', 'CONNECTED', 'TOKEN_EXPIRE')
  client.emit('token-privilege-did-expire')
  await settled()
  expect(problems()).toEqual([expect.stringMatching(/has expired.*is being fetched/)])
  expect(self().isSpeaking).toBe(false)
  gate.open()
  await settled()
  expect(client.calls.slice(3)).toEqual(['join standup token:expired', 'volume', 'publish'])
  expect(self().isMuted).toBe(false)
  expect(microphone?.isClosed).toBe(false)
  expect(problems()).toEqual([])
})

test('behaviour: a renewal that failed is forgotten when the page has joined again', async () => {
  const { client, problems } = openRealCall(({ client }) => {
    client.onRenew = () => Promise.reject(rtcError('UNEXPECTED_ERROR'))
  })
  await settled()
  client.emit('token-privilege-will-expire')
  await settled()
  expect(problems()).toHaveLength(1)
  client.emit('token-privilege-did-expire')
  await settled()
  expect(client.calls.at(-2)).toBe('join standup token:expired')
  expect(problems()).toEqual([])
})

test('behaviour: a connection that is made again says so until it is there', async () => {
  const { client, problems } = openRealCall()
  await settled()
  client.emit('connection-state-change', 'RECONNECTING', 'CONNECTED')
  expect(problems()).toEqual([expect.stringMatching(/is being made again/)])
  client.emit('connection-state-change', 'CONNECTED', 'RECONNECTING')
  expect(problems()).toEqual([])
})

test('behaviour: whoever is removed from the call is told, and has microphone and camera off', async () => {
  const { call, client, others, problems, sdk, self } = openRealCall()
  call.setEquipment({ isMuted: false, isCameraOff: false })
  await settled()
  client.emit('user-joined', { uid: 7, hasAudio: false, hasVideo: false })
  client.emit('connection-state-change', 'DISCONNECTED', 'CONNECTED', 'UID_BANNED')
  expect(problems()).toEqual([expect.stringMatching(/^This page was removed from the call/)])
  expect(self()).toMatchObject({ isMuted: true, isCameraOff: true })
  expect([...sdk.microphones, ...sdk.cameras].map((track) => track.isClosed)).toEqual([true, true])
  expect(others()).toEqual([])
})

test('behaviour: a join that ends in a ban says the ban, not what the SDK made of it', async () => {
  const { problems } = openRealCall(({ client }) => {
    client.onJoin = async () => {
      client.emit('connection-state-change', 'DISCONNECTED', 'CONNECTING', 'CHANNEL_BANNED')
      throw rtcError('OPERATION_ABORTED')
    }
  })
  await settled()
  expect(problems()).toEqual([expect.stringMatching(/^The call was closed for everybody/)])
})

test('behaviour: what the connection does while the page joins is not told, and leaves the devices on', async () => {
  const gate = createGate()
  const { call, client, problems, self } = openRealCall(({ client }) => {
    client.onJoin = () => gate.passed
  })
  call.setEquipment({ isMuted: false })
  await settled()
  client.emit('connection-state-change', 'RECONNECTING', 'CONNECTING')
  expect(problems()).toEqual([])
  client.emit('connection-state-change', 'DISCONNECTED', 'CONNECTING', 'SERVER_ERROR')
  expect(problems()).toEqual([])
  gate.open()
  await settled()
  expect(self().isMuted).toBe(false)
  expect(client.calls).toEqual(['join standup token:initial', 'volume', 'publish'])
})

test('behaviour: sound that the browser holds back is told until somebody clicks', async () => {
  const { problems, sdk } = openRealCall()
  await settled()
  sdk.tellAutoplay(true)
  expect(problems()).toEqual([expect.stringContaining('Click anywhere to hear the others')])
  sdk.tellAutoplay(false)
  expect(problems()).toEqual([])
})

test('default: leaving closes the devices, takes its own listeners away and tells nothing more', async () => {
  const { call, client, problems, sdk, tokens } = openRealCall()
  const onCaption = () => {}
  call.rtcClient.on('stream-message', onCaption)
  call.setEquipment({ isMuted: false })
  await settled()
  call.leave()
  await settled()
  expect(client.calls.at(-1)).toBe('leave')
  expect(sdk.microphones[0]?.isClosed).toBe(true)
  expect(sdk.isAutoplayWatched).toBe(false)
  expect(tokens.signal.aborted).toBe(true)
  expect(client.countListeners()).toBe(1)
  client.emit('connection-state-change', 'DISCONNECTED', 'CONNECTED', 'NETWORK_ERROR')
  expect(problems()).toEqual([])
})

test('behaviour: leaving while the token is fetched joins nothing', async () => {
  const gate = createGate()
  const { call, client } = openRealCall((_sdk, tokens) => {
    tokens.onGet = () => gate.passed.then(() => 'token:late')
  })
  call.leave()
  gate.open()
  await settled()
  expect(client.calls.filter((one) => one !== 'leave')).toEqual([])
})

test('behaviour: leaving while joining also leaves what lets this page in afterwards', async () => {
  const gate = createGate()
  const { call, client, problems } = openRealCall(({ client }) => {
    client.onJoin = () => gate.passed
  })
  await settled()
  call.leave()
  gate.open()
  await settled()
  expect(client.calls).toEqual(['join standup token:initial', 'leave', 'leave'])
  expect(problems()).toEqual([])
})

test('behaviour: leaving while joining says nothing of what that breaks, nor of a leave that fails', async () => {
  vi.useFakeTimers()
  const gate = createGate()
  const { call, problems } = openRealCall(({ client }) => {
    client.onJoin = () => gate.passed
    client.onLeave = () => Promise.reject(rtcError('WS_ABORT'))
  })
  await vi.advanceTimersByTimeAsync(1)
  call.leave()
  expect(vi.getTimerCount()).toBe(0)
  gate.fail(rtcError('OPERATION_ABORTED'))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(problems()).toEqual([])
})
