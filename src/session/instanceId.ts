import { fnvHash } from '../claims/fnvHash.js'

/** The time between acquire and start that the service allows; unused, an instance token ends. */
export const INSTANCE_TOKEN_LIFETIME_MS = 5 * 60_000

const FITTING = /^[\w-]{1,64}$/
const MAX_STEM_LENGTH = 57
const SUFFIX_LENGTH = 6

/**
 * The id of a channel's task: the channel where the service's alphabet admits it, else the hash of
 * `appId + "\n" + channel`.
 */
export const toInstanceId = (appId: string, channel: string): string =>
  FITTING.test(channel) ? channel : fnvHash(`${appId}\n${channel}`)

/** The name that follows a spent one: all who see the same last ended task compute the same. */
export const toNextInstanceId = (instanceId: string, endedTaskId: string): string =>
  toStem(instanceId) + fnvHash(endedTaskId).slice(-SUFFIX_LENGTH)

/** Whether a task of this name belongs to the channel whose id is given. */
export const isOfFamily = (name: string, instanceId: string): boolean =>
  name === instanceId || name === toStem(instanceId) + name.slice(-SUFFIX_LENGTH)

const toStem = (instanceId: string) => `${instanceId.slice(0, MAX_STEM_LENGTH)}-`
