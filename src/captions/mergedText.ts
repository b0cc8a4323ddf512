import { joinText } from './joinText.js'
import { OpenText, type TextPart } from './openText.js'

/**
 * A text that grows: a sentence, or its translation into one language. What it says depends on the set of messages put in,
 * not on their order, nor on how often each came. Compact as soon as one message has said all.
 */
export class MergedText {
  #open: OpenText | null = new OpenText()
  #text = ''
  #startMs = 0
  #durationMs = 0
  #order = 0

  /** Of the newest message. */
  get order(): number {
    return this.#open?.order ?? this.#order
  }

  get finalText(): string {
    return this.#open?.finalText ?? this.#text
  }

  /** What may still change: of the newest message alone. */
  get tail(): string {
    return this.#open?.tail ?? ''
  }

  get text(): string {
    const { finalText, tail } = this
    return finalText && tail.startsWith(finalText) ? tail : joinText(finalText, tail)
  }

  /** Nothing of it is provisional. */
  get isFinal(): boolean {
    return this.finalText !== '' && this.tail === ''
  }

  /** Returns whether anything is new. */
  put(order: number, part: TextPart): boolean {
    const open = this.#open ?? this.#reopen()
    const isNew = open.put(order, part)
    const unit = open.whole
    this.#open = unit ? null : open
    if (unit && isNew) {
      this.#text = unit.text
      this.#startMs = unit.startMs
      this.#durationMs = unit.durationMs
      this.#order = unit.order
    }
    return isNew
  }

  /** Takes away what may still change; it goes on in another text. */
  moveTail(next: MergedText | null | undefined): void {
    const open = this.#open ?? this.#reopen()
    next?.put(open.order, open.tailPart)
    open.dropTail()
    this.#open = open
  }

  #reopen(): OpenText {
    return new OpenText({
      text: this.#text,
      startMs: this.#startMs,
      durationMs: this.#durationMs,
      order: this.#order,
    })
  }
}
