import { createTranscript, type Transcript } from 'react-realtime-stt/core'
import type { BenchReport } from './benchReport.ts'
import { toFinalCaption } from './finalCaption.ts'
import { createManualFrames } from './manualFrames.ts'
import { median } from './median.ts'

const HISTORIES = [100, 1_000, 10_000, 100_000]
const NEW_LINES = 300

/** What a new line costs at the end of a long history: taken in, and the ids and the live lines read. */
export function runNewLineBench(): BenchReport {
  const rows = HISTORIES.map((lines) => {
    const costs = measureNewLines(lines)
    const worst = costs.toSorted((one, other) => one - other)[Math.floor(NEW_LINES * 0.99)] ?? 0
    return `${String(lines).padStart(7)} lines  ${ms(median(costs))}, 99 of 100 within ${ms(worst)}`
  })
  const head = `A new line: ingest(), getIds() and getLive() (median of ${NEW_LINES})`
  return { isGood: true, text: [head, ...rows].join('\n') }
}

const ms = (value: number) => `${value.toFixed(4)} ms`

function measureNewLines(lines: number): number[] {
  const transcript = createTranscript({ environment: createManualFrames().environment })
  for (let index = 0; index < lines; index += 1) transcript.ingest(toFinalCaption(index))
  read(transcript)
  return Array.from({ length: NEW_LINES }, (_, count) => {
    const message = toFinalCaption(lines + count)
    const begunAt = performance.now()
    transcript.ingest(message)
    read(transcript)
    return performance.now() - begunAt
  })
}

const read = (transcript: Transcript) => [transcript.getIds(), transcript.getLive()]
