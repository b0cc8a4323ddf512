import type { CaptionWord } from './captionMessage.js'
import type { JsonSegment } from './jsonCaption.js'

interface TimedWord {
  segment: JsonSegment
  word: CaptionWord
}

/**
 * Segments with what they lack from their message: whether they are final, and when they were said. The message begins
 * where its first segment does and ends where its last does; one between lasts until the next begins.
 */
export function toTimedWords(segments: readonly JsonSegment[], message: JsonSegment): TimedWord[] {
  const begin = message.offset ?? segments[0]?.offset ?? 0
  const end = begin + (message.duration ?? 0)
  return segments.map((segment, index) => {
    // Others than the first would all get the same: then one replaces the other.
    const startMs = segment.offset ?? (index === 0 ? begin : 0)
    const until = segments[index + 1]?.offset ?? end
    const word = {
      text: segment.text ?? '',
      isFinal: segment.isFinal ?? message.isFinal ?? false,
      startMs,
      durationMs: segment.duration ?? (startMs === 0 ? 0 : Math.max(0, until - startMs)),
    }
    return { segment, word }
  })
}
