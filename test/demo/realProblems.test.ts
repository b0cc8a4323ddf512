import { expect, test } from 'vitest'
import { connectionProblem } from '../../demo/app/call/real/connectionProblem.ts'
import {
  deviceProblem,
  endedProblem,
  publishProblem,
} from '../../demo/app/call/real/deviceProblem.ts'
import { joinProblem, slowJoinProblem } from '../../demo/app/call/real/joinProblem.ts'
import { rtcError } from './openRealCall.ts'

const TOKEN = `007eJx${'Ab3+/=xY'.repeat(20)}`

const sentences = (text: string) => text.match(/[^.?!]+[.?!](?=\s|$)/g)?.length ?? 0

test.each([
  ['PERMISSION_DENIED', 'NotAllowedError: Permission denied', 'beside the address'],
  ['PERMISSION_DENIED', 'NotAllowedError: Permission dismissed', 'without an answer'],
  ['PERMISSION_DENIED', 'NotAllowedError: Permission denied by system', 'operating system'],
  ['DEVICE_NOT_FOUND', 'NotFoundError: Requested device not found', 'was found. Connect one'],
  ['NOT_READABLE', 'NotReadableError: Could not start source', 'another program'],
  ['NOT_SUPPORTED', 'can not find getUserMedia', 'on https, or on localhost'],
  ['WEB_SECURITY_RESTRICT', 'limited by web security', 'on https, or on localhost'],
  ['MEDIA_OPTION_INVALID', 'OverconstrainedError: width', 'Choose another'],
  ['CONSTRAINT_NOT_SATISFIED', '', 'Choose another'],
  ['ENUMERATE_DEVICES_FAILED', '', 'whether there is a'],
  ['UNEXPECTED_ERROR', 'AbortError: Timeout', 'AbortError: Timeout'],
])('default: %s (%s) says what to do about either device', (code, reason, words) => {
  for (const device of ['microphone', 'camera'] as const) {
    const problem = deviceProblem(device, rtcError(code, reason))
    expect(problem).toContain(words)
    expect(problem).toContain(device)
    expect(sentences(problem)).toBeGreaterThanOrEqual(2)
  }
})

test.each([
  ['CAN_NOT_GET_GATEWAY_SERVER', 'dynamic key expired', 'token of this page has expired'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'dynamic key or token timeout', 'token of this page has expired'],
  ['UNEXPECTED_RESPONSE', 'ERR_DYNAMIC_KEY_EXPIRED', 'token of this page has expired'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'invalid vendor key, can not find appid', 'AGORA_APP_ID'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'invalid token, authorized failed', 'AGORA_APP_CERTIFICATE'],
  ['UNEXPECTED_RESPONSE', 'ERR_NO_AUTHORIZED', 'AGORA_APP_CERTIFICATE'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'dynamic use static key', 'AGORA_APP_CERTIFICATE'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'static use dynamic key', 'Enable the primary certificate'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'no active status', 'not active'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'invalid channel name', 'name of the channel'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'amount of users over load', 'full'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'the request is forbidden in this area', 'areas'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'unable to allocate services in this area', 'areas'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'no unilbs webrtc service available', 'no server'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'unilbs internal error', 'no server'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'void gateway address', 'no server'],
  ['CAN_NOT_GET_GATEWAY_SERVER', 'timeout', 'No server of Agora answers'],
  ['UNEXPECTED_RESPONSE', 'K_UID_BANNED', 'removed from the call'],
  ['UNEXPECTED_RESPONSE', 'ERR_REPEAT_JOIN_CHANNEL', 'takes another number'],
  ['UID_CONFLICT', '', 'takes another number'],
  ['INVALID_PARAMS', '[token]: the length must be between 1 and 2047', 'demo/.env'],
  ['INVALID_OPERATION', 'Client already in connecting/connected state', 'being left, or joined'],
  ['OPERATION_ABORTED', 'cancel token canceled', 'broken off'],
  ['WS_ABORT', 'choose best websocket aborted', 'broken off'],
  ['NOT_SUPPORTED', '', 'This browser'],
  ['NETWORK_TIMEOUT', 'timeout of 5000ms exceeded', 'No server of Agora answers'],
  ['NETWORK_ERROR', '', 'No server of Agora answers'],
  ['WS_ERR', '', 'No server of Agora answers'],
  ['ICE_FAILED', '', 'No server of Agora answers'],
  ['UNEXPECTED_ERROR', 'a thing of its own', 'a thing of its own'],
])('default: a join that fails with %s (%s) says what to do', (code, reason, words) => {
  const problem = joinProblem(rtcError(code, reason), true)
  expect(problem).toContain(words)
  expect(sentences(problem)).toBeGreaterThanOrEqual(2)
})

test('behaviour: the service’s reason is found where only the data of an error has it', () => {
  const error = rtcError('CAN_NOT_GET_GATEWAY_SERVER', 'flag: 4096', ['no active status'])
  expect(joinProblem(error, true)).toContain('not active')
})

test('behaviour: without a network a join says that the device is offline, and nothing of firewalls', () => {
  expect(joinProblem(rtcError('NETWORK_ERROR'), false)).toMatch(/^This device is offline/)
  expect(slowJoinProblem(false)).toMatch(/^This device is offline.* goes on trying\.$/)
  expect(slowJoinProblem(true)).toMatch(/^No server of Agora answers.* goes on trying\.$/)
})

test.each([
  ['NETWORK_ERROR', 'Check the network'],
  ['SERVER_ERROR', 'server ended the connection'],
  ['UID_BANNED', 'removed from the call'],
  ['IP_BANNED', 'network was banned'],
  ['CHANNEL_BANNED', 'closed for everybody'],
  ['UID_CONFLICT', 'number of this one'],
  ['TOKEN_EXPIRE', 'has expired'],
  ['LICENSE_EXPIRED', 'LICENSE_EXPIRED'],
  ['SOMETHING_NEW', 'SOMETHING_NEW'],
  [undefined, 'has ended'],
])('default: a connection that ends with %s says what to do', (reason, words) => {
  expect(connectionProblem(reason)).toContain(words)
  expect(sentences(connectionProblem(reason))).toBeGreaterThanOrEqual(2)
})

test('default: a device that stops, and one that cannot be published, say who is not heard or seen', () => {
  expect(endedProblem('microphone')).toContain('unmute again')
  expect(endedProblem('camera')).toContain('switch it on again')
  expect(publishProblem('microphone', rtcError('TIMEOUT'))).toContain('do not hear you')
  expect(publishProblem('camera', rtcError('INVALID_OPERATION'))).toContain('do not see you')
  expect(publishProblem('camera', rtcError('INVALID_TRACK', 'odd'))).toContain('odd')
})

test('behaviour: whatever the SDK puts into its words, no sentence holds a token', () => {
  const error = rtcError('UNEXPECTED_ERROR', `Invalid token: ${TOKEN}`)
  for (const problem of [
    joinProblem(error, true),
    deviceProblem('camera', error),
    publishProblem('camera', error),
    joinProblem(`refused ${TOKEN}`, true),
  ]) {
    expect(problem).toContain('…')
    expect(problem).not.toContain(TOKEN.slice(0, 40))
  }
})

test('behaviour: what is no error of the SDK is told in its own words', () => {
  expect(joinProblem(new Error('odd.'), true)).toContain('call: odd. Reload')
  expect(joinProblem(undefined, true)).toContain('undefined')
})
