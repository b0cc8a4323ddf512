import fc from 'fast-check'
import type { CaptionLine } from 'react-realtime-stt/core'
import {
  type CaptionWire,
  type PlayConversationOptions,
  playConversation,
} from 'react-realtime-stt/testing'
import { assert, test } from 'vitest'
import { type Run, runArbitrary } from './runArbitrary.js'
import type { Said } from './scriptArbitrary.js'
import { finalOnly, toldLines } from './toldLines.js'
import { WatchedTranscript } from './watchedTranscript.js'
import { isNamed, WIRE_VERSIONS, wireArbitrary } from './wireArbitrary.js'

const RUNS = Number(process.env.STT_RUNS ?? 2_000)
const EPOCH_AT = 1_780_000_000_000
/** Of an id from the beginning of its sentence, twice. */
const MAX_ID_DISTANCE_MS = 20

/** Of what is not final in the end, nothing may be lost. */
const runOf = (version: CaptionWire['version']): fc.Arbitrary<Run> =>
  fc
    .tuple(wireArbitrary(version), fc.constantFrom(true, true, false))
    .chain(([wire, isFinished]) => runArbitrary(wire, isFinished, isFinished ? [0, 0.3, 1] : [0]))

function play({ said, wire }: Run, options: PlayConversationOptions): CaptionLine[] {
  const watched = new WatchedTranscript()
  const script = said.map(({ sentence }) => sentence)
  for (const caption of playConversation(script, { ...options, wire, epochAt: EPOCH_AT })) {
    watched.ingest(caption)
  }
  return watched.lines
}

/** What the script says is what comes out. Before v7.2 a sentence that is never final is left out for the next one. */
function assertSaid({ said, wire }: Run, lines: readonly CaptionLine[]): void {
  const isLast = ({ sentence }: Said) =>
    said.findLast(({ sentence: { uid } }) => uid === sentence.uid)?.sentence === sentence
  const shown = said.filter((one) => one.sentence.isFinished || isNamed(wire) || isLast(one))
  assert.equal(lines.length, shown.length)
  const places = new Map<string, number>()
  for (const { sentence, text, translations } of said.filter((one) => one.sentence.isFinished)) {
    const startedAt = EPOCH_AT + sentence.startMs
    const line = lines.find((one) => one.startedAt === startedAt && one.uid === sentence.uid)
    assert(line, `${text} is lost`)
    assert.isAbove(
      lines.indexOf(line),
      places.get(sentence.uid) ?? -1,
      'in the order of the script',
    )
    places.set(sentence.uid, lines.indexOf(line))
    assert.deepInclude(
      isNamed(wire) ? line : { ...line, translations: finalOnly(line.translations) },
      {
        text,
        finalText: text,
        isFinal: true,
        language: wire.version === 'v5' ? '' : (sentence.language ?? ''),
        endedAt: startedAt + sentence.durationMs,
        translations: Object.fromEntries(
          Object.entries(translations).map(([lang, text]) => [lang, { text, isFinal: true }]),
        ),
      },
    )
  }
  const starts = isNamed(wire) ? lines.map(({ startedAt }) => startedAt) : []
  for (const [index, startedAt] of starts.entries()) {
    assert.isAtLeast(startedAt + MAX_ID_DISTANCE_MS, starts[index - 1] ?? 0, 'in the order of ids')
  }
}

for (const version of WIRE_VERSIONS) {
  test(`behaviour: ${version}, in whatever order, however often, whatever interims are lost`, () => {
    fc.assert(
      fc.property(runOf(version), (run) => {
        const clean = play(run, { seed: run.disorder.seed })
        const lines = play(run, run.disorder)
        assertSaid(run, clean)
        if (isNamed(run.wire)) assert.deepEqual(lines, clean)
        else assert.deepEqual(toldLines(lines), toldLines(clean))
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}
