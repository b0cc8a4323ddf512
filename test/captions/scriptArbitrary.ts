import fc from 'fast-check'
import type { ScriptedSentence } from 'react-realtime-stt/testing'

/** What a sentence says in the end, in the pieces in which it is said. */
export interface Said {
  sentence: ScriptedSentence
  text: string
  translations: Readonly<Record<string, string>>
}

const WORDS = ['yes', 'no', 'I', 'do', 'good', 'morning', 'their', 'plan', '42', 'toString', 'over']
const LANGUAGES = {
  'en-US': fc
    .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 5 })
    .chain((words) =>
      fc.constantFrom('', '.', ',', '?', '!').map((end) => `${words.join(' ')}${end}`),
    ),
  'zh-CN': fc.constantFrom('是。', '是的，', '我们', '开始吧。', '好', '好的。'),
  'th-TH': fc.constantFrom('สวัสดี', 'ใช่', 'ครับ'),
} as const
type Language = keyof typeof LANGUAGES
const isSpaced = (language: Language) => language === 'en-US'

/** Pieces bring their own spaces. */
const pieces = (language: Language, count: number) =>
  fc
    .array(LANGUAGES[language], { minLength: count, maxLength: count })
    .map((texts) => texts.map((text, index) => (index && isSpaced(language) ? ` ${text}` : text)))

/**
 * Where nothing but its order tells a piece from the others, one that begins with the first and has the rest of the text
 * so far in it cannot be told from the whole text said again.
 */
const isTellable = (texts: readonly string[]) =>
  texts.slice(1).every((_, before) => {
    const end = before + 1
    const rest = texts.slice(end).join('').trimStart()
    let from = 0
    return !texts.slice(0, end).every((text, index) => {
      const at = rest.indexOf(text.trim(), from)
      from = at + text.trim().length
      return at === 0 || (at > 0 && index > 0)
    })
  })

const sentence = fc
  .record({
    uid: fc.constantFrom('7', '42', '4294967295'),
    language: fc.constantFrom<Language>('en-US', 'en-US', 'zh-CN', 'th-TH'),
    count: fc.integer({ min: 1, max: 3 }),
    pauseMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
    durationMs: fc.integer({ min: 100, max: 3_000 }),
    targets: fc.subarray<Language>(['en-US', 'zh-CN', 'th-TH']),
    isFinished: fc.boolean(),
  })
  .chain(({ language, count, targets, ...rest }) =>
    fc.record({
      rest: fc.constant({ ...rest, language }),
      texts: pieces(language, count),
      translations: fc.tuple(
        ...targets
          .filter((lang) => lang !== language)
          .map((lang) => fc.tuple(fc.constant(lang), pieces(lang, count).filter(isTellable))),
      ),
    }),
  )

export interface ScriptConstraints {
  /** Every piece of a text can be told by its words. */
  isTellable: boolean
  /** Every sentence is final in the end. */
  isFinished: boolean
}

/** What up to three people say, at the same time too. */
export function scriptArbitrary(constraints: ScriptConstraints): fc.Arbitrary<Said[]> {
  return fc.array(sentence, { minLength: 1, maxLength: 7 }).map((sentences) => {
    const endMs = new Map<string, number>()
    return sentences.map(({ rest, texts, translations }) => {
      const { uid, language, pauseMs, durationMs, isFinished } = rest
      const startMs = (endMs.get(uid) ?? 0) + pauseMs
      endMs.set(uid, startMs + durationMs)
      const text = constraints.isTellable && !isTellable(texts) ? [texts.join('')] : texts
      return {
        sentence: {
          uid,
          text,
          language,
          startMs,
          durationMs,
          corrections: { their: 'there', plan: 'plane', 好: '号' },
          isFinished: isFinished || constraints.isFinished,
          translations: Object.fromEntries(
            translations.map(([lang, all]) => [lang, text === texts ? all : all.join('')]),
          ),
        },
        text: texts.join(''),
        translations: Object.fromEntries(translations.map(([lang, all]) => [lang, all.join('')])),
      }
    })
  })
}
