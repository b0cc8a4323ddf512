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

/** Something that a transcript tells beside its lines. */
export type TranscriptEvent =
  | {
      /** The first caption of a sender, in a session of the bot. */
      type: 'sender'
      /** Epoch ms. */
      at: number
      /** The sender's uid. */
      from: string
    }
  | {
      /** Bytes that are no caption: another data stream, or a version of the service that is not known. */
      type: 'undecodable'
      /** Epoch ms. */
      at: number
      /** The sender's uid, where it was told. */
      from: string | undefined
      /** How many bytes; undefined where a message was handed over decoded. */
      byteLength: number | undefined
    }
  | {
      /** Sent by somebody who is not the bot, and not taken in. */
      type: 'stranger'
      /** Epoch ms. */
      at: number
      /** The sender's uid. */
      from: string
    }
  | {
      /** For a line that was removed. */
      type: 'late'
      /** Epoch ms. */
      at: number
      /** The sender's uid, where it was told. */
      from: string | undefined
    }

/** What is said in one channel, as lines. It outlives the components that show it. */
export interface Transcript {
  /**
   * Takes in a message: the bytes as they came, or decoded. Never throws; what is no caption is counted, and reported
   * as an event.
   *
   * @param message what the bot sent
   * @param from the uid of the sender, the bot's
   */
  ingest(message: Uint8Array | CaptionMessage, from?: string): void
  /**
   * Counts a message that was not taken in, because its sender is not the bot.
   *
   * @param from the uid of the sender
   */
  ignore(from: string): void
  /**
   * The bot has left the channel: no line is live, and what comes next is of another session. Does nothing where somebody
   * else has left.
   *
   * @param from who has left; left out, it is the bot
   */
  endSession(from?: string): void
  /** The ids of all lines, in the order of the conversation. The same array until a line comes or goes. */
  getIds(): readonly string[]
  /**
   * One line.
   *
   * @param id one of `getIds()`
   * @returns the same object until the line changes; undefined where there is no such line any more
   */
  getLine(id: string): CaptionLine | undefined
  /**
   * The newest lines, and those of every speaker who has not finished. The same array until one of them changes.
   *
   * @param options `max`: how many of the newest, 3 unless it is given
   */
  getLive(options?: {
    /** How many of the newest. @defaultValue `3` */
    max?: number | undefined
  }): readonly CaptionLine[]
  /**
   * Calls a listener once an animation frame in which anything has changed.
   *
   * @param listener called without anything
   * @returns ends the subscription
   */
  subscribe(listener: () => void): () => void
  /**
   * The same, only where a line has come or gone.
   *
   * @param listener called without anything
   * @returns ends the subscription
   */
  subscribeIds(listener: () => void): () => void
  /**
   * The same, only where this line has changed.
   *
   * @param id one of `getIds()`
   * @param listener called without anything
   * @returns ends the subscription
   */
  subscribeLine(id: string, listener: () => void): () => void
  /** Resolves when all that was taken in is shown: what is compressed takes a moment. */
  whenIdle(): Promise<void>
  /** How many messages became of what. */
  readonly counters: TranscriptCounters
  /** Removes every line. A sentence that is not finished comes back with its next message. */
  clear(): void
}
