import { fnvHash } from '../claims/fnvHash.js'

/** The time between acquire and start that the service allows; unused, an instance token ends. */
export const INSTANCE_TOKEN_LIFETIME_MS = 5 * 60_000

const FITTING = /^[A-Za-z0-9_-]{1,64}$/
const MAX_STEM_LENGTH = 57
const SUFFIX_LENGTH = 6

/**
 * The id of a channel's task: the channel where the service's alphabet admits it, else the hash of
 * `appId + "\n" + channel`.
 */
export function toInstanceId(appId: string, channel: string): string {
  return FITTING.test(channel) ? channel : fnvHash(`${appId}\n${channel}`)
}

/** The name that follows a spent one: all who see the same last ended task compute the same. */
export function toNextInstanceId(instanceId: string, endedTaskId: string): string {
  return toStem(instanceId) + fnvHash(endedTaskId).slice(-SUFFIX_LENGTH)
}

/** Whether a task of this name belongs to the channel whose id is given. */
export function isOfFamily(name: string, instanceId: string): boolean {
  const stem = toStem(instanceId)
  return (
    name === instanceId || (name.startsWith(stem) && name.length === stem.length + SUFFIX_LENGTH)
  )
}

const toStem = (instanceId: string) => `${instanceId.slice(0, MAX_STEM_LENGTH)}-`
