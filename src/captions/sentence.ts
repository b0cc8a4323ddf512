import type { CaptionLine, CaptionLineTranslation } from './captionLine.js'
import type { CaptionMessage, CaptionWord } from './captionMessage.js'
import { interned } from './interned.js'
import { joinText } from './joinText.js'
import { MergedText } from './mergedText.js'
import type { TextPart } from './openText.js'

const NO_TRANSLATIONS: CaptionLine['translations'] = Object.freeze({})
/** More than any order. */
const FINAL_RANK = 2 ** 52

/** A list, because an array and a map take more room than most of what is in them. */
class TranslationText extends MergedText {
  constructor(
    readonly language: string,
    readonly next: TranslationText | null,
  ) {
    super()
  }
}

/** A line that has changed since it was read. */
type Draft = { -readonly [Key in keyof CaptionLine]: CaptionLine[Key] }

/** What is known of one line. */
export class Sentence {
  readonly text = new MergedText()
  #original: MergedText | null = null
  #translations: TranslationText | null = null
  #languageRank = Number.NEGATIVE_INFINITY
  #line: CaptionLine | Draft
  #isRead = false

  constructor(
    id: string,
    uid: string,
    /** Where it stands among the others, and what its beginning is taken for: epoch ms. */
    readonly position: number,
    /** Of the bot: the orders of different ones are not compared. */
    readonly session: number,
  ) {
    this.#line = {
      id,
      uid: interned(uid),
      text: '',
      finalText: '',
      isFinal: false,
      isLive: false,
      language: '',
      startedAt: position,
      endedAt: null,
      translations: NO_TRANSLATIONS,
    }
  }

  get id(): string {
    return this.#line.id
  }

  get uid(): string {
    return this.#line.uid
  }

  get isLive(): boolean {
    return this.#line.isLive
  }

  get isFinal(): boolean {
    return this.text.isFinal
  }

  set isLive(isLive: boolean) {
    if (isLive !== this.isLive) this.#change().isLive = isLive
  }

  /** The same object until something changes. */
  get line(): CaptionLine {
    if (!this.#isRead) this.#build(this.#line)
    this.#isRead = true
    return Object.freeze(this.#line)
  }

  /** Returns whether anything is new. */
  put(message: CaptionMessage, order: number, words: TextPart | null): boolean {
    const { culture = '', originalTranscript, trans = [] } = message
    let isNew = false
    if (words) {
      isNew = this.text.put(order, words)
      isNew = this.#hear(culture, order + (words.finals.length && FINAL_RANK)) || isNew
    }
    if (originalTranscript) {
      this.#original ??= new MergedText()
      isNew = this.#original.put(order, toPart(originalTranscript.words)) || isNew
      isNew = this.#hear(originalTranscript.culture || culture, order) || isNew
    }
    for (const lang of new Set(trans.map((one) => one.lang))) {
      const pieces = trans
        .filter((one) => one.lang === lang)
        .map(({ texts, isFinal }) => ({ text: texts.join(''), isFinal }))
      isNew = this.#translationInto(lang).put(order, toPart(pieces)) || isNew
    }
    if (hasFinal(message)) isNew = this.#take(message) || isNew
    if (isNew) this.#change()
    return isNew
  }

  /** Gives what is newer to the line that follows. */
  handOver(order: number, next: Sentence | null): void {
    this.#change()
    if (next) {
      next.#hear(this.#line.language, this.text.order)
      this.text.moveTail(next.text)
    }
    for (let own = this.#translations; own; own = own.next) {
      if (own.order <= order) continue
      own.moveTail(next ? next.#translationInto(own.language) : null)
    }
  }

  #change(): Draft {
    if (this.#isRead) this.#line = { ...this.#line }
    this.#isRead = false
    return this.#line
  }

  #build(draft: Draft): void {
    const { finalText, text, tail } = this.text
    // What was shown as final stays: only a service that takes it back gets here with less.
    const isShorter = finalText.length < draft.finalText.length
    if (!isShorter) draft.finalText = finalText
    draft.text = isShorter ? joinText(draft.finalText, tail) : text
    draft.isFinal = draft.finalText !== '' && tail === ''
    // A text that was lost is made good by what came beside its translation, though not as final.
    const original = this.#original
    const isBetter = original && original.order > this.text.order && draft.finalText === ''
    if (isBetter) draft.text = original.text
    if (this.#translations) draft.translations = this.#buildTranslations()
  }

  #buildTranslations(): CaptionLine['translations'] {
    const entries: [string, CaptionLineTranslation][] = []
    for (let one = this.#translations; one; one = one.next) {
      const { language, text, isFinal } = one
      if (text) entries.push([language, { text, isFinal }])
    }
    return Object.fromEntries(entries)
  }

  #translationInto(language: string): MergedText {
    for (let one = this.#translations; one; one = one.next)
      if (one.language === language) return one
    this.#translations = new TranslationText(interned(language), this.#translations)
    return this.#translations
  }

  /** What was said with final words counts more than what is newer. */
  #hear(culture: string, rank: number): boolean {
    const { language } = this.#line
    const isLess = rank < this.#languageRank || (rank === this.#languageRank && culture <= language)
    if (!culture || isLess) return false
    this.#languageRank = rank
    if (culture === language) return false
    this.#change().language = interned(culture)
    return true
  }

  #take({ time, durationMs = 0 }: CaptionMessage): boolean {
    const at = toMoment(time)
    if (!at) return false
    const { startedAt, endedAt } = this.#line
    const begin = endedAt === null ? at : Math.min(at, startedAt)
    const end = Math.max(at + durationMs, endedAt ?? 0)
    if (begin === startedAt && end === endedAt) return false
    Object.assign(this.#change(), { startedAt: begin, endedAt: end })
    return true
  }
}

/** Epoch ms: no calendar has later ones. */
export const MAX_MOMENT = 1e14

/** 0: not told, or no moment. */
export const toMoment = (at = 0) => (at > 0 && at < MAX_MOMENT ? at : 0)

/** The final part of a text reaches to its last final piece. */
export function toPart(words: readonly CaptionWord[], durationMs = 0): TextPart {
  const end = words.findLastIndex(({ isFinal }) => isFinal) + 1
  const finals = words
    .slice(0, end)
    .filter(({ text }) => text)
    .map(({ text, startMs = 0, durationMs = 0 }) => ({ text, startMs, durationMs }))
  const tail = words.slice(end).reduce((text, word) => joinText(text, word.text), '')
  return { finals, tail, durationMs }
}

/** Whether anything in a message will not change any more. */
export const hasFinal = ({ words = [], trans = [] }: CaptionMessage) =>
  [...words, ...trans].some(({ isFinal }) => isFinal)
