export type PersonId = 'ada' | 'grace' | 'kenji' | 'lena'

export interface Person {
  id: PersonId
  name: string
  /** The RTC uid. */
  uid: string
  /** What they speak. */
  language: SpokenLanguage
}

export const SPOKEN_LANGUAGES = ['en-US', 'de-DE', 'ja-JP'] as const

export type SpokenLanguage = (typeof SPOKEN_LANGUAGES)[number]

/** Each in itself. */
export const LANGUAGE_NAMES: Readonly<Record<SpokenLanguage, string>> = {
  'en-US': 'English',
  'de-DE': 'Deutsch',
  'ja-JP': '日本語',
}

/** Everyone in the call but the caption bot. */
export const participants: Readonly<Record<PersonId, Person>> = {
  ada: { id: 'ada', name: 'Ada', uid: '1001', language: 'en-US' },
  grace: { id: 'grace', name: 'Grace', uid: '1002', language: 'en-US' },
  kenji: { id: 'kenji', name: 'Kenji', uid: '1003', language: 'ja-JP' },
  lena: { id: 'lena', name: 'Lena', uid: '1004', language: 'de-DE' },
}
