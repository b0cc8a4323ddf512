import type { ConversationScript, ScriptedSentence } from 'react-realtime-stt/testing'
import { CROWD, type Person, people, SPOKEN_LANGUAGES, type SpokenLanguage } from '../people.ts'
import { type TalkSentence, talk } from './talk.ts'

/** What is said in a call, again and again. */
export interface Conversation {
  script: ConversationScript
  /** From its beginning to the next one. */
  lengthMs: number
}

/** How fast people speak. */
const MS_PER_CHARACTER: Readonly<Record<SpokenLanguage, number>> = {
  'en-US': 82,
  'de-DE': 78,
  'ja-JP': 185,
}
const DEFAULT_PAUSE_MS = 350
/** Before everybody begins again. */
const SILENCE_MS = 6_000
const CROWD_PACE = 0.55
const CROWD_PAUSE_MS = 120
const CROWD_MS = 90_000

/** Four people, who let each other finish, mostly. */
export const meeting: Conversation = toConversation(toMeeting(talk), SILENCE_MS)

/** Eight people, who talk fast and all at once. */
export const crowd: Conversation = toConversation(
  CROWD.flatMap((id, index) => toMonologue(people[id], index)),
  0,
)

function toConversation(script: ConversationScript, silenceMs: number): Conversation {
  return { script, lengthMs: endOf(script) + silenceMs }
}

function toMeeting(sentences: readonly TalkSentence[]): ConversationScript {
  const script: ScriptedSentence[] = []
  for (const sentence of sentences) {
    const { who, pauseMs = DEFAULT_PAUSE_MS } = sentence
    script.push(speak(people[who], sentence, endOf(script) + pauseMs, 1))
  }
  return script
}

/** One person says everything that there is to say, each beginning somewhere else. */
function toMonologue(person: Person, index: number): ConversationScript {
  const script: ScriptedSentence[] = []
  for (let next = index * 5; endOf(script) < CROWD_MS; next++) {
    const sentence = talk[next % talk.length] as TalkSentence
    script.push(speak(person, sentence, endOf(script) + CROWD_PAUSE_MS, CROWD_PACE))
  }
  return script
}

/** @param pace of the time that it takes usually */
function speak(
  { uid, language }: Person,
  { misheard, ...said }: TalkSentence,
  startMs: number,
  pace: number,
): ScriptedSentence {
  const pieces = toPieces(said, language)
  return {
    uid,
    language,
    text: pieces,
    translations: Object.fromEntries(
      SPOKEN_LANGUAGES.filter((other) => other !== language).map((other) => [
        other,
        toPieces(said, other),
      ]),
    ),
    ...(misheard && { corrections: misheard }),
    startMs,
    durationMs: Math.round(pieces.join('').length * MS_PER_CHARACTER[language] * pace),
  }
}

function toPieces({ en, de, ja }: Pick<TalkSentence, 'en' | 'de' | 'ja'>, language: string) {
  return { 'en-US': en, 'de-DE': de, 'ja-JP': ja }[language as SpokenLanguage].split('|')
}

function endOf(script: ConversationScript): number {
  return Math.max(0, ...script.map(({ startMs, durationMs }) => startMs + durationMs))
}
