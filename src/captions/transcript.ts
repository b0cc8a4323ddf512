import type { CaptionLine } from './captionLine.js'
import type { CaptionMessage } from './captionMessage.js'

/** How many messages became of what, since the transcript was created. */
export interface TranscriptCounters {
  /** All that came in, of whatever kind. */
  readonly messages: number
  /** Bytes that are no caption. */
  readonly undecodable: number
  /** Sent by somebody who is not the bot. */
  readonly strangers: number
  /** Lines that were removed to keep to `maxLines`. */
  readonly pruned: number
  /** Messages for lines that were removed. */
  readonly late: number
}

/** Something that a transcript tells beside its lines. Every `at` is epoch ms. */
export type TranscriptEvent =
  /** The first caption of a sender, in a session of the bot. */
  | { type: 'sender'; at: number; from: string }
  /** Bytes that are no caption: another data stream, or a version of the service that is not known. */
  | { type: 'undecodable'; at: number; from: string | undefined; byteLength: number | undefined }
  /** Sent by somebody who is not the bot, and not taken in. */
  | { type: 'stranger'; at: number; from: string }
  /** For a line that was removed. */
  | { type: 'late'; at: number; from: string | undefined }

/** What is said in one channel, as lines. It outlives the components that show it. */
export interface Transcript {
  /**
   * Takes in a message: the bytes as they came, or decoded. Never throws; what is no caption is counted, and reported
   * as an event.
   *
   * @param from the uid of the sender, the bot's
   */
  ingest(message: Uint8Array | CaptionMessage, from?: string): void
  /** Counts a message that was not taken in, because its sender is not the bot. */
  ignore(from: string): void
  /** The bot has left the channel: no line is live, and what comes next is of another session. Others' leaving is nothing. */
  endSession(from?: string): void
  /** In the order of the conversation. The same array until a line comes or goes. */
  getIds(): readonly string[]
  /** The same object until the line changes; undefined where there is no such line any more. */
  getLine(id: string): CaptionLine | undefined
  /**
   * The newest lines, and those of every speaker who has not finished. The same array until one of them changes.
   *
   * @param options.max how many of the newest @defaultValue 3
   */
  getLive(options?: { max?: number | undefined }): readonly CaptionLine[]
  /** Once an animation frame in which anything has changed. Returns what ends it. */
  subscribe(listener: () => void): () => void
  /** Only where a line has come or gone. */
  subscribeIds(listener: () => void): () => void
  /** Only where this line has changed. */
  subscribeLine(id: string, listener: () => void): () => void
  /** Resolves when all that was taken in is shown: what is compressed takes a moment. */
  whenIdle(): Promise<void>
  readonly counters: TranscriptCounters
  /** Removes every line. A sentence that is not finished comes back with its next message. */
  clear(): void
}
