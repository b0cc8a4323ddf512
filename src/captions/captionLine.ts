/** A sentence of a speaker. Never changed: another object takes its place. */
export interface CaptionLine {
  /** Stable for the line's whole life. */
  readonly id: string
  /** The speaker. */
  readonly uid: string
  /** `finalText`, and what is still being recognised. */
  readonly text: string
  /** Never gets shorter. */
  readonly finalText: string
  /** Nothing of `text` is provisional. Turns false again where the service continues the sentence. */
  readonly isFinal: boolean
  /** The speaker's current line. */
  readonly isLive: boolean
  /** The language spoken, as `'en-US'`; empty where the service does not say. */
  readonly language: string
  /** Epoch ms. */
  readonly startedAt: number
  /** Epoch ms; null before anything is final. */
  readonly endedAt: number | null
  /** By language, as `'de-DE'`. Empty where there are none yet. */
  readonly translations: Readonly<Record<string, CaptionLineTranslation>>
}

/** A {@link CaptionLine} in another language. */
export interface CaptionLineTranslation {
  /** As far as it is translated. */
  readonly text: string
  /** Nothing of `text` is provisional. */
  readonly isFinal: boolean
}
