import { expect, test, vi } from 'vitest'
import { sliceEnds } from '../../src/captions/sliceEnds.js'

/** Steps of so many ms, on a clock that stands still otherwise. Tells how many were done before each pause. */
async function play(
  stepsMs: readonly number[],
  { signal, onPause = () => {} }: { signal?: AbortSignal; onPause?: (done: number) => void } = {},
) {
  const pausedAfter: number[] = []
  let nowMs = 1_000
  let done = 0
  const sliceEnd = sliceEnds(
    signal,
    () => nowMs,
    async () => {
      pausedAfter.push(done)
      onPause(done)
      nowMs += 100
    },
  )
  for (const ms of stepsMs) {
    await sliceEnd()
    nowMs += ms
    done += 1
  }
  return pausedAfter
}

test('default: work pauses before its first step, and when 8 ms are over', async () => {
  expect(await play([1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual([0, 8])
  expect(await play([20, 20, 1])).toEqual([0, 1, 2])
  expect(await play(Array.from({ length: 100 }, () => 0.5))).toEqual([0, 16, 32, 48, 64, 80, 96])
})

test('behaviour: the time of a pause does not count', async () => {
  expect(await play([7, 7, 7, 7])).toEqual([0, 2])
})

test('options: signal is looked at after each pause, and its reason thrown', async () => {
  const abort = new AbortController()
  const reason = new Error('enough')
  const onPause = vi.fn((done: number) => {
    if (done === 2) abort.abort(reason)
  })
  await expect(play([5, 5, 5, 5, 5], { signal: abort.signal, onPause })).rejects.toBe(reason)
  expect(onPause.mock.calls).toEqual([[0], [2]])
})
