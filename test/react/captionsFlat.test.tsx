import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import {
  createSttClient,
  RealtimeSttProvider,
  useCaptions,
  useRealtimeStt,
} from 'react-realtime-stt'
import { beforeAll, expect, test } from 'vitest'
import { median } from '../bench/median.ts'
import { createLongCall, type LongCall, mountCaptions } from './longCall.tsx'

const SHORT = 100
const LONG = 100_000
const ROUNDS = 61
const INTERIMS = 200
const NEW_LINES = 101
const MAX_NEW_LINE_MS = 5
const MAX_RATIO = 1.5

let short: LongCall
let long: LongCall

beforeAll(() => {
  short = createLongCall(SHORT)
  long = createLongCall(LONG)
})

function timed(work: () => void): number {
  const begunAt = performance.now()
  work()
  return performance.now() - begunAt
}

test('behaviour: interims cost the same among 100,000 lines as among 100', () => {
  const calls = [short, long].map((call) => ({ call, counts: mountCaptions(call), costs: [0] }))
  const playBatch = ({ goOn, nextFrame }: LongCall) => {
    for (let count = 0; count < INTERIMS; count += 1) {
      goOn()
      nextFrame()
    }
  }
  for (const one of calls) {
    playBatch(one.call)
    one.costs = []
    one.counts.rows = 0
    one.counts.lists = 0
  }
  // In turn, each of them first every other time: what else runs on the machine meets both.
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const one of round % 2 ? calls : calls.toReversed()) {
      one.costs.push(timed(() => playBatch(one.call)))
    }
  }
  for (const { counts } of calls) {
    expect(counts).toMatchObject({ rows: ROUNDS * INTERIMS, lists: 0 })
  }
  const [shortMs = 0, longMs = 0] = calls.map(({ costs }) => median(costs))
  expect(longMs / shortMs).toBeLessThan(MAX_RATIO)
})

test.for([SHORT, LONG])(
  'behaviour: among %i lines, a frame renders each row whose line has changed once, and no other',
  (lines) => {
    const call = lines === SHORT ? short : long
    const counts = mountCaptions(call)
    Object.assign(counts, { rows: 0, lists: 0, overlays: 0 })
    for (let count = 0; count < 5; count += 1) {
      for (const line of [0, 3, 6]) call.goOn(line)
    }
    expect(counts).toEqual({ rows: 0, lists: 0, overlays: 0 })
    call.nextFrame()
    expect(counts).toEqual({ rows: 3, lists: 0, overlays: 1 })
    call.sayMore()
    call.nextFrame()
    // The new line, and the one of the same speaker that is live no longer.
    expect(counts).toMatchObject({ rows: 5, lists: 1, overlays: 2 })
  },
)

test('behaviour: a new line among 100,000 is shown within 5 ms', () => {
  mountCaptions(long)
  const costs = Array.from({ length: NEW_LINES }, () =>
    timed(() => {
      long.sayMore()
      long.nextFrame()
    }),
  )
  expect(median(costs)).toBeLessThanOrEqual(MAX_NEW_LINE_MS)
})

test('behaviour: 200 components that use the status alone do not render while 10,000 captions come', () => {
  const client = createSttClient({ appId: '0123456789abcdef0123456789abcdef', api: 'v7' })
  const renders = { statuses: 0, captions: 0 }
  function Status(): ReactNode {
    renders.statuses += 1
    return useRealtimeStt({ channel: 'standup' }).status
  }
  function Captions(): ReactNode {
    renders.captions += 1
    return useCaptions().map(({ text }) => text)
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RealtimeSttProvider client={client} transcript={short.transcript}>
        <Captions />
        {Array.from({ length: 200 }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
          <Status key={index} />
        ))}
      </RealtimeSttProvider>
    </QueryClientProvider>,
  )
  expect(renders).toEqual({ statuses: 200, captions: 1 })
  for (let count = 0; count < 10_000; count += 1) {
    if (count % 10) short.goOn()
    else short.sayMore()
    if (count % 20 === 0) short.nextFrame()
  }
  expect(renders).toEqual({ statuses: 200, captions: 501 })
})
