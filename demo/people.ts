export type PersonId = 'ada' | 'grace' | 'kenji' | 'lena' | 'noor' | 'mateo' | 'ines' | 'omar'

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

/** Everyone who can be in the call, but the caption bot. */
export const people: Readonly<Record<PersonId, Person>> = {
  ada: { id: 'ada', name: 'Ada', uid: '1001', language: 'en-US' },
  grace: { id: 'grace', name: 'Grace', uid: '1002', language: 'en-US' },
  kenji: { id: 'kenji', name: 'Kenji', uid: '1003', language: 'ja-JP' },
  lena: { id: 'lena', name: 'Lena', uid: '1004', language: 'de-DE' },
  noor: { id: 'noor', name: 'Noor', uid: '1005', language: 'en-US' },
  mateo: { id: 'mateo', name: 'Mateo', uid: '1006', language: 'en-US' },
  ines: { id: 'ines', name: 'Ines', uid: '1007', language: 'de-DE' },
  omar: { id: 'omar', name: 'Omar', uid: '1008', language: 'en-US' },
}

/** Who is there from the beginning, in the order in which they are given a device. */
export const TEAM = ['ada', 'lena', 'grace', 'kenji'] as const

export type TeamId = (typeof TEAM)[number]

/** The crowded call: a guest beside each of the team, who stay where they are. */
export const CROWD = ['ada', 'noor', 'lena', 'mateo', 'grace', 'ines', 'kenji', 'omar'] as const
