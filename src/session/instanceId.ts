import { sha256 } from './sha256.js'

const FITTING = /^[A-Za-z0-9_-]{1,64}$/
const MAX_STEM_LENGTH = 57
const SUFFIX_LENGTH = 6
const HASH_LENGTH = 32

/**
 * The id of a channel's task: the channel where the service's alphabet admits it, else the first 32 characters of
 * base64url(SHA-256(appId + "\n" + channel)), which are 192 bits.
 */
export function toInstanceId(appId: string, channel: string): string {
  return FITTING.test(channel) ? channel : base64UrlHash(`${appId}\n${channel}`, HASH_LENGTH)
}

/** The name that follows a spent one: all who see the same last ended task compute the same. */
export function toNextInstanceId(instanceId: string, endedTaskId: string): string {
  return `${instanceId.slice(0, MAX_STEM_LENGTH)}-${base64UrlHash(endedTaskId, SUFFIX_LENGTH)}`
}

/** Whether a task of this name belongs to the channel whose id is given. */
export function isOfFamily(name: string, instanceId: string): boolean {
  const stem = `${instanceId.slice(0, MAX_STEM_LENGTH)}-`
  return (
    name === instanceId || (name.startsWith(stem) && name.length === stem.length + SUFFIX_LENGTH)
  )
}

function base64UrlHash(text: string, length: number): string {
  return btoa(String.fromCharCode(...sha256(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, length)
}
