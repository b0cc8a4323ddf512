import type { CaptionMessage, CaptionTranslation, CaptionWord } from './captionMessage.js'
import type { JsonSegment, JsonTranscript } from './jsonCaption.js'
import { toSpeakerUid } from './toSpeakerUid.js'
import { toTimedWords } from './toTimedWords.js'

/** A transcript, or a translation. */
export interface JsonMessage {
  body: JsonTranscript
  /** What was said: of a transcript it is the body itself. */
  spoken: JsonTranscript | null | undefined
  translated: readonly JsonSegment[]
}

interface Sentence {
  /** What stands for the whole of it: its first segment. */
  first: JsonSegment
  words: CaptionWord[]
  trans: CaptionTranslation[]
  /** When its translations were said, where nothing else tells. */
  translatedAt: CaptionWord[]
}

/** A segment may be of another sentence than its message. Translations come in the segments of what was said. */
export function toSentences({ body, spoken, translated }: JsonMessage): CaptionMessage[] {
  const said = spoken ? (spoken.results ?? [spoken]) : []
  const sentences = new Map<string, Sentence>()
  const sentenceOf = (segment: JsonSegment, counterpart: JsonSegment | undefined): Sentence => {
    const id = segment.sentenceId || counterpart?.sentenceId || body.sentenceId || '0'
    const sentence = sentences.get(id) ?? { first: segment, words: [], trans: [], translatedAt: [] }
    sentences.set(id, sentence)
    return sentence
  }

  for (const [index, { segment, word }] of toTimedWords(said, body).entries()) {
    sentenceOf(segment, translated[index]).words.push(word)
  }
  const counts = new Map<string, number>()
  for (const { segment, word } of toTimedWords(translated, body)) {
    const lang = segment.language ?? ''
    const index = counts.get(lang) ?? 0
    counts.set(lang, index + 1)
    const sentence = sentenceOf(segment, said[index])
    sentence.trans.push({ lang, texts: segment.texts ?? [], isFinal: word.isFinal })
    sentence.translatedAt.push(word)
  }

  return Array.from(sentences, ([id, { first, words, trans, translatedAt }]) => {
    const culture = (words.length > 0 ? first.language : undefined) ?? spoken?.language ?? undefined
    const shared = {
      uid: toSpeakerUid(body.uid ?? '0'),
      ...finalTimes(words.length > 0 ? words : translatedAt),
      culture,
      textTs: first.textTs ?? body.textTs ?? undefined,
      sentenceId: id === '0' ? undefined : id,
    }
    if (spoken === body) return { ...shared, dataType: 'transcribe', words }
    const originalTranscript = words.length > 0 ? { culture, words } : undefined
    return { ...shared, dataType: 'translate', trans, originalTranscript }
  })
}

/** From the beginning of the first final segment to the end of the last. */
function finalTimes(words: readonly CaptionWord[]) {
  let time = Number.POSITIVE_INFINITY
  let end = 0
  for (const { isFinal, startMs = 0, durationMs = 0 } of words) {
    if (!isFinal || startMs === 0) continue
    time = Math.min(time, startMs)
    end = Math.max(end, startMs + durationMs)
  }
  return end === 0 ? {} : { time, durationMs: end - time }
}
