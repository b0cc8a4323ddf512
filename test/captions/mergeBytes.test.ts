import fc from 'fast-check'
import { createTranscript } from 'react-realtime-stt/core'
import { playConversation } from 'react-realtime-stt/testing'
import { assert, test } from 'vitest'
import { runArbitrary } from './runArbitrary.js'
import { toldLines } from './toldLines.js'
import { WatchedTranscript } from './watchedTranscript.js'
import { isNamed, WIRE_VERSIONS, wireArbitrary } from './wireArbitrary.js'

const RUNS = Number(process.env.STT_RUNS ?? 200)

for (const version of WIRE_VERSIONS) {
  test(`behaviour: ${version}, bytes say the same as the messages that they are made of`, async () => {
    const run = wireArbitrary(version).chain((wire) => runArbitrary(wire, true, [0, 0.3]))
    await fc.assert(
      fc.asyncProperty(run, async ({ said, wire, disorder }) => {
        const script = said.map(({ sentence }) => sentence)
        const watched = new WatchedTranscript()
        for (const caption of playConversation(script, { wire, seed: disorder.seed }))
          watched.ingest(caption)
        const transcript = createTranscript()
        for (const { bytes, from } of playConversation(script, { ...disorder, wire })) {
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
