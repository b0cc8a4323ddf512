import * as fc from 'fast-check'
import { type CaptionLine, toSrt, toWebVtt } from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import { byPlussub, READERS, type ReadCue } from './readSubtitles.ts'
import {
  BEGAN_AT,
  conversation,
  HOSTILE_TEXTS,
  inOneRow,
  speakerNames,
  toLine,
} from './spokenLines.ts'

const hostile = Object.entries(HOSTILE_TEXTS)
const HOUR_MS = 3_600_000

const toSpeaker = (uid: string, names: Readonly<Record<string, string>> = {}) =>
  inOneRow(names[uid] ?? '') || uid

/** What has to be read, worked out in another way than by the exporter. */
function toCues(lines: readonly CaptionLine[], names?: Readonly<Record<string, string>>) {
  const shown = lines.filter(({ isFinal, isLive }) => isFinal || !isLive)
  const first = Math.min(...shown.map(({ startedAt }) => startedAt))
  return shown
    .map((line) => ({ line, text: inOneRow(line.text) || inOneRow(translationOf(line)) }))
    .filter(({ text }) => text !== '')
    .map(({ line: { uid, startedAt, endedAt }, text }) => ({
      startMs: startedAt - first,
      endMs: endedAt !== null && endedAt > startedAt ? endedAt - first : null,
      speaker: toSpeaker(uid, names),
      uid,
      text,
    }))
    .sort((one, other) => one.startMs - other.startMs || Number(one.uid) - Number(other.uid))
}

const translationOf = ({ translations }: CaptionLine) => translations['de-DE']?.text ?? ''

function expectInOrder(cues: readonly ReadCue[]) {
  for (const [index, { startMs, endMs }] of cues.entries()) {
    expect(startMs).toBeGreaterThanOrEqual(cues[index - 1]?.startMs ?? 0)
    expect(endMs).toBeGreaterThan(startMs)
  }
}

describe.each(READERS)('WebVTT as %s reads it', (reader, read) => {
  /** It reads the first white space of a name as a space, whatever it is; the standard says so of ASCII's alone. */
  const asRead = (name: string) => (reader === 'media-captions' ? name.replace(/\s+/, ' ') : name)

  test('default: a cue has speaker, text and times', async () => {
    const lines = [toLine(), toLine({ uid: '12', text: 'Hello.', startedAt: BEGAN_AT + 61_001 })]
    expect(await read(toWebVtt(lines), 'vtt')).toEqual([
      { startMs: 0, endMs: 2_000, speaker: '7', text: 'Good morning.' },
      { startMs: 61_001, endMs: 63_001, speaker: '12', text: 'Hello.' },
    ])
  })

  test.each(hostile)('behaviour: %s survives, as a text and as a name', async (_, text) => {
    const file = toWebVtt([toLine({ text }), toLine({ text: 'Next.' })], {
      getSpeakerName: () => text,
    })
    const speaker = asRead(inOneRow(text))
    expect(await read(file, 'vtt')).toEqual([
      { startMs: 0, endMs: 2_000, speaker, text: inOneRow(text) },
      { startMs: 0, endMs: 2_000, speaker, text: 'Next.' },
    ])
  })

  test('behaviour: any conversation is read as it was, in order', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, speakerNames, async (lines, names) => {
        const file = toWebVtt(lines, { getSpeakerName: (uid) => names[uid] })
        const cues = await read(file, 'vtt')
        expectInOrder(cues)
        expect(cues).toEqual(
          toCues(lines, names).map(({ startMs, endMs, speaker, text }) => ({
            startMs,
            endMs: endMs ?? expect.any(Number),
            speaker: asRead(speaker),
            text,
          })),
        )
      }),
    )
  })
})

/** A hyphen keeps a row from beginning as times do. */
const eitherOf = (row: string) => [row, `- ${row}`]

describe.each(READERS)('SubRip as %s reads it', (_, read) => {
  test('default: a cue has times, and its text after the speaker', async () => {
    const lines = [toLine(), toLine({ uid: '12', text: 'Hello.', startedAt: BEGAN_AT + 61_001 })]
    expect(await read(toSrt(lines), 'srt')).toEqual([
      { startMs: 0, endMs: 2_000, speaker: '', text: '7: Good morning.' },
      { startMs: 61_001, endMs: 63_001, speaker: '', text: '12: Hello.' },
    ])
  })

  test.each(hostile)('behaviour: %s survives, as a text and as a name', async (_, text) => {
    const lines = [toLine({ text }), toLine({ text: 'Next.' })]
    const row = inOneRow(text)
    for (const [name, getSpeakerName] of [
      [row, () => text],
      ['7', undefined],
    ] as const) {
      const [cue, next] = await read(toSrt(lines, { getSpeakerName }), 'srt')
      expect(eitherOf(`${name}: ${row}`)).toContain(cue?.text)
      expect(eitherOf(`${name}: Next.`)).toContain(next?.text)
    }
  })

  test('behaviour: any conversation is read as it was, in order', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, speakerNames, async (lines, names) => {
        const file = toSrt(lines, { getSpeakerName: (uid) => names[uid] })
        const cues = await read(file, 'srt')
        expectInOrder(cues)
        const expected = toCues(lines, names)
        expect(cues.map(({ startMs }) => startMs)).toEqual(expected.map(({ startMs }) => startMs))
        for (const [index, { endMs, speaker, text }] of expected.entries()) {
          const cue = cues[index]
          if (endMs !== null) expect(cue?.endMs).toBe(endMs)
          expect(eitherOf(`${speaker}: ${text}`)).toContain(cue?.text)
        }
      }),
    )
  })
})

test('behaviour: WebVTT has no markup but what the exporter wrote', () => {
  for (const [, text] of hostile) {
    const file = toWebVtt([toLine({ text })], { getSpeakerName: () => text })
    expect(file.match(/-->/g)).toHaveLength(1)
    expect(file.match(/</g)).toHaveLength(1)
    expect(file.split('\n')).toHaveLength(5)
    expect(file).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:02\.000\n<v [^<>]+>[^<>]+\n$/)
  }
})

test('behaviour: a uid that is none breaks nothing', () => {
  const uid = '<b>\n\n00:00:01.000 --> 00:00:02.000\n&'
  expect(toWebVtt([toLine({ uid })])).toContain(
    '\n<v &lt;b&gt; 00:00:01.000 --&gt; 00:00:02.000 &amp;>Good morning.\n',
  )
  expect(toSrt([toLine({ uid })]).split('\n')).toHaveLength(5)
})

test('behaviour: SubRip has a number, the times and one row for each cue, then an empty row', () => {
  const file = toSrt(hostile.map(([, text]) => toLine({ text })))
  const cues = file.split('\n\n')
  expect(cues.pop()).toBe('')
  expect(cues).toHaveLength(hostile.length)
  for (const [index, cue] of cues.entries()) {
    const [number, times, ...rows] = cue.split('\n')
    expect(number).toBe(String(index + 1))
    expect(times).toBe('00:00:00,000 --> 00:00:02,000')
    expect(rows).toHaveLength(1)
  }
})

/** FFmpeg takes every row for times that begins so: its sscanf skips spaces before a number, and takes a sign. */
test('behaviour: no row of SubRip but that of the times begins as times do', () => {
  const isTimes = (row: string) =>
    /^\s*[-+]?\d+:\s*[-+]?\d+:\s*[-+]?\d+[,.]\s*[-+]?\d+\s*-->/.test(row)
  const spoken = hostile.map(([, text]) => toLine({ text }))
  const translated = hostile.map(([, text]) =>
    toLine({ translations: { 'de-DE': { text, isFinal: true } } }),
  )
  for (const name of [undefined, '5', '00:00:01,000 --> 00:00:02,000', '1: 2: 3,', '-5']) {
    const options = { getSpeakerName: () => name, language: ['original', 'de-DE'] }
    const rows = toSrt([...spoken, ...translated], options).split('\n')
    const times = rows.filter(isTimes)
    expect(times).toHaveLength(2 * hostile.length)
    expect(new Set(times)).toEqual(new Set(['00:00:00,000 --> 00:00:02,000']))
  }
})

/** `media-captions` takes two digits of hours alone, and leaves the cue out; the standard says two or more. */
test('behaviour: a call may last for more than 99 hours', async () => {
  const lines = [toLine(), toLine({ startedAt: BEGAN_AT + 100 * HOUR_MS + 1, text: 'Still here.' })]
  expect(toWebVtt(lines)).toContain('\n100:00:00.001 --> 100:00:02.001\n')
  expect(toSrt(lines)).toContain('\n100:00:00,001 --> 100:00:02,001\n')
  for (const [file, type] of [
    [toWebVtt(lines), 'vtt'],
    [toSrt(lines), 'srt'],
  ] as const) {
    const cues = await byPlussub(file, type)
    expect(cues.map(({ startMs }) => startMs)).toEqual([0, 100 * HOUR_MS + 1])
  }
})
