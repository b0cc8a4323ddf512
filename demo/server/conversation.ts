import type { ConversationScript, ScriptedSentence } from 'react-realtime-stt/testing'
import { participants, SPOKEN_LANGUAGES, type SpokenLanguage } from '../participants.ts'
import { type TalkSentence, talk } from './talk.ts'

/** How fast people speak. */
const MS_PER_CHARACTER: Readonly<Record<SpokenLanguage, number>> = {
  'en-US': 82,
  'de-DE': 78,
  'ja-JP': 185,
}
const DEFAULT_PAUSE_MS = 350
/** Before everybody begins again. */
const SILENCE_MS = 6_000

/** What is said in a call, again and again. */
export const conversation: ConversationScript = toScript(talk)

/** From its beginning to the next one. */
export const CONVERSATION_MS = endOf(conversation) + SILENCE_MS

function toScript(sentences: readonly TalkSentence[]): ScriptedSentence[] {
  const script: ScriptedSentence[] = []
  for (const { who, misheard, pauseMs = DEFAULT_PAUSE_MS, ...said } of sentences) {
    const { uid, language } = participants[who]
    const pieces = toPieces(said, language)
    script.push({
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
      startMs: endOf(script) + pauseMs,
      durationMs: pieces.join('').length * MS_PER_CHARACTER[language],
    })
  }
  return script
}

function toPieces({ en, de, ja }: Pick<TalkSentence, 'en' | 'de' | 'ja'>, language: string) {
  return { 'en-US': en, 'de-DE': de, 'ja-JP': ja }[language as SpokenLanguage].split('|')
}

function endOf(script: readonly ScriptedSentence[]): number {
  return Math.max(0, ...script.map(({ startMs, durationMs }) => startMs + durationMs))
}
