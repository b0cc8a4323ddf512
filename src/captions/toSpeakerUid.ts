/** As RTC clients name users: senders that count in 32 bits with a sign give the upper half of all uids below 0. */
export function toSpeakerUid(uid: string): string {
  return uid.startsWith('-') ? String(Number(uid) >>> 0) : uid
}
