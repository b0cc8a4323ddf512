import fc from 'fast-check'
import type { CaptionLine } from 'react-realtime-stt/core'
import {
  type CaptionWire,
  type CaptionWireVersion,
  type PlayConversationOptions,
  playConversation,
} from 'react-realtime-stt/testing'
import { assert, test } from 'vitest'
import { WatchedTranscript } from './runTranscript.js'
import { type Said, scriptArbitrary } from './scriptArbitrary.js'

const RUNS = Number(process.env.STT_RUNS ?? 2_000)
const EPOCH_AT = 1_780_000_000_000

const VERSIONS: CaptionWireVersion[] = ['v5', 'v6', 'v7.0', 'v7.2', 'v7.2.3']

const formatsOf = (version: CaptionWireVersion): CaptionWire['format'][] =>
  version === 'v5' || version === 'v6' ? ['protobuf'] : ['protobuf', 'json']

const wireOf = (version: CaptionWireVersion) =>
  fc.record<CaptionWire>({
    version: fc.constant(version),
    format: fc.constantFrom(...formatsOf(version)),
    prefix: fc.constantFrom('again', 'tail'),
    hasStarts: fc.boolean(),
    hasWholeAtEnd: fc.boolean(),
    hasOriginal: fc.boolean(),
  })

const isNamed = ({ version, format }: CaptionWire) =>
  version === 'v7.2.3' || (version === 'v7.2' && format === 'protobuf')

const runOf = (version: CaptionWireVersion) =>
  wireOf(version).chain((wire) =>
    fc.record({
      said: scriptArbitrary({
        isTellable: !wire.hasStarts && wire.prefix === 'tail',
        isFinished: true,
      }),
      wire: fc.constant(wire),
      seed: fc.integer(),
      reorderMs: fc.constantFrom(0, 300, 5_000),
      duplicate: fc.constantFrom(0, 0.3),
      loss: fc.constantFrom(0, 0.3, 1),
    }),
  )

function run(said: readonly Said[], options: PlayConversationOptions): WatchedTranscript {
  const watched = new WatchedTranscript()
  for (const caption of playConversation(
    said.map(({ sentence }) => sentence),
    { ...options, epochAt: EPOCH_AT },
  )) {
    watched.ingest(caption)
  }
  return watched
}

const byStart = (a: CaptionLine, b: CaptionLine) =>
  a.startedAt - b.startedAt || Number(a.uid) - Number(b.uid)

const withoutPlace = ({ id: _, ...line }: CaptionLine) => ({
  ...line,
  translations: Object.fromEntries(
    Object.entries(line.translations).filter(([, { isFinal }]) => isFinal),
  ),
})

for (const version of VERSIONS) {
  test(`behaviour: ${version}, order`, () => {
    fc.assert(
      fc.property(runOf(version), ({ said, wire, seed, ...disorder }) => {
        const clean = run(said, { wire, seed }).lines
        const lines = run(said, { wire, seed, ...disorder }).lines
        const expected = said
          .map(({ sentence, text, translations }) => ({
            uid: sentence.uid,
            text,
            finalText: text,
            isFinal: true,
            language: version === 'v5' ? '' : (sentence.language ?? ''),
            startedAt: EPOCH_AT + sentence.startMs,
            endedAt: EPOCH_AT + sentence.startMs + sentence.durationMs,
            translations: Object.fromEntries(
              Object.entries(translations).map(([lang, text]) => [lang, { text, isFinal: true }]),
            ),
          }))
          .sort((a, b) => a.startedAt - b.startedAt || Number(a.uid) - Number(b.uid))
        assert.deepEqual(
          clean.toSorted(byStart).map(({ id: _, isLive: __, ...line }) => line),
          expected,
        )
        if (isNamed(wire)) assert.deepEqual(lines, clean)
        else
          assert.deepEqual(
            lines.toSorted(byStart).map(withoutPlace),
            clean.toSorted(byStart).map(withoutPlace),
          )
      }),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}
