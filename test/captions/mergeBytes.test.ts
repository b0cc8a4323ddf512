import fc from 'fast-check'
import { createTranscript } from 'react-realtime-stt/core'
import { playConversation } from 'react-realtime-stt/testing'
import { assert, test } from 'vitest'
import { scriptArbitrary } from './scriptArbitrary.js'
import { toldLines } from './toldLines.js'
import { WatchedTranscript } from './watchedTranscript.js'
import {
  isNamed,
  isOrderNeeded,
  reorderArbitrary,
  WIRE_VERSIONS,
  wireArbitrary,
} from './wireArbitrary.js'

const RUNS = Number(process.env.STT_RUNS ?? 200)

for (const version of WIRE_VERSIONS) {
  test(`behaviour: ${version}, bytes say the same as the messages that they are made of`, async () => {
    const run = wireArbitrary(version).chain((wire) =>
      fc.record({
        wire: fc.constant(wire),
        said: scriptArbitrary({ isTellable: isOrderNeeded(wire), isFinished: true }),
        seed: fc.integer(),
        reorder: reorderArbitrary(wire),
        duplicate: fc.constantFrom(0, 0.3),
        loss: fc.constantFrom(0, 0.3),
      }),
    )
    await fc.assert(
      fc.asyncProperty(run, async ({ said, wire, seed, ...disorder }) => {
        const script = said.map(({ sentence }) => sentence)
        const watched = new WatchedTranscript()
        for (const caption of playConversation(script, { wire, seed })) watched.ingest(caption)
        const transcript = createTranscript()
        for (const { bytes, from } of playConversation(script, { wire, seed, ...disorder })) {
          transcript.ingest(bytes, from)
        }
        await transcript.whenIdle()
        const lines = transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])
        assert.equal(transcript.counters.undecodable, 0)
        if (isNamed(wire)) assert.deepEqual(lines, watched.lines)
        else assert.deepEqual(toldLines(lines), toldLines(watched.lines))
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}
