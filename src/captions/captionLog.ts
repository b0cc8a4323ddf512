import type { CaptionLine } from './captionLine.js'
import type { CaptionMessage } from './captionMessage.js'
import { LineList } from './lineList.js'
import type { TextPart } from './openText.js'
import { hasFinal, MAX_MOMENT, Sentence, toMoment, toPart } from './sentence.js'
import { Speaker } from './speaker.js'

/** Sentence ids from here on are moments, in epoch ms. */
const MIN_EPOCH_ID = 1e12
/** An interim that came with a final text is newer than it. */
const HALF_STEP = 0.5
/** More than a call has: whoever floods it takes no more memory, and begins a session. */
const MAX_SPEAKERS = 1_024

interface CaptionLogOptions {
  maxLines: number
  /** Epoch ms. */
  now: () => number
  /** The line with this id has changed; without one: a line has come or gone. */
  onChange: (id?: string) => void
  onPrune: (lines: readonly CaptionLine[]) => void
}

/**
 * Merges the bot's messages into lines. From v7.2 on, when sentences have names, the lines are a function of the set of
 * messages; before, their texts are, but where a line stands depends on what was seen first.
 */
export class CaptionLog {
  readonly lines = new LineList()
  readonly #byId = new Map<string, Sentence>()
  readonly #speakers = new Map<string, Speaker>()
  #sessions = 0
  /** Of messages without any. */
  #arrivals = 0
  #lineCount = 0
  #prunedSentenceId = 0

  constructor(readonly options: CaptionLogOptions) {}

  get(id: string): Sentence | undefined {
    return this.#byId.get(id)
  }

  /** The current lines of the speakers, but those that are finished. */
  get unfinished(): Sentence[] {
    return [...this.#speakers.values()].flatMap(({ newest }) =>
      newest?.isLive && !newest.isFinal ? [newest] : [],
    )
  }

  /** Returns whether the message was for a line that was removed. */
  put(message: CaptionMessage): boolean {
    const isLate = this.#take(message)
    // Not before: a line that is removed is handed on with all that is known of it.
    const pruned: CaptionLine[] = []
    while (this.lines.size > this.options.maxLines) {
      const oldest = this.lines.removeOldest()
      if (!oldest) break
      this.#forget(oldest, false)
      pruned.push(oldest.line)
    }
    if (pruned.length > 0) this.options.onPrune(pruned)
    return isLate
  }

  #take(message: CaptionMessage): boolean {
    const { uid, textTs, seqnum, sentenceId, words, durationMs } = message
    const speaker = this.#speakerOf(uid)
    this.#arrivals += 1
    const order = toMoment(textTs) || seqnum || this.#arrivals
    const part = words?.length ? toPart(words, durationMs) : null
    if (sentenceId) return this.#putNamed(speaker, message, order, part)
    if (part) return this.#putNameless(speaker, message, order, part)
    this.#putTranslation(speaker, message, order)
    return false
  }

  /** No line is live, what comes next is not compared with what came, and nothing comes back before what was removed. */
  endSession(): void {
    this.#sessions += 1
    for (const { newest, prunedSentenceId } of this.#speakers.values()) {
      if (newest) this.#setLive(newest, false)
      this.#prunedSentenceId = Math.max(this.#prunedSentenceId, prunedSentenceId)
    }
    this.#speakers.clear()
  }

  /** Removes every line; a sentence that is not finished comes back with its next message. */
  clear(): void {
    const unfinished = new Set(this.unfinished)
    for (const sentence of this.lines.removeAll()) this.#forget(sentence, unfinished.has(sentence))
  }

  #putNamed(
    speaker: Speaker,
    message: CaptionMessage,
    order: number,
    part: TextPart | null,
  ): boolean {
    const { uid, sentenceId = '' } = message
    const moment = Number(sentenceId)
    const isEpoch = moment >= MIN_EPOCH_ID && moment < MAX_MOMENT
    const id = isEpoch ? toEpochId(uid, sentenceId) : `${uid}:${sentenceId}:${this.#sessions}`
    const known = this.#byId.get(id)
    if (known) {
      this.#putInto(known, message, order, part)
      return false
    }
    if (isEpoch ? moment <= speaker.prunedSentenceId : order <= speaker.prunedOrder) return true
    const position = isEpoch ? moment : this.#nextPosition(message)
    const sentence = new Sentence(id, uid, position, this.#sessions)
    sentence.put(message, order, part)
    this.lines.insert(sentence)
    const { newest } = speaker
    this.#add(speaker, sentence, !newest || newest.position <= sentence.position)
    return false
  }

  #putNameless(speaker: Speaker, message: CaptionMessage, order: number, part: TextPart): boolean {
    const { finals, tail, durationMs } = part
    if (order <= speaker.prunedOrder) return true
    if (finals.length > 0) this.#putFinal(speaker, message, order, { ...part, tail: '' })
    if (!tail) return false
    const at = finals.length > 0 ? order + HALF_STEP : order
    if (speaker.finalFrom(at)) return false
    speaker.pendingFrom = speaker.pending ? Math.min(speaker.pendingFrom, at) : at
    const interim = { ...message, words: [], trans: [] }
    this.#putInto(this.#pendingOf(speaker, message), interim, at, { finals: [], tail, durationMs })
    return false
  }

  #putFinal(speaker: Speaker, message: CaptionMessage, order: number, part: TextPart): void {
    const next = speaker.finalFrom(order)
    if (next?.order === order) {
      this.#putInto(next.sentence, message, order, part)
      return
    }
    const { pending } = speaker
    const follower = next?.sentence ?? pending
    let sentence: Sentence
    if (pending && !next && speaker.pendingFrom <= order) {
      sentence = pending
      speaker.pending = null
      const { order: newest } = pending.text
      if (newest > order) speaker.pendingFrom = newest
      pending.handOver(order, newest > order ? this.#pendingOf(speaker, message) : null)
    } else {
      sentence = this.#createNameless(message, follower)
      this.#add(speaker, sentence, !follower)
    }
    speaker.addFinal(order, sentence)
    this.#putInto(sentence, message, order, part)
    for (const translation of speaker.takeHeld(order)) {
      this.#putInto(sentence, translation, order, null)
    }
  }

  #putTranslation(speaker: Speaker, message: CaptionMessage, order: number): void {
    const final = speaker.finalFrom(order)
    if (final?.order === order) this.#putInto(final.sentence, message, order, null)
    else if (hasFinal(message)) speaker.hold(order, message)
    else if (!final && speaker.pending) this.#putInto(speaker.pending, message, order, null)
  }

  #pendingOf(speaker: Speaker, message: CaptionMessage): Sentence {
    if (!speaker.pending) {
      speaker.pending = this.#createNameless(message, null)
      this.#add(speaker, speaker.pending, true)
    }
    return speaker.pending
  }

  #createNameless(message: CaptionMessage, follower: Sentence | null): Sentence {
    this.#lineCount += 1
    const position = follower?.position ?? this.#nextPosition(message)
    const id = `${message.uid}:${this.#lineCount}`
    const sentence = new Sentence(id, message.uid, position, this.#sessions)
    this.lines.insertBefore(follower, sentence)
    return sentence
  }

  #nextPosition({ textTs }: CaptionMessage): number {
    return Math.max(this.lines.lastPosition, toMoment(textTs) || this.options.now())
  }

  #putInto(
    sentence: Sentence,
    message: CaptionMessage,
    order: number,
    part: TextPart | null,
  ): void {
    if (sentence.put(message, order, part)) this.options.onChange(sentence.id)
  }

  #add(speaker: Speaker, sentence: Sentence, isNewest: boolean): void {
    this.#byId.set(sentence.id, sentence)
    this.options.onChange()
    if (isNewest) {
      if (speaker.newest) this.#setLive(speaker.newest, false)
      speaker.newest = sentence
      this.#setLive(sentence, true)
    }
  }

  #setLive(sentence: Sentence, isLive: boolean): void {
    if (sentence.isLive === isLive) return
    sentence.isLive = isLive
    this.options.onChange(sentence.id)
  }

  #forget(sentence: Sentence, mayComeBack: boolean): void {
    const { id, uid, position, session } = sentence
    this.#byId.delete(id)
    this.options.onChange(id)
    this.options.onChange()
    const speaker = this.#speakerOf(uid)
    if (speaker.pending === sentence) speaker.pending = null
    if (speaker.newest === sentence) speaker.newest = null
    speaker.removeFinal(sentence)
    if (mayComeBack) return
    if (id === toEpochId(uid, position)) {
      speaker.prunedSentenceId = Math.max(speaker.prunedSentenceId, position)
    } else if (session === this.#sessions) {
      speaker.prunedOrder = Math.max(speaker.prunedOrder, sentence.text.order)
    }
  }

  #speakerOf(uid: string): Speaker {
    const known = this.#speakers.get(uid)
    if (known) return known
    if (this.#speakers.size === MAX_SPEAKERS) this.endSession()
    const speaker = new Speaker(this.#prunedSentenceId)
    this.#speakers.set(uid, speaker)
    return speaker
  }
}

const toEpochId = (uid: string, sentenceId: string | number) => `${uid}:${sentenceId}`
