import type { CaptionMessage } from 'react-realtime-stt/core'

/** One change of one line, for whatever system. */
export interface CaptionUpdate {
  /** Of the line. */
  id: string
  uid: string
  text: string
  isFinal: boolean
  /** When it was said, by the bot's count, in ms. */
  startMs: number
  endMs: number
  /** The same, as the caption bot sends it. */
  message: CaptionMessage
}

export function toUpdate(message: CaptionMessage): CaptionUpdate {
  const { uid, sentenceId, words = [], durationMs = 0 } = message
  const startMs = words[0]?.startMs ?? 0
  return {
    id: `${uid}:${sentenceId}`,
    uid,
    text: words.map(({ text }) => text).join(''),
    isFinal: words.every(({ isFinal }) => isFinal),
    startMs,
    endMs: startMs + durationMs,
    message,
  }
}
