import fc from 'fast-check'
import type { CaptionLine, CaptionMessage } from 'react-realtime-stt/core'
import { type PlayedCaption, playConversation } from 'react-realtime-stt/testing'
import { assert, test } from 'vitest'
import { runArbitrary } from './runArbitrary.js'
import { toldLines } from './toldLines.js'
import { WatchedTranscript } from './watchedTranscript.js'
import { isNamed, WIRE_VERSIONS, wireArbitrary } from './wireArbitrary.js'

const RUNS = Number(process.env.STT_RUNS ?? 500)

function play(captions: readonly PlayedCaption[]): CaptionLine[] {
  const watched = new WatchedTranscript()
  for (const caption of captions) watched.ingest(caption)
  return watched.lines
}

const isFinal = ({ words = [], trans = [] }: CaptionMessage) =>
  [...words, ...trans].some((piece) => piece.isFinal)

/** The lines, by speaker and beginning, of which something final is lost. */
function findHit(all: readonly PlayedCaption[], arrived: readonly PlayedCaption[]): Set<string> {
  const beganAt = new Map<string, number>()
  const finals = all.filter(({ message }) => isFinal(message))
  const sentenceOf = ({ uid, sentenceId, time }: CaptionMessage) => `${uid} ${sentenceId ?? time}`
  for (const { message } of finals) {
    const sentence = sentenceOf(message)
    const { time = 0 } = message
    beganAt.set(sentence, Math.min(time, beganAt.get(sentence) ?? time))
  }
  const known = new Set(arrived.map(({ message }) => JSON.stringify(message)))
  const lost = finals.filter(({ message }) => !known.has(JSON.stringify(message)))
  return new Set(lost.map(({ message }) => `${message.uid} ${beganAt.get(sentenceOf(message))}`))
}

for (const version of WIRE_VERSIONS) {
  test(`behaviour: ${version}, a final text that is lost changes its own sentence at most`, () => {
    const run = wireArbitrary(version).chain((wire) => runArbitrary(wire, true, [0.1, 0.4]))
    fc.assert(
      fc.property(run, ({ said, wire, disorder }) => {
        const script = said.map(({ sentence }) => sentence)
        const all = playConversation(script, { wire, seed: disorder.seed })
        const arrived = playConversation(script, { ...disorder, wire, lossOf: 'all' })
        const hit = findHit(all, arrived)
        const clean = play(all)
        const lines = play(arrived)
        const intact = clean.filter(({ uid, startedAt }) => !hit.has(`${uid} ${startedAt}`))
        // Whose newest line is lost has an older one that is live.
        const told = isNamed(wire)
          ? lines.map((line) => ({ ...line, isLive: false }))
          : toldLines(lines).map((line) => ({ ...line, isLive: false }))
        const expected = isNamed(wire) ? intact : toldLines(intact)
        for (const line of expected) assert.deepInclude(told, { ...line, isLive: false })
        assert.isAtMost(lines.length - intact.length, hit.size)
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}
