import { createTranscript, type Transcript } from 'react-realtime-stt/core'
import { createManualFrames } from '../manualFrames.ts'
import type { CaptionSystem } from './captionSystem.ts'

/** Others make what components read for each message; we when it is read, in an app once a frame. */
export const ourSystem = (read: 'each message' | 'once'): CaptionSystem => ({
  name: `react-realtime-stt, read ${read}`,
  note: 'merges what comes by sentence, in any order; all ids and the live lines are read',
  async open() {
    const transcript = createTranscript({ environment: createManualFrames().environment })
    return {
      play(updates) {
        for (const { message } of updates) {
          transcript.ingest(message)
          if (read === 'each message') look(transcript)
        }
        look(transcript)
      },
      count: () => transcript.getIds().length,
      close() {},
    }
  },
})

const look = (transcript: Transcript) => [transcript.getIds(), transcript.getLive()]
