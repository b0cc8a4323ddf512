import { joinText } from './joinText.js'

/** A piece of a text that will not change. */
interface FinalPiece {
  text: string
  /** What tells it from the others, in ms. 0: nothing but its order does. */
  startMs: number
  durationMs: number
}

/** What one message says of a text. */
export interface TextPart {
  finals: readonly FinalPiece[]
  /** What follows the last final piece. */
  tail: string
  /** Of the message, in ms. */
  durationMs: number
}

/** A final piece, and the newest message that had it. */
export interface Unit extends FinalPiece {
  order: number
}

/** A text that is still coming in: its final pieces, and what the newest message adds to them. */
export class OpenText {
  #units: readonly Unit[]
  #finalText: string | null = null
  order = Number.NEGATIVE_INFINITY
  #finalLength = 0
  #durationMs = 0
  tail = ''

  constructor(unit?: Unit) {
    this.#units = unit ? [unit] : []
    if (!unit) return
    this.order = unit.order
    this.#finalLength = unit.text.length
    this.#durationMs = unit.durationMs
  }

  get finalText(): string {
    this.#finalText ??= fold(this.#units)
    return this.#finalText
  }

  /** Where one message has said all: the constructor makes the same of it again. */
  get whole(): Unit | null {
    const [unit] = this.#units
    const isWhole =
      this.#units.length === 1 &&
      this.tail === '' &&
      unit?.order === this.order &&
      unit.text.length === this.#finalLength &&
      unit.durationMs === this.#durationMs
    return isWhole ? unit : null
  }

  get tailPart(): TextPart {
    return { finals: [], tail: this.tail, durationMs: this.#durationMs }
  }

  dropTail(): void {
    this.tail = ''
    this.order = Number.NEGATIVE_INFINITY
  }

  /** Returns whether anything is new. */
  put(order: number, { finals, tail, durationMs }: TextPart): boolean {
    let isNew = false
    let finalLength = 0
    let group = ''
    for (const piece of finals) {
      finalLength += piece.text.length
      if (piece.startMs) isNew = this.#add({ ...piece, order }) || isNew
      else group = joinText(group, piece.text)
    }
    if (group) isNew = this.#add({ text: group, startMs: 0, durationMs, order }) || isNew
    if (isNew) this.#finalText = null
    const difference =
      order - this.order ||
      finalLength - this.#finalLength ||
      durationMs - this.#durationMs ||
      tail.length - this.tail.length
    if (difference < 0 || (difference === 0 && tail <= this.tail)) return isNew
    this.order = order
    this.#finalLength = finalLength
    this.#durationMs = durationMs
    this.tail = tail
    return true
  }

  #add(unit: Unit): boolean {
    const { text, startMs, durationMs, order } = unit
    const same = this.#units.find((one) =>
      startMs
        ? one.startMs === startMs && one.text === text
        : one.startMs === 0 && one.order === order,
    )
    if (!same) {
      // Not pushed: an array that grows takes room for more.
      this.#units = [...this.#units, unit]
      return true
    }
    const isLonger = isLongerThan(text, same.text)
    if (!isLonger && order <= same.order && durationMs <= same.durationMs) return false
    if (isLonger) same.text = text
    same.order = Math.max(order, same.order)
    same.durationMs = Math.max(durationMs, same.durationMs)
    return true
  }
}

const isLongerThan = (text: string, other: string) =>
  text.length > other.length || (text.length === other.length && text > other)

/** The oldest first: what is newer is looked at with what it may replace. */
function fold(units: readonly Unit[]): string {
  const [only] = units
  if (units.length === 1 && only) return only.text
  const sorted = [...units].sort(
    (a, b) => a.order - b.order || a.startMs - b.startMs || (isLongerThan(a.text, b.text) ? 1 : -1),
  )
  return compose(sorted.reduce<Unit[]>(place, []))
}

function place(kept: Unit[], unit: Unit): Unit[] {
  const { text, startMs, durationMs, order } = unit
  const older = kept.filter((one) => one.order < order)
  const begin = Math.min(...older.map((one) => one.startMs))
  const beginEnd = Math.max(
    begin,
    ...older.map((one) => (one.startMs === begin ? begin + one.durationMs - 1 : 0)),
  )
  // A whole text sent again; not the next piece, when it happens to begin with the same words.
  const isWholeAgain = startMs
    ? startMs >= begin && startMs <= beginEnd && text.startsWith(compose(older))
    : holdsAll(text, older)
  if (isWholeAgain) {
    return [...kept.filter((one) => one.order === order), unit]
  }
  if (!startMs) return [...kept, unit]
  const same = kept.find((one) => one.startMs === startMs)
  if (same && same.text.length > text.length) return kept
  const rest = kept.filter((one) => one !== same)
  const spanned = older.filter((one) => one.startMs > startMs && one.startMs < startMs + durationMs)
  const isWhole = compose(spanned).length <= text.length
  return [...rest.filter((one) => !isWhole || !spanned.includes(one)), unit]
}

/**
 * Whether a text begins with the first of these, and has the others in it, one after the other: then it is the whole that
 * they are pieces of. What begins with a space goes on from something: from what has not come yet, or from them.
 */
function holdsAll(text: string, units: readonly Unit[]): boolean {
  if (goesOn(text)) return text.startsWith(compose(units))
  let from = 0
  return inOrder(units).every((unit, position) => {
    const piece = unit.text.trim()
    const index = text.indexOf(piece, from)
    from = index + piece.length
    return index === 0 || (index > 0 && (position > 0 || goesOn(unit.text)))
  })
}

const goesOn = (text: string) => /^\s/.test(text)

const compose = (units: readonly Unit[]) =>
  inOrder(units).reduce((text, unit) => joinText(text, unit.text), '')

/** Those without a start come first, as they came. */
const inOrder = (units: readonly Unit[]) =>
  [...units].sort((a, b) => a.startMs - b.startMs || a.order - b.order)
