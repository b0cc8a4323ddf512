import type { CaptionSystem } from './captionSystem.ts'
import type { CaptionUpdate } from './captionUpdate.ts'

/** As far as it is used here. */
export interface LiveKitCore {
  setupTextStream(
    room: Room,
    topic: string,
  ): { subscribe(observer: (streams: readonly unknown[]) => void): { unsubscribe(): void } }
}

type StreamHandler = (reader: TextReader, participant: { identity: string }) => void

interface Room {
  registerTextStreamHandler(topic: string, handler: StreamHandler): void
  unregisterTextStreamHandler(topic: string): void
  on(): void
}

interface TextReader extends AsyncIterable<string> {
  info: { id: string; topic: string; timestamp: number; attributes: Record<string, string> }
}

const TOPIC = 'lk.transcription'

/** `setupTextStream` is public, and takes of the room no more than where to register. */
export const livekitSystem = ({ setupTextStream }: LiveKitCore): CaptionSystem => ({
  name: 'LiveKit components-core',
  note: 'replaces the text of a segment; copies the array of all segments for each message',
  async open() {
    let handler: StreamHandler | null = null
    let streams: readonly unknown[] = []
    let emissions = 0
    let sent = 0
    let onEmission = () => {}
    const room: Room = {
      registerTextStreamHandler(_, given) {
        handler = given
      },
      unregisterTextStreamHandler() {},
      on() {},
    }
    const subscription = setupTextStream(room, TOPIC).subscribe((current) => {
      streams = current
      emissions += 1
      onEmission()
    })
    return {
      async play(updates) {
        const all = emissions + updates.length
        await new Promise<void>((resolve) => {
          onEmission = () => emissions === all && resolve()
          for (const update of updates) {
            sent += 1
            handler?.(toReader(update, sent), { identity: update.uid })
          }
        })
      },
      count: () => streams.length,
      close: () => subscription.unsubscribe(),
    }
  },
})

/** An update of a segment is a stream of its own, of one chunk. */
function toReader({ id, text, isFinal, startMs }: CaptionUpdate, number: number): TextReader {
  return {
    info: {
      id: `stream-${number}`,
      topic: TOPIC,
      timestamp: startMs,
      attributes: { 'lk.segment_id': id, 'lk.transcription_final': String(isFinal) },
    },
    async *[Symbol.asyncIterator]() {
      yield text
    },
  }
}
