import type { Participant } from '../channelCall.ts'

/** Whoever has not changed stays the same object, and the list too if nobody has: tiles render only what is new. */
export function keepSame(
  before: readonly Participant[],
  after: readonly Participant[],
): readonly Participant[] {
  const kept = after.map((now) => before.find((one) => isSame(one, now)) ?? now)
  const isUnchanged = kept.length === before.length && kept.every((one, at) => one === before[at])
  return isUnchanged ? before : kept
}

function isSame(one: Participant, other: Participant): boolean {
  return (
    one.uid === other.uid &&
    one.isMuted === other.isMuted &&
    one.isCameraOff === other.isCameraOff &&
    one.isSpeaking === other.isSpeaking &&
    one.showCamera === other.showCamera
  )
}
