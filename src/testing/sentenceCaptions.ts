import type { CaptionMessage, CaptionTranslation, CaptionWord } from '../captions/captionMessage.js'
import { type CaptionWire, hasSentenceIds, isSince } from './captionWire.js'
import { hearSentence } from './hearSentence.js'
import { type SentencePart, sentenceParts } from './sentenceParts.js'
import type { SpokenSentence } from './spokenSentence.js'

/** A message as it leaves the caption bot. */
export interface SentCaption {
  /** In ms since the conversation began. */
  sentMs: number
  message: CaptionMessage
  /** What it is a translation of. */
  original: SentCaption | null
}

export interface SentenceNumbers {
  /** When the conversation began, epoch ms. */
  epochAt: number
  sentenceId: number
  /** When the text of its speaker's last message was made, in ms since the conversation began. */
  lastTextMs: number
}

/** The bot counts from its own beginning. */
const BOT_AGE_MS = 5_000
const SEND_DELAY_MS = 40
const MIN_TRANSLATION_DELAY_MS = 80
const MAX_TRANSLATION_DELAY_MS = 600
const SHARED_TEXT_TS_CHANCE = 0.1
const INTERIM_TRANSLATION_CHANCE = 0.4

/** All that the bot sends about one sentence: texts and, a little later each, translations. */
export function sentenceCaptions(
  sentence: SpokenSentence,
  wire: CaptionWire,
  { epochAt, sentenceId, lastTextMs }: SentenceNumbers,
  random: () => number,
): SentCaption[] {
  const sent: SentCaption[] = []
  const shared = (textMs: number): CaptionMessage => ({
    uid: sentence.uid,
    ...(isSince(wire, 'v6') && { textTs: epochAt + textMs, culture: sentence.language }),
    ...(hasSentenceIds(wire) && { sentenceId: String(sentenceId) }),
  })
  const beganMs = sentence.pieces[0]?.startMs ?? 0
  let textMs = lastTextMs
  let sentMs = lastTextMs
  let sentFinals = 0
  let mayShareTs = false
  for (const hearing of hearSentence(sentence, wire, random)) {
    const from = wire.prefix === 'tail' && !hearing.isWhole ? sentFinals : 0
    const parts = sentenceParts(sentence, hearing, from, wire, random)
    if (parts.length === 0) continue
    sentMs = Math.max(sentMs + 1, hearing.heardMs)
    textMs = mayShareTs && random() < SHARED_TEXT_TS_CHANCE ? textMs : sentMs
    mayShareTs = !parts.some(({ isFinal }) => isFinal)
    sentFinals = hearing.finals
    const words = toWords(parts, wire, epochAt)
    const text: SentCaption = {
      sentMs: sentMs + SEND_DELAY_MS,
      message: {
        ...shared(textMs),
        ...toTimes(parts, wire, epochAt, beganMs),
        ...(isSince(wire, 'v6') && { dataType: 'transcribe' }),
        words,
      },
      original: null,
    }
    sent.push(text)
    const hasOriginal = wire.hasOriginal && isSince(wire, 'v7.0')
    for (const { trans, delayMs } of translate(parts, sentence, random)) {
      const isFinal = trans.some((one) => one.isFinal)
      sent.push({
        sentMs: text.sentMs + delayMs,
        message: {
          ...shared(textMs),
          ...(isFinal && toTimes(parts, wire, epochAt, beganMs)),
          ...(isSince(wire, 'v6') && { dataType: 'translate' }),
          trans,
          ...(hasOriginal && { originalTranscript: { culture: sentence.language, words } }),
        },
        original: text,
      })
    }
  }
  return sent
}

function toWords(
  parts: readonly SentencePart[],
  wire: CaptionWire,
  epochAt: number,
): CaptionWord[] {
  const isJson = wire.format === 'json'
  const hasStarts = wire.hasStarts || (isJson && !isSince(wire, 'v7.2.3'))
  const zeroAt = isJson ? epochAt : BOT_AGE_MS
  return parts.map(({ text, isFinal, startMs, endMs }) => ({
    text,
    isFinal,
    ...(hasStarts && { startMs: zeroAt + startMs, durationMs: endMs - startMs }),
  }))
}

/** Protobuf tells of the whole sentence, when something of it is final; JSON of what is final in this message. */
function toTimes(
  parts: readonly SentencePart[],
  wire: CaptionWire,
  epochAt: number,
  beganMs: number,
): Pick<CaptionMessage, 'time' | 'durationMs'> {
  const finals = parts.filter(({ isFinal }) => isFinal)
  const startMs = wire.format === 'json' ? finals[0]?.startMs : beganMs
  const endMs = (wire.format === 'json' ? finals : parts).at(-1)?.endMs
  if (startMs === undefined || endMs === undefined) return {}
  const durationMs = endMs - startMs
  return finals.length === 0 ? { durationMs } : { time: epochAt + startMs, durationMs }
}

/** What is final comes at once with its translation, or first with one that is not; what is not, sometimes. */
function translate(
  parts: readonly SentencePart[],
  { translations }: SpokenSentence,
  random: () => number,
): { trans: CaptionTranslation[]; delayMs: number }[] {
  const isFinal = parts.some((part) => part.isFinal)
  const hasInterim = random() < INTERIM_TRANSLATION_CHANCE
  const isTogether = random() < 0.5
  const langs = translations.map(({ lang }) => lang)
  const groups = isTogether ? [langs] : langs.map((lang) => [lang])
  const kinds = [...(hasInterim ? [false] : []), ...(isFinal ? [true] : [])]
  return groups.flatMap((group) => {
    let delayMs = MIN_TRANSLATION_DELAY_MS
    return kinds.flatMap((mayBeFinal) => {
      delayMs += Math.round(random() * MAX_TRANSLATION_DELAY_MS)
      const trans = group.flatMap((lang) =>
        parts.flatMap(({ translations, isFinal }): CaptionTranslation[] => {
          const text = translations[lang]
          return text ? [{ lang, texts: [text], isFinal: isFinal && mayBeFinal }] : []
        }),
      )
      return trans.length > 0 ? [{ trans, delayMs }] : []
    })
  })
}
