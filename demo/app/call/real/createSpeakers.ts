import type { Volume } from './realSdk.ts'

/** The SDK's own figure. It is the loudness in dB, from 100 downwards: a quiet room has 40, speech 70. */
const SPEAKING_LEVEL = 60
/** Reports without a sound that still are a pause between two words. */
const PAUSE_REPORTS = 4

/** Who speaks, from what the volume indicator reports. */
export interface Speakers {
  hear(volumes: readonly Volume[]): void
  isSpeaking(uid: string): boolean
  clear(): void
}

/** @param self some versions of the SDK report the own volume under 0 */
export function createSpeakers(self: string): Speakers {
  /** Reports since each one was last heard. */
  const pauses = new Map<string, number>()
  return {
    hear(volumes) {
      for (const [uid, pause] of pauses) {
        if (pause === PAUSE_REPORTS) pauses.delete(uid)
        else pauses.set(uid, pause + 1)
      }
      for (const { uid, level } of volumes) {
        if (level > SPEAKING_LEVEL) pauses.set(uid === 0 ? self : String(uid), 0)
      }
    },
    isSpeaking: (uid) => pauses.has(uid),
    clear: () => pauses.clear(),
  }
}
