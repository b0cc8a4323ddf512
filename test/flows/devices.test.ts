import { type ClaimStore, type SttClient, SttError, SupersededError } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { createDevices, type Devices } from '../simulation/createDevices.js'
import { errorFrom, valueFrom } from './openPage.js'

const channel = 'room'

const enableAll = async ({ clients, page }: Devices) => {
  const promises = clients.map((client) => client.enable({ channel }))
  return Promise.all(promises.map(async (promise) => page.settle(promise)))
}

const show = (clients: SttClient[]) => {
  for (const client of clients) client.subscribe(channel, () => {})
}

const statuses = (clients: SttClient[]) =>
  clients.map((client) => client.getSnapshot(channel).status)

const sentBy = (events: Devices['events'][number]) =>
  events.filter(({ type }) => type === 'request').length

for (const api of ['v7', 'v6'] as const) {
  const options = { api, count: 5, config: { transcription: {} } } as const

  test(`default: five devices enable at the same moment: one task, everyone enabled (${api})`, async () => {
    const devices = createDevices(options)
    const { page, clients, events } = devices
    show(clients)
    const outcomes = await enableAll(devices)
    const ids = new Set(outcomes.map((outcome) => valueFrom(outcome).taskId))
    expect(page.agora.startedTasks()).toBe(1)
    expect([...ids]).toEqual([page.agora.liveTasks()[0]?.taskId])
    expect(statuses(clients)).toEqual(clients.map(() => 'enabled'))
    expect(events.filter((own) => sentBy(own) > 0)).toHaveLength(1)
    const tokens = outcomes.map((outcome) => valueFrom(outcome).instanceToken)
    expect(tokens.filter(Boolean)).toHaveLength(api === 'v6' ? 1 : 0)
  })

  test(`default: what one device stops shows as disabled everywhere (${api})`, async () => {
    const devices = createDevices(options)
    const { page, clients } = devices
    show(clients)
    await enableAll(devices)
    await page.time.advance(5_000)
    const other = clients.find((client) => client.getSnapshot(channel).session?.origin === 'joined')
    valueFrom(await page.settle((other as SttClient).disable({ channel })))
    await page.time.advance(5_000)
    expect(page.agora.liveTasks()).toEqual([])
    expect(statuses(clients)).toEqual(clients.map(() => 'disabled'))
    for (const client of clients) expect(client.getSnapshot(channel).error).toBeNull()
  })

  test(`behaviour: all devices disable at the same moment: one stops, nobody waits for long, and nobody fails (${api})`, async () => {
    for (let first = 0; first < 3; first++) {
      const devices = createDevices({ ...options, count: 3 })
      const { page, clients } = devices
      show(clients)
      await enableAll(devices)
      await page.time.advance(5_000)
      const begunAt = page.time.now
      const order = [...clients.slice(first), ...clients.slice(0, first)]
      const stops = order.map((client) => client.disable({ channel }))
      for (const stop of stops) valueFrom(await page.settle(stop))
      expect(page.time.now - begunAt).toBeLessThan(10_000)
      await page.time.advance(5_000)
      expect(page.agora.liveTasks()).toEqual([])
      expect(page.agora.requests.filter(({ operation }) => operation === 'stop')).toHaveLength(1)
      expect(statuses(clients)).toEqual(clients.map(() => 'disabled'))
    }
  })

  test(`behaviour: a stop does not wait for an enable() of the device that started (${api})`, async () => {
    const devices = createDevices({ ...options, count: 2 })
    const { page, clients } = devices
    show(clients)
    await enableAll(devices)
    // Long enough for enable() to ask again.
    await page.time.advance(70_000)
    const isJoined = (client: SttClient) => client.getSnapshot(channel).session?.origin === 'joined'
    const starter = clients.find((client) => !isJoined(client)) as SttClient
    const other = clients.find(isJoined) as SttClient
    const begunAt = page.time.now
    const stop = other.disable({ channel })
    const start = starter.enable({ channel })
    valueFrom(await page.settle(stop))
    valueFrom(await page.settle(start))
    expect(page.time.now - begunAt).toBeLessThan(10_000)
    expect(page.agora.startedTasks()).toBe(2)
    expect(page.agora.liveTasks()).toHaveLength(1)
  })

  test(`behaviour: a starter that is gone before its request left is replaced (${api})`, async () => {
    const devices = createDevices({ ...options, count: 1 })
    const { page, addDevice, store } = devices
    const dead = addDevice({ fetch: () => new Promise(() => {}) })
    dead.enable({ channel })
    await page.time.advance(2_000)
    const [client] = devices.clients
    const session = valueFrom(await page.settle((client as SttClient).enable({ channel })))
    expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([session.taskId])
    expect(store.calls).toBeGreaterThan(0)
  })

  test(`behaviour: the store is down: devices start on the service's own de-duplication (${api})`, async () => {
    const devices = createDevices({ ...options, api: 'v7' })
    devices.store.isDown = true
    const outcomes = await enableAll(devices)
    for (const outcome of outcomes) valueFrom(outcome)
    expect(devices.page.agora.liveTasks()).toHaveLength(1)
  })

  test(`behaviour: a claim that the store tells of twice is followed and waited for as if once (${api})`, async () => {
    const { page, clients, store, addDevice } = createDevices({ ...options, count: 1 })
    const subscribe: ClaimStore['subscribe'] = (key, listener) =>
      store.subscribe(key, (claim) => {
        listener(claim)
        listener(claim)
      })
    const viewer = addDevice({ claims: { ...store, subscribe } })
    show([...clients, viewer])
    valueFrom(await page.settle((clients[0] as SttClient).enable({ channel })))
    await page.time.advance(5_000)
    expect(statuses([viewer])).toEqual(['enabled'])
    page.agora.failNext({ operation: 'stop', delayMs: 8_000 })
    valueFrom(await page.settle(viewer.disable({ channel })))
    expect(page.agora.liveTasks()).toEqual([])
  })
}

test("behaviour: another device's start and stop show while they last", async () => {
  const devices = createDevices({ count: 2 })
  const {
    page,
    clients: [first, second],
  } = devices as Devices & { clients: [SttClient, SttClient] }
  show([first, second])
  await page.time.advance(200)
  expect(statuses([first, second])).toEqual(['disabled', 'disabled'])
  page.agora.failNext({ operation: 'start', delayMs: 3_000 })
  first.enable({ channel })
  await page.time.advance(1_000)
  expect(statuses([first, second])).toEqual(['enabling', 'enabling'])
  await page.time.advance(3_000)
  expect(statuses([first, second])).toEqual(['enabled', 'enabled'])
  page.agora.failNext({ operation: 'stop', delayMs: 3_000 })
  second.disable({ channel })
  await page.time.advance(1_000)
  expect(statuses([first, second])).toEqual(['disabling', 'disabling'])
  await page.time.advance(20_000)
  expect(statuses([first, second])).toEqual(['disabled', 'disabled'])
})

test('behaviour: who enables later joins without a request and without a token', async () => {
  const devices = createDevices({ count: 1 })
  const { page, clients, addDevice, events } = devices
  valueFrom(await page.settle((clients[0] as SttClient).enable({ channel })))
  const viewer = addDevice({
    tokenProvider: () => {
      throw new Error('viewers get no token')
    },
  })
  const session = valueFrom(await page.settle(viewer.enable({ channel })))
  expect(session).toMatchObject({ origin: 'joined', transcription: { languages: ['en-US'] } })
  expect(sentBy(events[1] as never)).toBe(0)
})

test('behaviour: an old claim is checked once for a thousand joiners; a dead task is started anew', async () => {
  const devices = createDevices({ count: 1 })
  const { page, clients, addDevice, events } = devices
  const session = valueFrom(await page.settle((clients[0] as SttClient).enable({ channel })))
  await page.time.advance(120_000)
  const joiners = Array.from({ length: 20 }, () => addDevice())
  const promises = joiners.map((client) => client.enable({ channel }))
  for (const promise of promises) {
    expect(valueFrom(await page.settle(promise)).taskId).toBe(session.taskId)
  }
  expect(events.slice(1).reduce((sum, own) => sum + sentBy(own), 0)).toBe(1)
  await page.time.advance(120_000)
  page.agora.endTask(session.taskId as string)
  const late = joiners.map((client) => client.enable({ channel }))
  for (const promise of late) {
    expect(valueFrom(await page.settle(promise)).taskId).not.toBe(session.taskId)
  }
  expect(page.agora.liveTasks()).toHaveLength(1)
})

test('behaviour: enable() overtaken by a disable() of another device is superseded', async () => {
  const devices = createDevices({ count: 2 })
  const {
    page,
    clients: [first, second],
  } = devices as Devices & { clients: [SttClient, SttClient] }
  page.agora.failNext({ operation: 'start', delayMs: 2_000 })
  const enabling = first.enable({ channel })
  await page.time.advance(500)
  const disabling = second.disable({ channel })
  valueFrom(await page.settle(disabling))
  const outcome = await page.settle(enabling)
  if ('error' in outcome) expect(SupersededError.is(outcome.error)).toBe(true)
  await page.time.advance(10_000)
  expect(page.agora.liveTasks()).toEqual([])
  expect(first.getSnapshot(channel).status).toBe('disabled')
})

test("options: onClaimsUnavailable 'fail' sends nothing", async () => {
  const devices = createDevices({ count: 1, config: { onClaimsUnavailable: 'fail' } })
  devices.store.isDown = true
  const [client] = devices.clients
  const error = errorFrom(await devices.page.settle((client as SttClient).enable({ channel })))
  expect(error).toMatchObject({ code: 'claims_unavailable', outcome: 'not_sent' })
  expect(devices.page.agora.requests).toEqual([])
  expect(SttError.is(error)).toBe(true)
})

test('behaviour: refresh() stops nothing: what another device has started since is joined', async () => {
  const devices = createDevices({ count: 1, reach: 'page' })
  const {
    page,
    clients: [first],
  } = devices as Devices & { clients: [SttClient] }
  valueFrom(await page.settle(first.enable({ channel })))
  valueFrom(await page.settle(first.disable({ channel })))
  const other = page.createClient({ environment: page.time.environment() })
  await page.time.advance(5_000)
  const session = valueFrom(await page.settle(other.enable({ channel })))
  expect(valueFrom(await page.settle(first.refresh({ channel })))?.taskId).toBe(session.taskId)
  expect(page.agora.liveTasks()).toHaveLength(1)
})

test('behaviour: disable() of a device leaves a nameless stranger alone', async () => {
  const devices = createDevices({ count: 1, agora: { queryName: false } })
  const {
    page,
    clients: [first],
  } = devices as Devices & { clients: [SttClient] }
  const stranger = page.createClient({ environment: page.time.environment() })
  valueFrom(await page.settle(stranger.enable({ channel })))
  valueFrom(await page.settle(first.disable({ channel })))
  expect(page.agora.liveTasks()).toHaveLength(1)
})

test('behaviour: a session that the claim calls ended and the service too is not shown any more', async () => {
  const devices = createDevices({ count: 2 })
  const { page, store, clients } = devices
  const [first, second] = clients as [SttClient, SttClient]
  show(clients)
  valueFrom(await page.settle(first.enable({ channel })))
  store.losesNotices = true
  valueFrom(await page.settle(second.disable({ channel })))
  await page.time.advance(61_000)
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  errorFrom(await page.settle(first.enable({ channel })))
  expect(first.getSnapshot(channel)).toMatchObject({ status: 'disabled', session: null })
})

test('behaviour: whose task is dead joins the claimed one, though the first look failed', async () => {
  const devices = createDevices({ count: 1 })
  const { page, clients, store } = devices
  const [client] = clients as [SttClient]
  show(clients)
  const before = valueFrom(await page.settle(client.enable({ channel })))
  page.agora.endTask(before.taskId as string)
  const elsewhere = page.createClient({ environment: page.time.environment() })
  const after = valueFrom(await page.settle(elsewhere.enable({ channel })))
  await page.time.advance(5_000)
  page.agora.failNext({ operation: 'query', networkError: true })
  await store.put(
    { appId: page.agora.appId, channel },
    { v: 1, state: 'running', attempt: 'x', instanceId: channel, taskId: after.taskId },
  )
  await page.time.advance(40_000)
  expect(client.getSnapshot(channel).session?.taskId).toBe(after.taskId)
})
