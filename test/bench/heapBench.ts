import type { BenchReport } from './benchReport.ts'
import { runHeapProcess } from './runHeapProcess.ts'

const LINES = 100_000

/** Its limits are those of test/captions/memory.test.ts. */
export async function runHeapBench(): Promise<BenchReport> {
  const { untranslated, translations } = await runHeapProcess(LINES)
  const MB = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
  const more = translations.map((bytes, index) => `${MB(bytes)} more in language ${index + 1}`)
  const text = `Heap of ${LINES} lines of 60 ASCII characters: ${[MB(untranslated), ...more].join(', ')}`
  return { text, isGood: true }
}
