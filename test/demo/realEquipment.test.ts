import { expect, test } from 'vitest'
import { createGate, openRealCall, rtcError, settled } from './openRealCall.ts'

test('default: microphone and camera are off, and no device is opened', async () => {
  const { sdk, self } = openRealCall()
  await settled()
  expect(self()).toMatchObject({ isMuted: true, isCameraOff: true, isSelf: true, name: 'Ada' })
  expect([...sdk.microphones, ...sdk.cameras]).toEqual([])
})

test('behaviour: a device is opened and published when it is turned on, and given back when it is turned off', async () => {
  const { call, client, sdk, self } = openRealCall()
  await settled()
  call.setEquipment({ isCameraOff: false })
  expect(self().isCameraOff).toBe(false)
  await settled()
  const [camera] = sdk.cameras
  expect(client.calls.slice(2)).toEqual(['publish'])
  expect(self().showCamera).toBeTypeOf('function')
  call.setEquipment({ isCameraOff: true })
  expect(camera?.isClosed).toBe(true)
  expect(self()).toMatchObject({ isCameraOff: true, showCamera: undefined })
  await settled()
  expect(client.calls.slice(2)).toEqual(['publish', 'unpublish'])
  expect(sdk.microphones).toEqual([])
})

test('behaviour: what is turned on before the call is joined is published with it', async () => {
  const gate = createGate()
  const { call, client, sdk } = openRealCall(({ client }) => {
    client.onJoin = () => gate.passed
  })
  call.setEquipment({ isMuted: false })
  await settled()
  expect(sdk.microphones).toHaveLength(1)
  expect(client.calls).not.toContain('publish')
  gate.open()
  await settled()
  expect(client.calls.at(-1)).toBe('publish')
})

test('behaviour: a camera that is turned off while the browser asks is not used', async () => {
  const gate = createGate()
  const { call, client, sdk, self } = openRealCall((sdk) => {
    sdk.onOpen = () => gate.passed
  })
  await settled()
  call.setEquipment({ isCameraOff: false })
  await settled()
  call.setEquipment({ isCameraOff: true })
  gate.open()
  await settled()
  expect(sdk.cameras.map((track) => track.isClosed)).toEqual([true])
  expect(client.calls).not.toContain('publish')
  expect(self()).toMatchObject({ isCameraOff: true, showCamera: undefined })
})

test('behaviour: off and on while the browser asks opens the device once', async () => {
  const gate = createGate()
  const { call, client, sdk } = openRealCall((sdk) => {
    sdk.onOpen = () => gate.passed
  })
  await settled()
  for (const isMuted of [false, true, false]) call.setEquipment({ isMuted })
  gate.open()
  await settled()
  expect(sdk.microphones.map((track) => track.isClosed)).toEqual([false])
  expect(client.calls.filter((one) => one === 'publish')).toHaveLength(1)
})

test('behaviour: a permission that is refused is told, leaves the device off, and is forgotten when it is given', async () => {
  const { call, client, problems, sdk, self } = openRealCall((sdk) => {
    sdk.onOpen = () => Promise.reject(rtcError('PERMISSION_DENIED', 'Permission denied'))
  })
  await settled()
  call.setEquipment({ isMuted: false })
  await settled()
  expect(self().isMuted).toBe(true)
  expect(problems()).toEqual([expect.stringMatching(/does not let this page use the microphone/)])
  sdk.onOpen = async () => {}
  call.setEquipment({ isMuted: false })
  await settled()
  expect(self().isMuted).toBe(false)
  expect(problems()).toEqual([])
  expect(client.calls.at(-1)).toBe('publish')
})

test('behaviour: a permission that is given while the page still joins ends the sentence too', async () => {
  const { call, problems, sdk } = openRealCall((sdk) => {
    sdk.client.onJoin = () => createGate().passed
    sdk.onOpen = () => Promise.reject(rtcError('PERMISSION_DENIED'))
  })
  call.setEquipment({ isMuted: false })
  await settled()
  expect(problems()).toHaveLength(1)
  sdk.onOpen = async () => {}
  call.setEquipment({ isMuted: false })
  await settled()
  expect(problems()).toEqual([])
})

test('behaviour: a permission that is refused to somebody who has muted meanwhile is not told', async () => {
  const gate = createGate()
  const { call, problems } = openRealCall((sdk) => {
    sdk.onOpen = () => gate.passed
  })
  call.setEquipment({ isMuted: false })
  await settled()
  call.setEquipment({ isMuted: true })
  gate.fail(rtcError('PERMISSION_DENIED'))
  await settled()
  expect(problems()).toEqual([])
})

test('behaviour: each device has a sentence of its own', async () => {
  const { call, problems } = openRealCall((sdk) => {
    sdk.onOpen = () => Promise.reject(rtcError('DEVICE_NOT_FOUND'))
  })
  call.setEquipment({ isMuted: false, isCameraOff: false })
  await settled()
  expect(problems()).toEqual([
    expect.stringMatching(/^No microphone was found/),
    expect.stringMatching(/^No camera was found/),
  ])
})

test('behaviour: what cannot be published is told and given back, and the next try can succeed', async () => {
  const { call, client, problems, sdk, self } = openRealCall()
  await settled()
  client.onPublish = () => Promise.reject(rtcError('TIMEOUT'))
  call.setEquipment({ isMuted: false })
  await settled()
  expect(self().isMuted).toBe(true)
  expect(sdk.microphones[0]?.isClosed).toBe(true)
  expect(problems()).toEqual([expect.stringMatching(/^The others do not hear you/)])
  client.onPublish = async () => {}
  call.setEquipment({ isMuted: false })
  await settled()
  expect(problems()).toEqual([])
  expect(self().isMuted).toBe(false)
})

test('behaviour: muting takes effect at once, also while the network hangs', async () => {
  const gate = createGate()
  const { call, client, problems, sdk } = openRealCall()
  await settled()
  client.onPublish = () => gate.passed
  call.setEquipment({ isMuted: false })
  await settled()
  call.setEquipment({ isMuted: true })
  expect(sdk.microphones[0]?.isClosed).toBe(true)
  gate.fail(rtcError('INVALID_LOCAL_TRACK'))
  await settled()
  expect(problems()).toEqual([])
})

test('behaviour: a device that is unplugged is told and off', async () => {
  const { call, problems, sdk, self } = openRealCall()
  call.setEquipment({ isCameraOff: false })
  await settled()
  sdk.cameras[0]?.end()
  expect(self().isCameraOff).toBe(true)
  expect(problems()).toEqual([expect.stringMatching(/^The camera has stopped/)])
})

test('behaviour: the end of a camera that was given back says nothing of the next one', async () => {
  const { call, problems, sdk, self } = openRealCall()
  for (const isCameraOff of [false, true, false]) {
    call.setEquipment({ isCameraOff })
    await settled()
  }
  sdk.cameras[0]?.end()
  expect(problems()).toEqual([])
  expect(self().isCameraOff).toBe(false)
})

test('behaviour: the own camera is shown in an element until that is ended', async () => {
  const { call, sdk, self } = openRealCall()
  call.setEquipment({ isCameraOff: false })
  await settled()
  const hide = self().showCamera?.({} as HTMLElement)
  expect(sdk.cameras[0]?.isPlaying).toBe(true)
  hide?.()
  expect(sdk.cameras[0]?.isPlaying).toBe(false)
})
