import type { CaptionMessage, CaptionWord } from '../captions/captionMessage.js'
import { gzipStored } from './gzipStored.js'

/** What {@link encodeCaptionJson} takes. */
export interface EncodeCaptionJsonOptions {
  /**
   * Which form. `'v7.2'`, as up to v7.2.2: one text, final if all of it is, and no `sentenceId`. `'v7.2.3'`: segments.
   * @defaultValue `'v7.2.3'`
   */
  version?: 'v7.2' | 'v7.2.3' | undefined
}

/**
 * A caption as the bot sends it in JSON (`captionFormat: 'json'`): in gzip, though not compressed. Words begin at epoch
 * ms here. Without words and translations it is the message that v7.2.3 sends after each other one.
 *
 * @param message what the bot says
 * @param options which form of JSON
 * @returns the bytes
 * @example
 * ```ts
 * import { createTranscript } from 'react-realtime-stt'
 * import { encodeCaptionJson } from 'react-realtime-stt/testing'
 *
 * const transcript = createTranscript()
 * const words = [{ text: 'Hello.', isFinal: true }]
 * transcript.ingest(encodeCaptionJson({ uid: '42', time: Date.now(), words }), '900000001')
 * await transcript.whenIdle()
 * ```
 */
export function encodeCaptionJson(
  message: CaptionMessage,
  options: EncodeCaptionJsonOptions = {},
): Uint8Array {
  const { words = [], trans = [], originalTranscript } = message
  const toBodies = options.version === 'v7.2' ? toWholeTexts : toSegments
  const { transcript, translation } = toBodies(message)
  const isTranslation =
    trans.length > 0 || originalTranscript !== undefined || message.dataType === 'translate'
  const json = JSON.stringify({
    transcript: words.length > 0 || !isTranslation ? transcript : undefined,
    translation: isTranslation ? translation : undefined,
  })
  return gzipStored(new TextEncoder().encode(json))
}

function toSegments(message: CaptionMessage) {
  const { culture, words = [], trans = [], originalTranscript: original } = message
  const shared = { ...toShared(message), sentenceId: Number(message.sentenceId ?? 0) }
  const [word] = words
  const [first] = trans
  const isOriginalOnly = trans.length === 0 && original !== undefined && original.words.length > 0
  return {
    // Its text is that of the first segment alone.
    transcript: {
      ...shared,
      language: culture,
      text: word?.text ?? '',
      isFinal: word?.isFinal ?? false,
      results: words.map(toResult),
    },
    translation: {
      ...shared,
      isFinal: first?.isFinal ?? false,
      results0: first && { language: first.lang, texts: first.texts },
      results: isOriginalOnly
        ? undefined
        : trans.map(({ lang, texts, isFinal = false }) => ({ language: lang, texts, isFinal })),
      original_transcript: original && {
        language: original.culture,
        text: joined(original.words),
        results: original.words.map(toResult),
      },
    },
  }
}

function toWholeTexts(message: CaptionMessage) {
  const { culture, words = [], trans = [], originalTranscript: original } = message
  const shared = toShared(message)
  const textsByLang = new Map<string, string[]>()
  for (const { lang, texts } of trans) {
    textsByLang.set(lang, [...(textsByLang.get(lang) ?? []), ...texts])
  }
  const results = Array.from(textsByLang, ([language, texts], index) => [
    `results${index}`,
    { language, texts },
  ])
  return {
    transcript: { ...shared, language: culture, text: joined(words), isFinal: areFinal(words) },
    translation: {
      ...shared,
      isFinal: areFinal(trans.length > 0 ? trans : (original?.words ?? [])),
      ...Object.fromEntries(results),
      original_transcript: original && {
        language: original.culture,
        text: joined(original.words),
      },
    },
  }
}

function toShared({ uid, time, durationMs = 0, textTs, words = [] }: CaptionMessage) {
  return { uid: Number(uid), offset: time || words[0]?.startMs || 0, duration: durationMs, textTs }
}

/** What is not told is the message's. */
function toResult({ text, isFinal = false, startMs, durationMs }: CaptionWord) {
  return { text, isFinal, offset: startMs || undefined, duration: durationMs }
}

const joined = (words: readonly CaptionWord[]) => words.map(({ text }) => text).join('')

const areFinal = (segments: readonly { isFinal?: boolean | undefined }[]) =>
  segments.length > 0 && segments.every(({ isFinal }) => isFinal)
