import fc from 'fast-check'
import { type SttClient, SttError } from 'react-realtime-stt/core'
import type { FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { createPage, type Page } from './createPage.js'
import { faultyFetch, type WaitingFault } from './faultyFetch.js'

const RUNS = Number(process.env.STT_RUNS ?? 1_000)
const CHANNELS = ['standup', 'Straße 7']

const client = fc.nat({ max: 1 })
const channel = fc.nat({ max: 1 })
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.constant('start') },
  { weight: 3, arbitrary: fc.constant('list') },
  { weight: 2, arbitrary: fc.constant('stop') },
  { weight: 1, arbitrary: fc.constantFrom('query', 'acquire') },
)
const lost = fc.constantFrom(
  { dropResponse: true } as const,
  { delayMs: Number.POSITIVE_INFINITY } as const,
)

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('enable'), client, channel }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('disable'), client, channel }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('refresh'), client, channel }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mount'), client, channel }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unmount'), client, channel }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('wait'),
      ms: fc.oneof(fc.nat({ max: 40 }), fc.nat({ max: 2_500 }), fc.nat({ max: 70_000 })),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('fault'),
      operation,
      fault: fc.oneof(
        lost,
        fc.constantFrom(
          { networkError: true } as const,
          { delayMs: 4_000 } as const,
          { status: 500, body: { message: 'internal error' } },
          { status: 503, body: 'upstream' },
          { status: 400, body: { message: 'body schema check fail' } },
          { status: 401, body: { message: 'Token is expired' } },
          { status: 401, body: { message: 'Invalid token' } },
          { status: 200, body: '<html>' },
        ),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('end'), channel }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('tokens'), seconds: fc.constantFrom(1, 30, 90, 3600) }),
  },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

interface Run {
  page: Page
  clients: SttClient[]
  promises: Promise<unknown>[]
  unsubscribe: Map<string, () => void>
  faults: WaitingFault[]
}

async function take(run: Run, given: Step, tokens: { seconds: number }): Promise<void> {
  const { page, clients, promises, unsubscribe } = run
  if (given.do === 'wait') return page.time.advance(given.ms)
  if (given.do === 'tokens') {
    tokens.seconds = given.seconds
    return
  }
  if (given.do === 'fault') {
    run.faults.push(given)
    return
  }
  const name = CHANNELS[given.channel] as string
  if (given.do === 'end') {
    for (const task of page.agora.liveTasks(name)) page.agora.endTask(task.taskId)
    return
  }
  const who = clients[given.client] as SttClient
  const key = `${given.client} ${name}`
  if (given.do === 'mount') {
    unsubscribe.get(key)?.()
    unsubscribe.set(
      key,
      who.subscribe(name, () => {}),
    )
  } else if (given.do === 'unmount') {
    unsubscribe.get(key)?.()
    unsubscribe.delete(key)
  } else {
    promises.push(who[given.do]({ channel: name, uid: String(given.client + 1) }))
  }
}

async function play(steps: Step[], api: 'v6' | 'v7', agora: FakeAgoraOptions): Promise<void> {
  const tokens = { seconds: 3_600 }
  const faults: WaitingFault[] = []
  const page = createPage({
    api,
    agora,
    config: {
      transcription: {},
      fetch: faultyFetch(() => page, faults),
      tokenProvider: (request) =>
        page.agora.mintToken({
          channel: request.channel,
          uid: request.uid,
          expiresInSeconds: tokens.seconds,
        }),
    },
  })
  const clients = [page.client, page.createClient()]
  const run: Run = { page, clients, promises: [], unsubscribe: new Map(), faults }
  for (const [index, who] of clients.entries()) {
    for (const name of CHANNELS) {
      run.unsubscribe.set(
        `${index} ${name}`,
        who.subscribe(name, () => {}),
      )
    }
  }
  for (const given of steps) await take(run, given, tokens)
  for (const [index, who] of clients.entries()) {
    for (const name of CHANNELS) {
      if (!run.unsubscribe.has(`${index} ${name}`)) who.subscribe(name, () => {})
    }
  }
  // Queued faults are of the past once the steps are over; then everything has time to come to rest.
  run.faults.length = 0
  tokens.seconds = 3_600
  await page.time.advance(300_000)

  for (const promise of run.promises) {
    const outcome = await page.settle(promise, 0)
    expect(outcome, 'every promise is settled').not.toHaveProperty('pending')
    if ('error' in outcome) expect(SttError.is(outcome.error), String(outcome.error)).toBe(true)
  }
  assertSpacing(page)
  for (const name of CHANNELS) await assertRest(page, clients, name, api, agora)
}

function assertSpacing({ agora }: Page): void {
  const sent = agora.requests.map(({ at }) => at)
  for (const [index, at] of sent.entries()) {
    if (index > 0) expect(at - (sent[index - 1] as number)).toBeGreaterThanOrEqual(1_000)
  }
}

async function assertRest(
  page: Page,
  clients: SttClient[],
  name: string,
  api: 'v6' | 'v7',
  { nameDedup = 'atomic' }: FakeAgoraOptions,
): Promise<void> {
  const live = page.agora.liveTasks(name)
  if (api === 'v6' || nameDedup !== 'off') expect(live.length, 'live tasks').toBeLessThanOrEqual(1)
  for (const who of clients) {
    const outcome = await page.settle(who.refresh({ channel: name }))
    expect(outcome).toHaveProperty('value')
  }
  const [first, second] = clients.map((who) => who.getSnapshot(name))
  expect(first?.status).toBe(second?.status)
  expect(first?.session?.taskId).toBe(second?.session?.taskId)
  const ids = page.agora.liveTasks(name).map(({ taskId }) => taskId)
  if (first?.session) expect(ids).toContain(first.session.taskId)
  else if (api === 'v7') expect(ids).toEqual([])
}

const services: [string, FakeAgoraOptions][] = [
  ['nameDedup atomic', { nameDedup: 'atomic' }],
  ['nameDedup blind for 900 ms', { nameDedup: { blindForMs: 900 } }],
  ['nameDedup off', { nameDedup: 'off' }],
  ['nameReuse never', { nameReuse: 'never' }],
  ['nameReuse after 5 s', { nameReuse: { afterMs: 5_000 } }],
  ['no name in a query, no id in a 409', { queryName: false, conflictBody: 'none' }],
  ['slow to start and stop', { startingMs: 3_000, stoppingMs: 5_000, joinStatus: 'STARTING' }],
]

for (const [title, options] of services) {
  test(`v7, ${title}`, { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) =>
        play(steps, 'v7', options),
      ),
      { numRuns: RUNS, seed: 20_261_124 },
    )
  })
}

test('v6', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) =>
      play(steps, 'v6', {}),
    ),
    { numRuns: RUNS, seed: 20_261_124 },
  )
})
