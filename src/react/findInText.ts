/** From `start` to before `end`, in UTF-16 units. */
export interface TextRange {
  start: number
  end: number
}

/** Accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs. Signs of other scripts are letters. */
const ACCENTS =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u0652\u0670]/g
const ASCII = /^[\0-\x7f]*$/

/** A text as it is looked for: without case and accents. */
export function toQuery(text: string): string {
  return fold(text.normalize('NFC')).folded.trim()
}

/** Where a text has the query. Both are of the same kind: the text `normalize('NFC')`, the query by `toQuery`. */
export function findInText(text: string, query: string): TextRange[] {
  if (query === '') return []
  const { folded, starts } = fold(text)
  const ranges: TextRange[] = []
  for (let at = folded.indexOf(query); at >= 0; at = folded.indexOf(query, at + query.length)) {
    const end = at + query.length
    ranges.push({ start: starts?.[at] ?? at, end: starts?.[end] ?? (starts ? text.length : end) })
  }
  return ranges
}

/** `starts`: where the character of each unit begins; null where nothing moved. */
function fold(text: string): { folded: string; starts: number[] | null } {
  if (ASCII.test(text)) return { folded: text.toLowerCase(), starts: null }
  const starts: number[] = []
  let folded = ''
  let at = 0
  for (const character of text) {
    const plain = foldCharacter(character)
    for (let unit = 0; unit < plain.length; unit += 1) starts.push(at)
    folded += plain
    at += character.length
  }
  return { folded, starts }
}

/** By character, not by text: what a letter becomes must not depend on its neighbours. */
function foldCharacter(character: string): string {
  const plain = character.toLowerCase().normalize('NFD').replace(ACCENTS, '').normalize('NFC')
  return plain === 'ς' ? 'σ' : plain
}
