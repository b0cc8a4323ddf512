import {
  type CaptionLine,
  type ExportFormat,
  exportTranscript,
  toJson,
  toSrt,
  toText,
  toWebVtt,
} from 'react-realtime-stt/core'
import type { BenchReport } from './benchReport.ts'

const LINES = 100_000
const TEXT = 'Sixty characters of plain English are what a sentence takes.'
const SPEAKERS = 7
const BEGAN_AT = 1_782_717_974_915
const ROUNDS = 5
/** Of lines in the order in which a transcript has them. */
const MAX_TOTAL_MS = 400
const MAX_SLICE_MS = 50

const EXPORTERS = { vtt: toWebVtt, srt: toSrt, text: toText, json: toJson }
const FORMATS = Object.keys(EXPORTERS) as ExportFormat[]

/** What an export took, each the best of all rounds: what else runs on the machine can only add to it. */
interface Figures {
  format: ExportFormat
  order: string
  /** By the function that gives a string. */
  wholeMs: number
  /** By `exportTranscript()`, pauses included. */
  totalMs: number
  longestSliceMs: number
  slices: number
}

/** Measures each export of 100,000 lines; `isGood`: all of them keep to the limits. */
export async function runExportBench(): Promise<BenchReport> {
  const spoken = Array.from({ length: LINES }, (_, index) => toLine(index))
  const shuffled = [...spoken].sort((one, other) => toRank(one) - toRank(other))
  const figures: Figures[] = []
  for (const format of FORMATS) {
    figures.push(await measure(format, 'as spoken', spoken))
    figures.push(await measure(format, 'shuffled', shuffled))
  }
  const isGood = figures.every(
    ({ order, totalMs, longestSliceMs }) =>
      longestSliceMs <= MAX_SLICE_MS && (order === 'shuffled' || totalMs <= MAX_TOTAL_MS),
  )
  const limits = `${MAX_TOTAL_MS} ms in all as spoken, ${MAX_SLICE_MS} ms a slice`
  const head = `Exports of ${LINES} lines of ${TEXT.length} characters, the best of ${ROUNDS} rounds (limits: ${limits})`
  return { text: [head, ...figures.map(toRow)].join('\n'), isGood }
}

async function measure(
  format: ExportFormat,
  order: string,
  lines: readonly CaptionLine[],
): Promise<Figures> {
  const wholeMs: number[] = []
  const rounds: Awaited<ReturnType<typeof exportInSlices>>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begunAt = performance.now()
    EXPORTERS[format](lines)
    wholeMs.push(performance.now() - begunAt)
    rounds.push(await exportInSlices(format, lines))
  }
  return {
    format,
    order,
    wholeMs: Math.min(...wholeMs),
    totalMs: Math.min(...rounds.map(({ totalMs }) => totalMs)),
    longestSliceMs: Math.min(...rounds.map(({ slicesMs }) => Math.max(...slicesMs))),
    slices: Math.min(...rounds.map(({ slicesMs }) => slicesMs.length)),
  }
}

/** Stands where a browser has its scheduler: between two calls of it lies a slice. */
async function exportInSlices(format: ExportFormat, lines: readonly CaptionLine[]) {
  const byId = new Map(lines.map((line) => [line.id, line]))
  const ids = [...byId.keys()]
  const transcript = { getIds: () => ids, getLine: (id: string) => byId.get(id) }
  const slicesMs: number[] = []
  const begunAt = performance.now()
  let sliceBegunAt = begunAt
  const endSlice = () => slicesMs.push(performance.now() - sliceBegunAt)
  const scheduler = {
    async yield() {
      endSlice()
      await new Promise((resolve) => setImmediate(resolve))
      sliceBegunAt = performance.now()
    },
  }
  Object.assign(globalThis, { scheduler })
  try {
    await exportTranscript(transcript, { format })
  } finally {
    Reflect.deleteProperty(globalThis, 'scheduler')
  }
  endSlice()
  return { totalMs: performance.now() - begunAt, slicesMs }
}

function toLine(index: number): CaptionLine {
  const startedAt = BEGAN_AT + index * 900
  return {
    id: `${1_000 + (index % SPEAKERS)}:${startedAt}`,
    uid: String(1_000 + (index % SPEAKERS)),
    text: TEXT,
    finalText: TEXT,
    isFinal: true,
    isLive: false,
    language: 'en-US',
    startedAt,
    endedAt: startedAt + 3_200,
    translations: {},
  }
}

/** The same disorder each time. */
function toRank({ startedAt }: CaptionLine): number {
  return (startedAt * 7_919) % 100_003
}

function toRow({ format, order, wholeMs, totalMs, longestSliceMs, slices }: Figures): string {
  const ms = (value: number) => `${value.toFixed(0).padStart(4)} ms`
  const name = `${format.padEnd(5)}${order.padEnd(10)}`
  return `${name} whole ${ms(wholeMs)}, in slices ${ms(totalMs)}, longest of ${slices} slices ${ms(longestSliceMs)}`
}
