import type { Transcript } from 'react-realtime-stt/core'
import { playConversation } from 'react-realtime-stt/testing'

export const BOT_UID = 900000001

const script = [
  {
    uid: '7',
    text: 'Good morning.',
    startMs: 0,
    durationMs: 900,
    translations: { 'de-DE': 'Guten Morgen.' },
  },
  { uid: '8', text: 'Good night.', startMs: 1_200, durationMs: 1_100 },
]

/** Two people say a sentence each, and the bot leaves. */
export function speakBriefly(transcript: Transcript): Transcript {
  for (const { message, from } of playConversation(script)) transcript.ingest(message, from)
  transcript.endSession(String(BOT_UID))
  return transcript
}
