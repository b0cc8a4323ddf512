import { expect, test } from 'vitest'
import { assertSpaced, enabled, errorFrom, openPage, reload, sent, valueFrom } from './openPage.js'

test('default: two channels and two clients share one gate', async () => {
  const page = openPage({ config: { transcription: {} } })
  const other = page.createClient()
  const begun = page.time.now
  const promises = [
    page.client.enable({ channel: 'one' }),
    other.enable({ channel: 'two' }),
    page.client.enable({ channel: 'three' }),
  ]
  await page.time.advance(0)
  const look = other.refresh({ channel: 'four' })
  for (const promise of [...promises, look]) valueFrom(await page.settle(promise))
  const at = page.agora.requests.map((request) => request.at - begun)
  expect(at.slice(0, 4)).toEqual([0, 1_000, 2_000, 3_000])
  expect(page.agora.requests.slice(0, 3).map(({ channel }) => channel)).toEqual([
    'one',
    'two',
    'three',
  ])
})

test('behaviour: everything the page sends is 1000 ms apart, faults and replays included', async () => {
  for (const api of ['v7', 'v6'] as const) {
    for (const latencyMs of [0, 400, 2_500]) {
      const page = openPage({ api, agora: { latencyMs }, config: { transcription: {} } })
      const other = page.createClient()
      const expired = { status: 401, body: { message: 'Token is expired' } }
      page.agora.failNext({ operation: 'start', ...expired })
      page.agora.failNext({ operation: 'start', dropResponse: true })
      page.agora.failNext({ operation: 'stop', ...expired })
      page.agora.failNext({ operation: 'stop', networkError: true })
      const promises: Promise<unknown>[] = []
      for (const channel of ['one', 'two', 'three']) {
        promises.push(page.client.enable({ channel }), other.refresh({ channel }))
      }
      await page.time.advance(7_000)
      for (const channel of ['one', 'two', 'three']) promises.push(other.disable({ channel }))
      for (const promise of promises)
        expect(await page.settle(promise)).not.toHaveProperty('pending')
      await page.time.advance(100_000)
      expect(page.agora.requests.length).toBeGreaterThan(8)
      assertSpaced(page.agora.requests.map(({ at }) => at))
      assertSpaced(page.events.flatMap((event) => (event.type === 'request' ? [event.at] : [])))
      expect(page.agora.liveTasks()).toEqual([])
    }
  }
})

test("behaviour: users' operations go before look-ups", async () => {
  const page = openPage()
  await enabled(page, 'first')
  const look = page.client.refresh({ channel: 'looked-at' })
  await page.time.advance(0)
  const operation = page.client.enable({ channel: 'second' })
  valueFrom(await page.settle(operation))
  valueFrom(await page.settle(look))
  expect(sent(page).slice(0, 3)).toEqual(['start', 'start', 'list'])
})

test('behaviour: a look waits at most 3 s more than its turn', async () => {
  const page = openPage()
  const begun = page.time.now
  const operations = [page.client.enable({ channel: 'channel-0' })]
  await page.time.advance(0)
  const look = page.client.refresh({ channel: 'looked-at' })
  await page.time.advance(0)
  for (let index = 1; index < 20; index++) {
    operations.push(page.client.enable({ channel: `channel-${index}` }))
  }
  for (const promise of operations) valueFrom(await page.settle(promise))
  valueFrom(await page.settle(look))
  const lists = page.agora.requests.filter(({ operation }) => operation === 'list')
  // Its own turn would have been at 1 s.
  expect((lists[0]?.at ?? 0) - begun).toBeLessThanOrEqual(4_000)
  expect((lists[0]?.at ?? 0) - begun).toBeGreaterThan(2_000)
})

test('behaviour: a call whose provider failed takes no turn', async () => {
  const page = openPage()
  const begun = page.time.now
  const failing = page.client.enable({
    channel: 'one',
    tokenProvider: () => {
      throw new Error('offline')
    },
  })
  const second = page.client.enable({ channel: 'two' })
  errorFrom(await page.settle(failing, 0))
  valueFrom(await page.settle(second, 0))
  expect(page.agora.requests.map(({ at }) => at - begun)).toEqual([0])
})

test('behaviour: a slow provider holds nobody else up', async () => {
  const page = openPage()
  const slow = page.client.enable({
    channel: 'one',
    tokenProvider: async (request) => {
      await new Promise<void>((resolve) => page.time.setTimeout(resolve, 5_000))
      return page.agora.mintToken(request)
    },
  })
  const quick = page.client.enable({ channel: 'two' })
  valueFrom(await page.settle(quick, 500))
  valueFrom(await page.settle(slow))
  expect(page.agora.requests.map(({ channel }) => channel)).toEqual(['two', 'one'])
})

test('options: minIntervalMs 0', async () => {
  const page = openPage({ config: { minIntervalMs: 0 } })
  const begun = page.time.now
  for (const channel of ['one', 'two', 'three']) await enabled(page, channel)
  valueFrom(await page.settle(page.client.disable({ channel: 'two' })))
  expect(page.agora.requests.map(({ at }) => at - begun)).toEqual([0, 0, 0, 0])
})

test('options: a longer minIntervalMs', async () => {
  const page = openPage({ config: { minIntervalMs: 2_500 } })
  const begun = page.time.now
  const promises = ['one', 'two', 'three'].map((channel) => page.client.enable({ channel }))
  for (const promise of promises) valueFrom(await page.settle(promise))
  expect(page.agora.requests.map(({ at }) => at - begun)).toEqual([0, 2_500, 5_000])
})

for (const jump of [-3 * 3_600_000, -500, 500, 3 * 3_600_000]) {
  test(`behaviour: a clock that jumps by ${jump} ms changes nothing`, async () => {
    const page = openPage()
    let offset = 0
    const client = page.createClient({
      environment: { ...page.time.environment(), now: () => page.time.now + offset },
    })
    const begun = page.time.now
    const promises = ['one', 'two', 'three', 'four'].map((channel) => client.enable({ channel }))
    await page.time.advance(1_500)
    offset = jump
    await page.time.advance(1_000)
    offset = -jump
    for (const promise of promises) valueFrom(await page.settle(promise))
    const at = page.agora.requests.map((request) => request.at - begun)
    expect(at).toHaveLength(4)
    for (const [index, moment] of at.entries()) {
      expect(moment - index * 1_000).toBeGreaterThanOrEqual(0)
      expect(moment - index * 1_000).toBeLessThanOrEqual(20)
    }
    expect(valueFrom(await page.settle(client.enable({ channel: 'one' })))).toMatchObject({
      origin: 'started',
    })
    expect(page.agora.requests).toHaveLength(4)
    for (const channel of ['one', 'two', 'three', 'four']) {
      valueFrom(await page.settle(client.disable({ channel })))
    }
    expect(page.agora.liveTasks()).toEqual([])
  })
}

test('behaviour: timers that fire early send nothing early', async () => {
  const page = openPage()
  const environment = page.time.environment()
  const client = page.createClient({
    environment: {
      ...environment,
      setTimeout: (callback, delayMs) =>
        environment.setTimeout(callback, delayMs > 3 ? delayMs - 3 : delayMs),
    },
  })
  const promises = ['one', 'two', 'three'].map((channel) => client.enable({ channel }))
  for (const promise of promises) valueFrom(await page.settle(promise))
  assertSpaced(page.agora.requests.map(({ at }) => at))
})

test('behaviour: an onEvent that calls the client again sends nothing early', async () => {
  const page = openPage()
  const clients: ReturnType<typeof page.createClient>[] = []
  let calls = 0
  const client = page.createClient({
    environment: page.time.environment(),
    onEvent: (event) => {
      if (event.type !== 'request' || calls >= 5) return
      calls += 1
      clients[0]?.enable({ channel: `again-${calls}` })
    },
  })
  clients.push(client)
  valueFrom(await page.settle(client.enable({ channel: 'room' })))
  await page.time.advance(20_000)
  expect(page.agora.requests).toHaveLength(6)
  assertSpaced(page.agora.requests.map(({ at }) => at))
})

test('behaviour: the time-out counts from the send, not from the queue', async () => {
  const page = openPage({ config: { requestTimeoutMs: 2_000 }, agora: { latencyMs: 1_500 } })
  const promises = ['one', 'two', 'three', 'four', 'five'].map((channel) =>
    page.client.enable({ channel }),
  )
  for (const promise of promises) valueFrom(await page.settle(promise))
})

test('behaviour: other apps have gates of their own', async () => {
  const page = openPage()
  const begun = page.time.now
  const appId = '0123456789abcdef0123456789abcdef'
  const urls: number[] = []
  const other = page.createClient({
    appId,
    fetch: async () => {
      urls.push(page.time.now - begun)
      return new Response('{"agent_id":"x","create_ts":1,"status":"RUNNING"}')
    },
  })
  const first = page.client.enable({ channel: 'room' })
  const second = other.enable({ channel: 'room' })
  valueFrom(await page.settle(first))
  expect(valueFrom(await page.settle(second)).taskId).toBe('x')
  expect(urls).toEqual([0])
})

test('behaviour: another device has a gate of its own', async () => {
  const page = openPage({ config: { minIntervalMs: 1_000 } })
  const begun = page.time.now
  const promises = [page.client, reload(page)].map((client) => client.enable({ channel: 'room' }))
  const sessions = []
  for (const promise of promises) sessions.push(valueFrom(await page.settle(promise)))
  expect(page.agora.requests[1]?.at).toBe(begun)
  expect(page.agora.startedTasks()).toBe(1)
  expect(sessions[0]?.taskId).toBe(sessions[1]?.taskId)
})
