import { act } from '@testing-library/react'
import { createTranscript, type Transcript, type TranscriptOptions } from 'react-realtime-stt'

/** A sentence, as far as a test cares. */
export interface Spoken {
  uid?: string
  /** Of the sentence; the same again changes it. @defaultValue the next one */
  number?: number
  /** What is final. */
  text?: string
  /** What is still being recognised. */
  tail?: string
  language?: string
  /** Final ones, by language. */
  translations?: Record<string, string>
}

const BEGUN_AT = 1_750_000_000_000

/** A transcript whose frames come when the test says so, and people who speak in it. */
export function createSpeech(options: TranscriptOptions = {}): {
  transcript: Transcript
  /** Takes effect with the next frame. Returns the line's id. */
  say: (spoken: Spoken) => string
  nextFrame: () => void
} {
  let frame: (() => void) | null = null
  let said = 0
  let order = BEGUN_AT
  const transcript = createTranscript({
    ...options,
    environment: {
      setTimeout: () => 0,
      clearTimeout: () => {},
      requestAnimationFrame: (callback) => {
        frame = callback
        return 1
      },
      ...options.environment,
    },
  })
  return {
    transcript,
    say({ uid = '1001', number = said + 1, text = '', tail = '', language, translations = {} }) {
      said = Math.max(said, number)
      order += 1
      const sentenceId = String(BEGUN_AT + number * 1_000)
      const words = [
        { text, isFinal: true },
        { text: tail, isFinal: false },
      ].filter((word) => word.text !== '')
      const trans = Object.entries(translations).map(([lang, translated]) => ({
        lang,
        texts: [translated],
        isFinal: true,
      }))
      const shared = { uid, sentenceId, textTs: order, culture: language ?? 'en-US' }
      if (words.length > 0) {
        const time = text ? BEGUN_AT + number * 1_000 : 0
        transcript.ingest({ ...shared, words, time, durationMs: 800 })
      }
      if (trans.length > 0) transcript.ingest({ ...shared, trans })
      return `${uid}:${sentenceId}`
    },
    nextFrame() {
      const callback = frame
      frame = null
      act(() => callback?.())
    },
  }
}
