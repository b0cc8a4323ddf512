import { afterEach, beforeEach, expect, vi } from 'vitest'

const noisy = ['error', 'warn'] as const
let spies: ReturnType<typeof vi.spyOn>[] = []

beforeEach(() => {
  spies = noisy.map((level) => vi.spyOn(console, level))
})

afterEach(() => {
  const said = spies.flatMap((spy) => spy.mock.calls)
  for (const spy of spies) spy.mockRestore()
  expect(said, 'a test wrote to console.error or console.warn').toEqual([])
})
