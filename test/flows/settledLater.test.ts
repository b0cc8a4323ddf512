import type { ClaimStore, SttClient } from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import { createDevices, type Devices, type Power } from '../simulation/createDevices.js'
import { createPage } from '../simulation/createPage.js'
import {
  channel,
  claimed,
  keyOf,
  liveIds,
  type OpenedDevices,
  openDevices as open,
} from './openDevices.js'
import { errorFrom, valueFrom } from './openPage.js'

/** What is sent while the work is done. */
async function sentDuring({ page }: Devices, work: () => Promise<unknown>): Promise<string[]> {
  const before = page.agora.requests.length
  await work()
  return page.agora.requests.slice(before).map(({ operation }) => operation)
}

const crash = ({ powers }: Devices, device: number) => {
  const power = powers[device] as Power
  power.isOff = true
}

/** A device that shares no claims starts a task of the channel; its id. */
async function startElsewhere({ page }: Devices): Promise<string> {
  const elsewhere = page.createClient({ environment: page.time.environment() })
  return valueFrom(await page.settle(elsewhere.enable({ channel }))).taskId as string
}

describe('a session that was found gone is not shown again', () => {
  for (const [title, fault] of [
    ['start is refused', { operation: 'start', status: 400, body: { message: 'no' } }],
    ['start gets no answer', { operation: 'start', networkError: true }],
  ] as const) {
    test(`behaviour: enable() finishes the \`stopping\` that another left, then its own ${title}`, async () => {
      const devices = open()
      const { page, first, second, powers } = devices
      valueFrom(await page.settle(first.enable({ channel })))
      await page.time.advance(2_000)
      Object.assign(powers[1] as Power, { crashAtWrite: { count: 2, when: 'before' } })
      second.disable({ channel })
      await page.time.advance(6_000)
      expect(powers[1]?.isOff).toBe(true)
      expect(liveIds(devices)).toEqual([])
      page.agora.failNext(fault)
      // Nobody has to be asked about a task that this page has just stopped.
      page.agora.failNext({ operation: 'query', networkError: true, times: 9 })
      const statuses: unknown[] = []
      const error = errorFrom(await page.settle(first.enable({ channel })))
      first.subscribe(channel, () => statuses.push(first.getSnapshot(channel).status))
      expect(first.getSnapshot(channel)).toMatchObject({ status: 'disabled', session: null, error })
      await page.time.advance(120_000)
      expect(statuses).not.toContain('enabled')
      expect(first.getSnapshot(channel).status).toBe('disabled')
    })
  }
})

describe('a started task whose claim cannot be settled', () => {
  for (const isOtherAlive of [true, false]) {
    test(`behaviour: nobody says whether the claimed one lives: the session is kept, then ${isOtherAlive ? 'gives way' : 'is claimed'}`, async () => {
      const devices = open({ agora: { nameDedup: 'off' } })
      const { page, first, store } = devices
      const other = await startElsewhere(devices)
      await page.time.advance(2_000)
      page.agora.failNext({ operation: 'start', delayMs: 3_000 })
      const starting = first.enable({ channel })
      await page.time.advance(1_000)
      const claim = { v: 1, attempt: 'x', instanceId: channel, taskId: other }
      await store.put(keyOf(devices), { ...claim, state: 'checking' })
      page.agora.failNext({ operation: 'query', networkError: true })
      const { taskId: mine } = valueFrom(await page.settle(starting))
      expect(liveIds(devices)).toEqual([other, mine])
      expect(first.getSnapshot(channel)).toMatchObject({
        status: 'enabled',
        session: { taskId: mine },
      })
      if (!isOtherAlive) page.agora.endTask(other)
      await page.time.advance(40_000)
      const taskId = isOtherAlive ? other : mine
      expect(liveIds(devices)).toEqual([taskId])
      expect(await claimed(devices)).toMatchObject({ state: 'running', taskId })
      for (const client of devices.clients) {
        expect(client.getSnapshot(channel)).toMatchObject({
          status: 'enabled',
          session: { taskId },
        })
      }
    })
  }
})

describe('a joined page sees `starting` of a device that is gone', () => {
  /** One who joined, and a claim that nobody carries out. */
  async function leaveStarting(devices: OpenedDevices): Promise<string> {
    const { page, first, second, store } = devices
    const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
    await page.time.advance(2_000)
    expect(second.getSnapshot(channel).session).toMatchObject({ origin: 'joined', taskId })
    crash(devices, 0)
    await store.put(keyOf(devices), {
      v: 1,
      state: 'starting',
      attempt: 'x',
      instanceId: channel,
    })
    await page.time.advance(2_000)
    expect(second.getSnapshot(channel).status).toBe('enabling')
    return taskId as string
  }

  test('behaviour: past the limit it asks once and claims the task, which lives, again', async () => {
    const devices = open()
    const { page, second } = devices
    const taskId = await leaveStarting(devices)
    expect(await sentDuring(devices, () => page.time.advance(25_000))).toEqual([])
    expect(await sentDuring(devices, () => page.time.advance(40_000))).toEqual(['query'])
    expect(await claimed(devices)).toMatchObject({ state: 'running', taskId })
    expect(second.getSnapshot(channel)).toMatchObject({ status: 'enabled', session: { taskId } })
    const late = devices.addDevice()
    expect(valueFrom(await page.settle(late.enable({ channel }))).taskId).toBe(taskId)
    expect(page.agora.startedTasks(channel)).toBe(1)
  })

  test('behaviour: past the limit it shows disabled where the task is dead', async () => {
    const devices = open()
    const { page, second } = devices
    page.agora.endTask(await leaveStarting(devices))
    expect(await sentDuring(devices, () => page.time.advance(65_000))).toEqual(['query'])
    expect(second.getSnapshot(channel)).toMatchObject({ status: 'disabled', session: null })
  })
})

test('behaviour: a minute after the start the list misses the task, which has ended: everybody is told', async () => {
  const devices = open()
  const { page, first, second } = devices
  const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
  await page.time.advance(10_000)
  page.agora.endTask(taskId as string)
  expect(first.getSnapshot(channel).status).toBe('enabled')
  await page.time.advance(60_000)
  expect(await claimed(devices)).toMatchObject({ state: 'ended', by: 'gone', taskId })
  for (const client of [first, second]) {
    const { status, session, error } = client.getSnapshot(channel)
    expect({ status, session }).toEqual({ status: 'disabled', session: null })
    expect(error?.code).toBe('session_ended')
  }
})

/** Whose start nobody answered looks again half a minute later. */
for (const [title, unanswered] of [
  ['the later one has', [1]],
  ['the earlier one has', [0]],
  ['both have, the later one first,', [1, 0]],
  ['both have, the earlier one first,', [0, 1]],
] as const) {
  test(`behaviour: of two devices that share no claims ${title} an unanswered start: both stay with the oldest task`, async () => {
    const page = createPage({ agora: { nameDedup: 'off', listLagMs: 5_000 } })
    const clients = [0, 1].map(() => page.createClient({ environment: page.time.environment() }))
    for (const client of clients) client.subscribe(channel, () => {})
    for (const device of unanswered) {
      page.agora.failNext({ operation: 'start', networkError: true })
      errorFrom(await page.settle((clients[device] as SttClient).enable({ channel })))
    }
    await page.time.advance(1_000)
    for (const client of clients) {
      valueFrom(await page.settle(client.enable({ channel })))
      await page.time.advance(1_500)
    }
    const [oldest] = liveIds({ page })
    expect(page.agora.liveTasks(channel)).toHaveLength(2)
    for (let ms = 0; ms < 120_000; ms += 500) {
      await page.time.advance(500)
      expect(liveIds({ page }), `after ${ms} ms`).toContain(oldest)
    }
    expect(liveIds({ page })).toEqual([oldest])
    // A page that nobody tells anything learns by asking.
    for (const client of clients) {
      const session = valueFrom(await page.settle(client.refresh({ channel })))
      expect(session?.taskId).toBe(oldest)
      expect(client.getSnapshot(channel).status).toBe('enabled')
    }
  })
}

test("behaviour: a late notice of an older write of the page's own is ignored: nothing is asked because of it", async () => {
  const devices = createDevices({ count: 0 })
  const { page, store } = devices
  const subscribe: ClaimStore['subscribe'] = (key, listener) =>
    store.subscribe(key, (claim) => {
      page.time.setTimeout(() => listener(claim), 2_000)
    })
  const client = devices.addDevice({ claims: { ...store, subscribe } })
  client.subscribe(channel, () => {})
  const sent = await sentDuring(devices, async () => {
    valueFrom(await page.settle(client.enable({ channel })))
    await page.time.advance(40_000)
  })
  expect(sent).toEqual(['start'])
  expect(client.getSnapshot(channel).status).toBe('enabled')
})

for (const queryName of [true, false]) {
  test(`behaviour: a task of the second name is stopped by another device right after its start, though the list lags (name in a query: ${queryName})`, async () => {
    const devices = open({ agora: { nameReuse: 'never', listLagMs: 5_000, queryName } })
    const { page, first, second } = devices
    valueFrom(await page.settle(first.enable({ channel })))
    await page.time.advance(10_000)
    valueFrom(await page.settle(first.disable({ channel })))
    await page.time.advance(10_000)
    const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
    expect(page.agora.liveTasks(channel)).toMatchObject([
      { taskId, name: expect.stringMatching(/^room-/) },
    ])
    valueFrom(await page.settle(second.disable({ channel })))
    expect(liveIds(devices)).toEqual([])
    await page.time.advance(120_000)
    expect(liveIds(devices)).toEqual([])
    for (const client of [first, second]) {
      expect(client.getSnapshot(channel).status).toBe('disabled')
    }
  })
}
