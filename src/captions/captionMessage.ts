/** A segment of a sentence. */
export interface CaptionWord {
  /** Brings its own spaces: segments are joined without anything between them. */
  text: string
  /** The recogniser will not change it. @defaultValue `false` */
  isFinal?: boolean | undefined
  /** When it begins, in ms: of the bot's own count in Protobuf, since the epoch in JSON. 0: not told. */
  startMs?: number | undefined
  /** How long it lasts, in ms. 0: not told. */
  durationMs?: number | undefined
}

/** A segment of a sentence, in another language. */
export interface CaptionTranslation {
  /** The language it is in, as `'de-DE'`. */
  lang: string
  /** Joined without anything between them. */
  texts: readonly string[]
  /** It will not change. @defaultValue `false` */
  isFinal?: boolean | undefined
}

/** What was said, as it comes beside a translation. */
export interface CaptionOriginal {
  /** The language spoken, as `'en-US'`. */
  culture?: string | undefined
  /** What was said, in segments. */
  words: readonly CaptionWord[]
}

/**
 * A message of the caption bot, of any version, in the names of the vendor's Protobuf schema. It is about one sentence of
 * one speaker: words, translations, or both.
 *
 * @see {@link https://docs.agora.io/en/real-time-stt/develop/parse-data | Parse transcription data}
 */
export interface CaptionMessage {
  /** The speaker: a decimal string. */
  uid: string
  /** Rises. v5: nothing else tells which message is newer. */
  seqnum?: number | undefined
  /** When the sentence began, epoch ms; 0 or missing until something of it is final. */
  time?: number | undefined
  /** How long the sentence lasts, in ms; 0 or missing: not told. */
  durationMs?: number | undefined
  /** `'transcribe'` or `'translate'`. Not looked at: what a message holds says it. */
  dataType?: string | undefined
  /** The language spoken, as `'en-US'`. */
  culture?: string | undefined
  /** When the text was made, epoch ms. Rises, and is the same for a text and its translations. v6 and later. */
  textTs?: number | undefined
  /** Names the sentence, for this speaker; a decimal string. v7.2 and later, in JSON v7.2.3. */
  sentenceId?: string | undefined
  /** What is being said, in segments. */
  words?: readonly CaptionWord[] | undefined
  /** The same in other languages. */
  trans?: readonly CaptionTranslation[] | undefined
  /** What `trans` is a translation of. */
  originalTranscript?: CaptionOriginal | undefined
}
