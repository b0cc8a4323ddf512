import type { CaptionLine, Transcript } from 'react-realtime-stt'

/** How long somebody is taken to speak after a word that may still change, and after the last one. */
const INTERIM_MS = 1_800
const FINAL_MS = 400
const NONE: readonly string[] = []

/** Who is speaking, by uid, as far as captions tell. */
export interface Speakers {
  /** The same array until somebody begins or ends. */
  getSnapshot(): readonly string[]
  subscribe(listener: () => void): () => void
}

export function createSpeakers(transcript: Transcript): Speakers {
  let speakers = NONE
  return {
    getSnapshot: () => speakers,
    subscribe(listener) {
      const heard = new Map<string, string>()
      const timers = new Map<string, ReturnType<typeof setTimeout>>()

      function setSpeaking(uid: string, isSpeaking: boolean): void {
        if (speakers.includes(uid) === isSpeaking) return
        speakers = isSpeaking ? [...speakers, uid] : speakers.filter((one) => one !== uid)
        listener()
      }

      function hear({ uid, text, isFinal }: CaptionLine): void {
        if (heard.get(uid) === text) return
        heard.set(uid, text)
        clearTimeout(timers.get(uid))
        const quiet = () => setSpeaking(uid, false)
        timers.set(uid, setTimeout(quiet, isFinal ? FINAL_MS : INTERIM_MS))
        setSpeaking(uid, true)
      }

      function update(): void {
        const lines = transcript.getLive().filter(({ isLive }) => isLive)
        lines.forEach(hear)
        // Without the bot nobody is known to speak.
        for (const uid of speakers) {
          if (!lines.some((line) => line.uid === uid)) setSpeaking(uid, false)
        }
      }

      // What was said before is over.
      for (const { uid, text } of transcript.getLive()) heard.set(uid, text)
      const unsubscribe = transcript.subscribe(update)
      return () => {
        unsubscribe()
        for (const timer of timers.values()) clearTimeout(timer)
        speakers = NONE
      }
    },
  }
}
