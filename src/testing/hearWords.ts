const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}`
const WORD = new RegExp(String.raw`\s*(?:[${UNSPACED}]\p{M}*|[^\s${UNSPACED}]+)|\s+`, 'gu')
const CORE = /[\p{L}\p{N}'’-]+/u
const END_PUNCTUATION = /[.,;:!?…。、，？！]+$/u
/** A recogniser makes up its mind about a word when it has heard the next but one. */
const UNSURE_WORDS = 2
const CUT_SHORT_CHANCE = 0.25

/** Each with the space before it; scripts without spaces by the letter. */
export const splitWords = (text: string): string[] => text.match(WORD) ?? []

/** What is made of the first words while the speaker goes on: the last ones may still be wrong. */
export function hearWords(
  words: readonly string[],
  corrections: Readonly<Record<string, string>>,
  random: () => number,
): string {
  const sureCount = Math.max(0, words.length - UNSURE_WORDS)
  const sure = words.slice(0, sureCount).join('')
  const unsure = words.slice(sureCount).map((word, index, all) => {
    const isLast = index === all.length - 1
    const isCutShort = isLast && random() < CUT_SHORT_CHANCE
    return word.replace(CORE, (core) => {
      if (Object.hasOwn(corrections, core)) return corrections[core] ?? core
      return isCutShort ? core.slice(0, Math.ceil(core.length / 2)) : core
    })
  })
  return (sure + unsure.join('')).replace(END_PUNCTUATION, '')
}
