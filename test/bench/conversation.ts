import type { ConversationScript } from '../../src/testing/conversationScript.ts'
import { type PlayedCaption, playConversation } from '../../src/testing/playConversation.ts'

const SPEAKERS = 8
/** Half a dozen talk at a time. */
const SENTENCE_EVERY_MS = 1_100
const SENTENCE_MS = 7_000
/** Some ten interims: the simulated recogniser hears up to three words at once. */
const TEXT =
  'so what I would like to say about the plan is that we should ship before winter, if everybody here agrees with'

/**
 * What the bot sends, v7.2, while eight people talk at the same time.
 *
 * @param translatedEvery which sentences come in German, too: every fourth, say; 0: none
 */
export function createConversation(
  sentences: number,
  translatedEvery: number,
): readonly PlayedCaption[] {
  const script: ConversationScript = Array.from({ length: sentences }, (_, index) => ({
    uid: String(1_000 + (index % SPEAKERS)),
    text: `${TEXT} ${index}.`,
    startMs: index * SENTENCE_EVERY_MS,
    durationMs: SENTENCE_MS,
    ...(translatedEvery > 0 &&
      index % translatedEvery === 0 && {
        translations: { 'de-DE': `was ich zum Plan sagen möchte: vor dem Winter, Punkt ${index}.` },
      }),
  }))
  return playConversation(script, { wire: 'v7.2' })
}
