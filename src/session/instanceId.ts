const FITTING = /^[\w-]{1,64}$/
const MAX_STEM_LENGTH = 57
const SUFFIX_LENGTH = 6

const FNV_OFFSET = 0x6c62272e07bb014262b821756295c58dn
const FNV_PRIME = (1n << 88n) + 0x13bn

/**
 * The id of a channel's task: the channel where the service's alphabet admits it, else FNV-1a (128 bit) of the UTF-8
 * bytes of `appId + "\n" + channel`, in base 36.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9923
 */
export const toInstanceId = (appId: string, channel: string): string =>
  FITTING.test(channel) ? channel : hash(`${appId}\n${channel}`)

/** The name that follows a spent one: all who see the same last ended task compute the same. */
export const toNextInstanceId = (instanceId: string, endedTaskId: string): string =>
  toStem(instanceId) + hash(endedTaskId).slice(-SUFFIX_LENGTH)

/** Whether a task of this name belongs to the channel whose id is given. */
export const isOfFamily = (name: string, instanceId: string): boolean =>
  name === instanceId || name === toStem(instanceId) + name.slice(-SUFFIX_LENGTH)

const toStem = (instanceId: string) => `${instanceId.slice(0, MAX_STEM_LENGTH)}-`

function hash(text: string): string {
  let state = FNV_OFFSET
  for (const byte of new TextEncoder().encode(text)) {
    state = BigInt.asUintN(128, (state ^ BigInt(byte)) * FNV_PRIME)
  }
  return state.toString(36).padStart(25, '0')
}
