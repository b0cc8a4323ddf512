import type { TaskSettings } from '../agora/task.js'
import type { ResolvedTranscription } from '../claims/claimValue.js'

const DEFAULT_LANGUAGE = 'en-US'
const DEFAULT_BOT_UID = '900000001'
const DEFAULT_LISTENER_BOT_UID = '900000002'

/** A language code such as `en-US`. The list is open: `'auto'` and new codes pass. */
export type LanguageCode = string

/** What is transcribed, in either API. Values are checked before anything is sent. */
export interface SharedTranscriptionOptions {
  /** 1–4 languages spoken in the channel; more than one switches on paid language identification. @defaultValue `['en-US']` */
  languages?: readonly LanguageCode[]
  /** Up to 5 speakers with languages of their own, 1–4 each. */
  speakerLanguages?: readonly {
    /** The speaker. */
    uid: string
    /** What that speaker may speak: 1–4. */
    languages: readonly LanguageCode[]
  }[]
  /** Up to 4 sources with up to 10 targets each (v6: 5). Each target is billed. */
  translations?: readonly {
    /** One of the languages spoken. */
    source: LanguageCode
    /** What it is translated into. */
    targets: readonly LanguageCode[]
  }[]
  /** The uid that publishes the captions, 1–4294967295; must be nobody else's. @defaultValue `900000001` */
  botUid?: number | string
  /** Transcribe only these uids, up to 32. Excludes `excludeUids`. @defaultValue everyone */
  includeUids?: readonly string[]
  /** Transcribe all but these uids, up to 5. */
  excludeUids?: readonly string[]
  /**
   * Seconds after the last user left until the service ends the task. v7: 0–259200, 0 = never; v6: 5–2592000.
   *
   * @defaultValue `30`, by the service
   */
  maxIdleSeconds?: number
  /** How captions travel. @defaultValue `'protobuf'` */
  captionFormat?: 'protobuf' | 'json'
  /** The channel's encryption, where it has one. It is shown in no session, claim, event or error. */
  encryption?: {
    /** As in the RTC SDK: 1–8. */
    mode: number
    /** A secret. */
    secret: string
    /** Modes 7 and 8 need it: the Base64 of 32 bytes. */
    salt?: string
  }
}

/**
 * What is transcribed, by a client with `api: 'v7'`. Values are checked before anything is sent.
 *
 * @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/join
 */
export interface TranscriptionOptionsV7 extends SharedTranscriptionOptions {
  /** Up to 500 words the recogniser should know. */
  keywords?: readonly string[]
}

/**
 * What is transcribed, by a client with `api: 'v6'`. Values are checked before anything is sent.
 *
 * @see https://docs.agora.io/en/real-time-stt/rest-api/v6.x/start
 */
export interface TranscriptionOptionsV6 extends SharedTranscriptionOptions {
  /** The uid that listens, 1–4294967295; differs from `botUid`. @defaultValue `900000002` */
  listenerBotUid?: number | string
}

/** What is transcribed, for a client of either API. An option that the client's API lacks is refused. */
export type TranscriptionOptions = TranscriptionOptionsV7 & TranscriptionOptionsV6

export function toSettings(api: 'v6' | 'v7', options: TranscriptionOptions): TaskSettings {
  const { botUid = DEFAULT_BOT_UID, listenerBotUid = DEFAULT_LISTENER_BOT_UID } = options
  return {
    languages: [DEFAULT_LANGUAGE],
    speakerLanguages: [],
    translations: [],
    includeUids: [],
    excludeUids: [],
    keywords: [],
    ...options,
    botUid: String(botUid),
    listenerBotUid: api === 'v6' ? String(listenerBotUid) : undefined,
  }
}

export function toResolved(settings: TaskSettings): ResolvedTranscription {
  const { encryption, captionFormat, maxIdleSeconds, listenerBotUid = null, ...shown } = settings
  return { ...shown, listenerBotUid }
}
