import { SPOKEN_LANGUAGES } from '../../people.ts'

/** What everybody in the call speaks, each translated into what the others read. */
export const transcription = {
  languages: SPOKEN_LANGUAGES,
  translations: SPOKEN_LANGUAGES.map((source) => ({
    source,
    targets: SPOKEN_LANGUAGES.filter((other) => other !== source),
  })),
}
