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
  const begin = message.offset || segments[0]?.offset || 0
  const end = begin + (message.duration ?? 0)
  let nextMs = begin
  return segments.map((segment, index) => {
    const startMs = segment.offset || nextMs
    const until = segments[index + 1]?.offset || end
    const word = {
      text: segment.text ?? '',
      isFinal: segment.isFinal ?? message.isFinal ?? false,
      startMs,
      durationMs: segment.duration ?? (startMs === 0 ? 0 : Math.max(0, until - startMs)),
    }
    // A start of its own, if only 1 ms later: with the same one, it would replace the one before.
    nextMs = startMs && startMs + (segment.duration || 1)
    return { segment, word }
  })
}
