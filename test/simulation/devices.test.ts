import fc from 'fast-check'
import { type SttClient, SttError } from 'react-realtime-stt/core'
import type { FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { createDevices, type Devices, type Power, type StoreFault } from './createDevices.js'
import { faultyFetch, type WaitingFault } from './faultyFetch.js'

const RUNS = Number(process.env.STT_RUNS ?? 200)
const DEVICES = 3
const CHANNEL = 'standup'

const device = fc.nat({ max: DEVICES - 1 })
const operation = fc.constantFrom('start', 'start', 'stop', 'list', 'query')

const wishes = [
  { weight: 6, arbitrary: fc.record({ do: fc.constant('enable'), device }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('disable'), device }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      ms: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 3_000 }), fc.nat({ max: 40_000 })),
    }),
  },
] as const

const wish = fc.oneof(...wishes)

const step = fc.oneof(
  ...wishes,
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault'),
      operation,
      fault: fc.constantFrom(
        { dropResponse: true } as const,
        { networkError: true } as const,
        { delayMs: 4_000 } as const,
        { delayMs: 25_000, when: 'before' } as const,
        { delayMs: 45_000, when: 'before' } as const,
        { status: 500, body: 'internal' },
        { status: 503, body: 'upstream', carriedOut: true },
        { status: 400, body: { message: 'no' } },
      ),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('store'),
      fault: fc.constantFrom<StoreFault>('applied', 'lost', 'slow', 'hangs'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('down'), ms: fc.nat({ max: 30_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deaf'), isDeaf: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash'), device: fc.constant(0) }) },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

async function take(
  { page, store, clients, powers }: Devices,
  promises: [Power, Promise<unknown>][],
  faults: WaitingFault[],
  given: Step,
): Promise<void> {
  if (given.do === 'wait') await page.time.advance(given.ms)
  else if (given.do === 'fault') faults.push(given)
  else if (given.do === 'store') store.faults.push(given.fault)
  else if (given.do === 'deaf') store.losesNotices = given.isDeaf
  else if (given.do === 'down') {
    store.isDown = true
    await page.time.advance(given.ms)
    store.isDown = false
  } else if (given.do === 'end') {
    for (const task of page.agora.liveTasks(CHANNEL)) page.agora.endTask(task.taskId)
  } else if (given.do === 'crash') {
    ;(powers[given.device] as Power).isOff = true
  } else if (!powers[given.device]?.isOff) {
    const client = clients[given.device] as SttClient
    const power = powers[given.device] as Power
    promises.push([power, client[given.do]({ channel: CHANNEL, uid: String(given.device + 1) })])
  }
}

async function play(
  steps: readonly Step[],
  api: 'v6' | 'v7',
  agora: FakeAgoraOptions,
  isFaultless = false,
): Promise<void> {
  const faults: WaitingFault[] = []
  const fetch = faultyFetch(() => devices.page, faults)
  let mostLive = 0
  const devices: Devices = createDevices({
    count: DEVICES,
    api,
    agora,
    config: {
      transcription: {},
      onClaimsUnavailable: 'fail',
      async fetch(input, init) {
        const response = await fetch(input, init)
        mostLive = Math.max(mostLive, page.agora.liveTasks(CHANNEL).length)
        return response
      },
    },
  })
  const { page, store, clients } = devices
  const promises: [Power, Promise<unknown>][] = []
  for (const client of clients) client.subscribe(CHANNEL, () => {})
  for (const given of steps) await take(devices, promises, faults, given)
  store.faults.length = 0
  store.losesNotices = false
  faults.length = 0
  await page.time.advance(300_000)
  for (const [power, promise] of promises) {
    if (power.isOff) continue
    const outcome = await page.settle(promise, 0)
    expect(outcome, 'every promise is settled').not.toHaveProperty('pending')
    if ('error' in outcome) expect(SttError.is(outcome.error), String(outcome.error)).toBe(true)
  }
  const live = page.agora.liveTasks(CHANNEL)
  if (api === 'v6' || agora.nameDedup === 'atomic' || isFaultless) {
    expect(live.length, 'live tasks').toBeLessThanOrEqual(1)
  }
  if (isFaultless) expect(mostLive, 'tasks ever live at once').toBeLessThanOrEqual(1)
  const there = clients.filter((_, index) => !devices.powers[index]?.isOff)
  for (const client of there) {
    const outcome = await page.settle(client.refresh({ channel: CHANNEL }))
    expect(outcome).toHaveProperty('value')
  }
  await page.time.advance(10_000)
  const shown = there.map((client) => client.getSnapshot(CHANNEL))
  const ids = page.agora.liveTasks(CHANNEL).map(({ taskId }) => taskId)
  for (const { status, session } of shown) {
    expect(status).toBe(shown[0]?.status)
    expect(session?.taskId).toBe(shown[0]?.session?.taskId)
  }
  // v6: whether a task lives that another page has started only that page can ask.
  if (api === 'v6' && there.length < clients.length) return
  if (shown[0]?.session) expect(ids).toContain(shown[0].session.taskId)
  else if (api === 'v7') expect(ids).toEqual([])
}

const services: ['v6' | 'v7', string, FakeAgoraOptions][] = [
  ['v7', 'nameDedup atomic', { nameDedup: 'atomic' }],
  ['v7', 'nameDedup blind for 900 ms', { nameDedup: { blindForMs: 900 } }],
  ['v7', 'nameDedup off', { nameDedup: 'off' }],
  ['v7', 'nameReuse never', { nameReuse: 'never' }],
  ['v7', 'no name in a query, no id in a 409', { queryName: false, conflictBody: 'none' }],
  ['v6', 'default', {}],
]

for (const [api, title, options] of services) {
  test(`${api}, ${title}`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) =>
        play(steps, api, options),
      ),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}

for (const nameDedup of ['atomic', 'off'] as const) {
  test(`v7 without faults, nameDedup ${nameDedup}`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 2, maxLength: 14 }), (steps) =>
        play(steps, 'v7', { nameDedup }, true),
      ),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}
