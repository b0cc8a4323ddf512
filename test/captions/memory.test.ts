import { expect, test } from 'vitest'
import { runHeapProcess } from '../bench/runHeapProcess.ts'

test('default: 100,000 lines take at most 60 MB, and 30 MB more for each language', async () => {
  const { untranslated, translations } = await runHeapProcess(100_000)
  expect(untranslated).toBeLessThanOrEqual(60_000_000)
  expect(translations).toHaveLength(2)
  for (const bytes of translations) expect(bytes).toBeLessThanOrEqual(30_000_000)
})
