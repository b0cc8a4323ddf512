import fc from 'fast-check'
import { type PlayedCaption, playConversation } from 'react-realtime-stt/testing'
import { assert, test } from 'vitest'
import { type Said, scriptArbitrary } from './scriptArbitrary.js'
import { WatchedTranscript } from './watchedTranscript.js'
import { isOrderNeeded, WIRE_VERSIONS, wireArbitrary } from './wireArbitrary.js'

const RUNS = Number(process.env.STT_RUNS ?? 500)
const EPOCH_AT = 1_780_000_000_000
const BOT = '900000001'

const disorder = {
  seed: fc.integer(),
  reorder: fc.constantFrom(0, 300, 5_000),
  duplicate: fc.constantFrom(0, 0.5),
  loss: fc.constantFrom(0, 0.3),
  lossOf: fc.constantFrom('interims', 'all'),
}

const toScript = (said: readonly Said[]) => said.map(({ sentence }) => sentence)

for (const version of WIRE_VERSIONS) {
  const maxLines = fc.integer({ min: 1, max: 3 })

  test(`options: maxLines, ${version}, a line that was removed does not come back`, () => {
    const run = wireArbitrary(version).chain((wire) =>
      fc.record({
        ...disorder,
        wire: fc.constant(wire),
        said: scriptArbitrary({ isTellable: isOrderNeeded(wire), isFinished: true }),
        maxLines,
      }),
    )
    fc.assert(
      fc.property(run, ({ said, maxLines, ...options }) => {
        const watched = new WatchedTranscript({ maxLines })
        for (const caption of playConversation(toScript(said), options)) watched.ingest(caption)
        assert.isAtMost(watched.lineCount, said.length)
        const live = watched.lines.filter(({ isLive }) => isLive)
        assert.isAtMost(watched.lines.length, Math.max(maxLines, live.length))
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })

  test(`behaviour: ${version}, the bot goes and comes again, and messages of before are late`, () => {
    const run = wireArbitrary(version).chain((wire) =>
      fc.record({
        sessions: fc.array(
          fc.record({
            ...disorder,
            said: scriptArbitrary({ isTellable: isOrderNeeded(wire), isFinished: false }),
            /** Until the bot goes, beside what is said. */
            pauseMs: fc.integer({ min: -2_000, max: 2_000 }),
            isRestLost: fc.boolean(),
          }),
          { minLength: 2, maxLength: 4 },
        ),
        wire: fc.constant(wire),
        maxLines: fc.option(maxLines, { nil: undefined }),
      }),
    )
    fc.assert(
      fc.property(run, ({ sessions, wire, maxLines }) => {
        const watched = new WatchedTranscript(maxLines === undefined ? {} : { maxLines })
        let late: PlayedCaption[] = []
        let epochAt = EPOCH_AT
        for (const { said, pauseMs, isRestLost, ...options } of sessions) {
          const script = toScript(said)
          const endMs = Math.max(...script.map((one) => one.startMs + one.durationMs))
          const own = playConversation(script, { ...options, wire, epochAt })
          const isInTime = ({ atMs }: PlayedCaption) => atMs <= endMs + pauseMs
          const arriving = [...late, ...own.filter(isInTime)].sort((a, b) => a.atMs - b.atMs)
          for (const caption of arriving) watched.ingest(caption, late.length > 0)
          late = isRestLost ? [] : own.filter((caption) => !isInTime(caption))
          late = late.map((caption) => ({ ...caption, atMs: caption.atMs - endMs - pauseMs }))
          epochAt += endMs + 1_000
          watched.endSession(BOT)
        }
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}
