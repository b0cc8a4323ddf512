import { isNetworkCode } from './isNetworkCode.ts'
import { readRtcError } from './rtcError.ts'

export type DeviceName = 'microphone' | 'camera'

const AGAIN: Readonly<Record<DeviceName, string>> = {
  microphone: 'unmute again',
  camera: 'switch it on again',
}

const UNNOTICED: Readonly<Record<DeviceName, string>> = {
  microphone: 'The others do not hear you',
  camera: 'The others do not see you',
}

/** Why a microphone or camera cannot be used, and what to do. */
export function deviceProblem(device: DeviceName, error: unknown): string {
  const { code, reason, text } = readRtcError(error)
  const again = AGAIN[device]
  switch (code) {
    case 'PERMISSION_DENIED':
      if (reason.includes('by system')) {
        return `The operating system does not let the browser use the ${device}. Allow it in the system’s privacy settings, and ${again}.`
      }
      if (reason.includes('dismissed')) {
        return `The browser’s question about the ${device} was closed without an answer. Choose “Allow” when you ${again}.`
      }
      return `The browser does not let this page use the ${device}. Allow it in the browser’s settings for this page, beside the address, and ${again}.`
    case 'DEVICE_NOT_FOUND':
      return `No ${device} was found. Connect one, and ${again}.`
    case 'NOT_READABLE':
      return `The ${device} does not answer: another program may be using it. Close that program, and ${again}.`
    case 'NOT_SUPPORTED':
    case 'WEB_SECURITY_RESTRICT':
      return `The browser gives this page no ${device}, because its address is not secure. Open it on https, or on localhost.`
    case 'MEDIA_OPTION_INVALID':
    case 'CONSTRAINT_NOT_SATISFIED':
      return `The ${device} cannot do what a call needs. Choose another in the browser’s settings, and ${again}.`
    case 'ENUMERATE_DEVICES_FAILED':
      return `The browser does not say whether there is a ${device}. Reload this page, and ${again}.`
    default:
      return `The ${device} could not be used: ${text}. Reload this page, and ${again}.`
  }
}

export const endedProblem = (device: DeviceName) =>
  `The ${device} has stopped: it was disconnected, or the browser took the permission back. Connect or allow it, and ${AGAIN[device]}.`

/** Why nobody gets what the device gives. */
export function publishProblem(device: DeviceName, error: unknown): string {
  const { code, text } = readRtcError(error)
  const what = `${UNNOTICED[device]}: the ${device} could not be sent to the call`
  return isNetworkCode(code) || code === 'INVALID_OPERATION'
    ? `${what}, because the connection is bad. Check the network, and ${AGAIN[device]}.`
    : `${what}: ${text}. Reload this page, and ${AGAIN[device]}.`
}
