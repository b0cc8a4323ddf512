import {
  type CaptionLine,
  type CaptionMessage,
  createTranscript,
  type Transcript,
} from 'react-realtime-stt/core'
import type { PlayedCaption } from 'react-realtime-stt/testing'
import { assert } from 'vitest'

/** A transcript that is looked at after every message: what must never happen is never seen. */
export class WatchedTranscript {
  readonly transcript: Transcript
  #ids: readonly string[] = []
  readonly #goneIds = new Set<string>()
  readonly #finalTexts = new Map<string, string>()
  /** The highest order of each speaker. */
  readonly #orders = new Map<string, number>()

  constructor(options: { maxLines?: number } = {}) {
    this.transcript = createTranscript({
      ...options,
      environment: { now: () => 1_790_000_000_000, setTimeout: () => 0, clearTimeout: () => {} },
    })
  }

  get lines(): CaptionLine[] {
    return this.transcript.getIds().map((id) => {
      const line = this.transcript.getLine(id)
      return line ?? assert.fail(`${id} is no line`)
    })
  }

  /** How many lines there ever were. */
  get lineCount(): number {
    return this.#goneIds.size + this.#ids.length
  }

  /** @param isLate it is of a session that has ended */
  ingest({ message, from }: PlayedCaption, isLate = false): void {
    this.transcript.ingest(message, from)
    this.#look()
    if (!isLate) this.#lookAtSpeaker(message)
  }

  endSession(from: string): void {
    this.#orders.clear()
    this.transcript.endSession(from)
    this.#look()
    if (this.lines.some(({ isLive }) => isLive)) assert.fail('a line is live, and the bot is gone')
  }

  /** Who has just gone on speaking is on the screen. */
  #lookAtSpeaker({ uid, textTs, seqnum, words = [] }: CaptionMessage): void {
    const order = textTs || seqnum || 0
    const isNewest = order > (this.#orders.get(uid) ?? 0)
    if (isNewest) this.#orders.set(uid, order)
    const said = words.at(-1)
    if (!isNewest || !said || said.isFinal) return
    const shown = this.transcript.getLive({ max: 1 })
    const isShown = shown.some((line) => line.uid === uid && line.text.endsWith(said.text))
    if (!isShown) assert.fail(`${uid} says '${said.text}', and it is not shown`)
  }

  #look(): void {
    const before = this.#ids
    this.#ids = this.transcript.getIds()
    if (this.#ids !== before) this.#lookAtIds(before)
    const shown = new Set(this.transcript.getLive({ max: 1 }))
    const live = new Set<string>()
    for (const line of this.lines) {
      const { id, uid, text, finalText, isLive, isFinal } = line
      const shorter = this.#finalTexts.get(id) ?? ''
      if (finalText.length < shorter.length) assert.fail(`${id}: '${shorter}' → '${finalText}'`)
      this.#finalTexts.set(id, finalText)
      const isExtended = isFinal ? text === finalText : text.startsWith(finalText)
      if (!isExtended) assert.fail(`'${text}' does not go on from '${finalText}'`)
      if (!isLive) continue
      if (live.has(uid)) assert.fail(`${uid} has two live lines`)
      live.add(uid)
      if (!isFinal && !shown.has(line)) assert.fail(`${uid} has not finished, and is not shown`)
    }
  }

  #lookAtIds(before: readonly string[]): void {
    const now = new Set(this.#ids)
    if (now.size < this.#ids.length) assert.fail('an id is there twice')
    for (const id of now) if (this.#goneIds.has(id)) assert.fail(`${id} is back`)
    const stayed = new Set(before)
    for (const id of before) if (!now.has(id)) this.#goneIds.add(id)
    assert.deepEqual(
      this.#ids.filter((id) => stayed.has(id)),
      before.filter((id) => now.has(id)),
      'lines have moved',
    )
  }
}
