import {
  type CaptionLine,
  type CaptionMessage,
  createTranscript,
  type Transcript,
} from 'react-realtime-stt/core'
import type { PlayedCaption } from 'react-realtime-stt/testing'
import { assert } from 'vitest'

const BOT = '900000001'

/** A transcript that is looked at after every message: what must never happen, never does. */
export class WatchedTranscript {
  readonly transcript: Transcript
  #before: readonly string[] = []
  readonly #finalTexts = new Map<string, string>()
  readonly #gone = new Set<string>()
  readonly #newest = new Map<string, number>()

  constructor(options: { maxLines?: number } = {}) {
    this.transcript = createTranscript({
      ...options,
      environment: { now: () => 1_790_000_000_000, setTimeout: () => 0, clearTimeout: () => {} },
    })
  }

  get lines(): CaptionLine[] {
    return linesOf(this.transcript)
  }

  ingest({ message, from }: PlayedCaption): void {
    this.transcript.ingest(message, from)
    this.look()
    this.#lookAtSpeaker(message)
  }

  endSession(): void {
    this.#newest.clear()
    this.transcript.endSession(BOT)
    this.look()
    assert(!this.lines.some(({ isLive }) => isLive), 'no line is live when the bot has left')
  }

  /** Who has just gone on speaking is on the screen. */
  #lookAtSpeaker({ uid, textTs, seqnum, words = [] }: CaptionMessage): void {
    const order = textTs || seqnum || 0
    const isNewest = order > (this.#newest.get(uid) ?? 0)
    if (isNewest) this.#newest.set(uid, order)
    const said = words.at(-1)
    if (!isNewest || !said || said.isFinal) return
    const shown = this.transcript.getLive({ max: 1 })
    assert(
      shown.some((line) => line.uid === uid && line.text.endsWith(said.text)),
      `${uid} says '${said.text}', and it is not shown`,
    )
  }

  look(): void {
    const ids = this.transcript.getIds()
    const { lines } = this
    const known = new Set(ids)
    assert.equal(known.size, ids.length, 'an id is there twice')
    for (const id of ids) assert(!this.#gone.has(id), `${id} is back`)
    const stayed = this.#before.filter((id) => known.has(id))
    const before = new Set(stayed)
    assert.deepEqual(
      ids.filter((id) => before.has(id)),
      stayed,
      'lines have moved',
    )
    for (const id of this.#before) if (!known.has(id)) this.#gone.add(id)
    this.#before = ids

    const live = new Set<string>()
    const shown = this.transcript.getLive({ max: 1 })
    for (const line of lines) {
      const { id, uid, text, finalText, isLive, isFinal } = line
      const shorter = this.#finalTexts.get(id)
      assert(!shorter || finalText.length >= shorter.length, `${id}: '${shorter}' → '${finalText}'`)
      this.#finalTexts.set(id, finalText)
      assert(text.startsWith(finalText), `'${text}' does not begin with '${finalText}'`)
      if (isFinal) assert.equal(text, finalText)
      if (!isLive) continue
      assert(!live.has(uid), `${uid} has two live lines`)
      live.add(uid)
      assert(isFinal || shown.includes(line), `${uid} has not finished, and is not shown`)
    }
  }
}

export function linesOf(transcript: Transcript): CaptionLine[] {
  return transcript.getIds().map((id) => {
    const line = transcript.getLine(id)
    assert(line)
    return line
  })
}
