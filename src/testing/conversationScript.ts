/** What is said in a simulated conversation. Speakers may talk at the same time; each says one sentence after the other. */
export type ConversationScript = readonly ScriptedSentence[]

/** What somebody says, and how the service hears it. */
export interface ScriptedSentence {
  /** The speaker: a decimal string. */
  uid: string
  /**
   * What the service makes of it in the end. Pieces become final one after the other, and bring their own spaces:
   * `['Good morning,', ' everybody.']`. Before v7.2 a sentence is one piece in any case.
   */
  text: string | readonly string[]
  /** The language spoken. @defaultValue `'en-US'` */
  language?: string | undefined
  /** When it begins, in ms since the conversation began. */
  startMs: number
  /** How long it lasts, in ms. */
  durationMs: number
  /** By language, in the same pieces as `text`, or as a whole that comes with the end of the sentence. */
  translations?: Readonly<Record<string, string | readonly string[]>> | undefined
  /** What some of its words are first heard as: `{ their: 'there' }`. */
  corrections?: Readonly<Record<string, string>> | undefined
  /** false: the service never says that the last piece is final. @defaultValue `true` */
  isFinished?: boolean | undefined
}
