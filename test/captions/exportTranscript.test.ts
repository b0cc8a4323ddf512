import {
  type CaptionLine,
  ConfigError,
  createTranscript,
  type ExportFormat,
  type ExportTranscriptOptions,
  exportTranscript,
  toJson,
  toSrt,
  toText,
  toWebVtt,
} from 'react-realtime-stt/core'
import { afterEach, expect, test, vi } from 'vitest'
import { BEGAN_AT, HOSTILE_TEXTS, toLine } from './spokenLines.ts'

const FILES = [
  ['vtt', 'text/vtt', toWebVtt],
  ['srt', 'application/x-subrip', toSrt],
  ['text', 'text/plain;charset=utf-8', toText],
  ['json', 'application/json', toJson],
] as const

afterEach(() => {
  vi.unstubAllGlobals()
})

/** A transcript that has these lines, and tells whenever one is read. */
function holding(lines: readonly CaptionLine[], onRead: (index: number) => void = () => {}) {
  const ids = lines.map(({ id }) => id)
  const getLine = (id: string): CaptionLine | undefined => {
    const index = ids.indexOf(id)
    onRead(index)
    return lines[index]
  }
  return { getIds: () => ids, getLine }
}

function workFor(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}

const manyLines = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    toLine({ text: `Sentence ${index}.`, startedAt: BEGAN_AT + ((index * 7_919) % count) * 500 }),
  )

test.each(FILES)('default: %s is a file of type %s', async (format, type, toFile) => {
  const lines = Object.values(HOSTILE_TEXTS).map((text) => toLine({ text }))
  const file = await exportTranscript(holding(lines), { format })
  expect(file).toBeInstanceOf(Blob)
  expect(file.type).toBe(type)
  expect(await file.text()).toBe(toFile(lines))
})

test.each(FILES)(
  'default: %s of an empty transcript is an empty file',
  async (format, _, toFile) => {
    const file = await exportTranscript(createTranscript(), { format })
    expect(await file.text()).toBe(toFile([]))
  },
)

test.each(FILES)('options: those of the exporter are for %s, too', async (format, _, toFile) => {
  const translations = { 'de-DE': { text: 'Guten Morgen.', isFinal: true } }
  const lines = [toLine({ translations }), toLine({ isFinal: false, isLive: true })]
  const options = {
    language: ['de-DE', 'original'],
    getSpeakerName: () => 'Ada',
    startAt: BEGAN_AT - 1_000,
    includeLive: true,
  }
  const file = await exportTranscript(holding(lines), { format, ...options })
  expect(await file.text()).toBe(toFile(lines, options))
})

test.each(FILES)(
  'behaviour: many lines in no order are one %s in order',
  async (format, _, toFile) => {
    const lines = manyLines(12_345)
    const byId = new Map(lines.map((line) => [line.id, line]))
    const transcript = { getIds: () => [...byId.keys()], getLine: (id: string) => byId.get(id) }
    const file = await exportTranscript(transcript, { format })
    expect(await file.text()).toBe(toFile(lines))
  },
)

test('behaviour: a transcript can be exported while the session goes on', async () => {
  const transcript = createTranscript()
  const say = (number: number, text: string, isFinal: boolean) =>
    transcript.ingest({
      uid: '7',
      sentenceId: String(BEGAN_AT + number * 3_000),
      textTs: BEGAN_AT + number * 3_000 + text.length,
      culture: 'en-US',
      time: isFinal ? BEGAN_AT + number * 3_000 : 0,
      durationMs: 1_500,
      words: [{ text, isFinal }],
    })
  say(0, 'Good morning.', true)
  say(1, 'Let us be', false)
  const soFar = '[00:00:00] Ada: Good morning.\n'
  const options = { format: 'text', getSpeakerName: () => 'Ada' } as const
  expect(await (await exportTranscript(transcript, options)).text()).toBe(soFar)
  const withLive = await exportTranscript(transcript, { ...options, includeLive: true })
  expect(await withLive.text()).toBe(`${soFar}[00:00:03] Ada: Let us be\n`)
  say(1, 'Let us begin.', true)
  expect(await (await exportTranscript(transcript, options)).text()).toBe(
    `${soFar}[00:00:03] Ada: Let us begin.\n`,
  )
})

test('behaviour: a line that was removed meanwhile is left out, one that came later as well', async () => {
  const lines = manyLines(3).map((line) => ({ ...line, uid: line.id }))
  const ids = lines.map(({ id }) => id)
  const transcript = {
    getIds: () => [...ids],
    getLine: (id: string) => {
      if (id === ids[0]) ids.push('later')
      return id === ids[1] ? undefined : lines.find((line) => line.id === id)
    },
  }
  const file = await exportTranscript(transcript, { format: 'srt' })
  expect(await file.text()).toBe(toSrt(lines.filter(({ id }) => id !== ids[1])))
})

test.each([undefined, null, '', 'VTT', 'docx', 3, 'constructor', ['vtt']])(
  'options: format cannot be %s',
  async (format) => {
    const options = { format: format as ExportFormat }
    const error = await exportTranscript(holding([]), options).catch((reason: unknown) => reason)
    expect(ConfigError.is(error)).toBe(true)
    expect(String(error)).toContain(
      `format: must be one of vtt, srt, text, json. Given: ${format}.`,
    )
  },
)

test('options: a bad option of the exporter, and one that does not exist, are refused', async () => {
  for (const [name, value] of [
    ['startAt', 'now'],
    ['lang', 'de-DE'],
  ]) {
    const options = { format: 'vtt', [String(name)]: value } as ExportTranscriptOptions
    const error = await exportTranscript(holding([]), options).catch((reason: unknown) => reason)
    expect(ConfigError.is(error)).toBe(true)
    expect(String(error)).toContain(`${name}: must be `)
  }
})

test('options: signal that has aborted leaves the transcript alone', async () => {
  const onRead = vi.fn()
  const reason = new Error('the panel was closed')
  const signal = AbortSignal.abort(reason)
  const exporting = exportTranscript(holding(manyLines(3), onRead), { format: 'vtt', signal })
  await expect(exporting).rejects.toBe(reason)
  expect(onRead).not.toHaveBeenCalled()
})

test.each(['reading', 'writing'])('options: signal ends an export that is %s', async (step) => {
  const abort = new AbortController()
  const lines = manyLines(2_000)
  // Slow enough for a slice to end soon after.
  const work = () => {
    abort.abort()
    workFor(20)
  }
  const isReading = step === 'reading'
  let namings = 0
  const onRead = vi.fn((index: number) => {
    if (isReading && index === 100) work()
  })
  const getSpeakerName = () => {
    namings += 1
    if (!isReading && namings === 100) work()
    return 'Ada'
  }
  const exporting = exportTranscript(holding(lines, onRead), {
    format: 'json',
    signal: abort.signal,
    getSpeakerName,
  })
  await expect(exporting).rejects.toMatchObject({ name: 'AbortError' })
  expect(onRead).toHaveBeenCalledTimes(isReading ? 101 : 2_000)
  expect(namings).toBeLessThan(isReading ? 1 : 600)
})

test('behaviour: the click that starts an export does nothing of it', async () => {
  const onRead = vi.fn()
  const exporting = exportTranscript(holding(manyLines(3), onRead), { format: 'vtt' })
  expect(onRead).not.toHaveBeenCalled()
  await exporting
  expect(onRead).toHaveBeenCalledTimes(3)
})

test('behaviour: what throws in getSpeakerName rejects the export', async () => {
  const reason = new Error('no names today')
  const getSpeakerName = () => {
    throw reason
  }
  const exporting = exportTranscript(holding(manyLines(1)), { format: 'vtt', getSpeakerName })
  await expect(exporting).rejects.toBe(reason)
})

test("behaviour: pauses are the scheduler's, where the browser has one that yields", async () => {
  const pauses = vi.fn(async () => {})
  vi.stubGlobal('scheduler', { yield: pauses })
  await exportTranscript(
    holding(manyLines(40), () => workFor(1)),
    { format: 'vtt' },
  )
  expect(pauses.mock.calls.length).toBeGreaterThan(2)
})

test('behaviour: elsewhere, timers run between the slices', async () => {
  vi.stubGlobal('scheduler', { postTask: () => {} })
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, 1)
  await exportTranscript(
    holding(manyLines(100), () => workFor(1)),
    { format: 'vtt' },
  )
  clearInterval(timer)
  expect(ticks).toBeGreaterThan(2)
})
