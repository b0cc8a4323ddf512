import type { SttClient } from 'react-realtime-stt/core'
import type { FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { createDevices, type Devices, type DevicesOptions } from '../simulation/createDevices.js'
import { errorFrom, valueFrom } from './openPage.js'

const channel = 'room'

interface Opened extends Devices {
  first: SttClient
  second: SttClient
}

function open(agora: FakeAgoraOptions = {}, more: Partial<DevicesOptions> = {}): Opened {
  const devices = createDevices({ count: 2, agora, ...more })
  const [first, second] = devices.clients as [SttClient, SttClient]
  for (const client of devices.clients) client.subscribe(channel, () => {})
  return { ...devices, first, second }
}

/** What was sent to the service since the one start. */
const sentAfterStart = ({ page }: Devices) => {
  const operations = page.agora.requests.map(({ operation }) => operation)
  return operations.slice(operations.indexOf('start') + 1)
}

/** A device's decisions, with what they are about. */
const decisions = ({ events }: Devices, device: number) =>
  (events[device] ?? []).flatMap((event) =>
    event.type === 'decision'
      ? [[event.decision, event.claim ?? event.code].filter(Boolean).join(' ')]
      : [],
  )

/** What is true when everything has come to rest: at most one task, and every device that is there shows it. */
async function assertRest({ page, clients, powers }: Devices, status: string): Promise<void> {
  await page.time.advance(120_000)
  const live = page.agora.liveTasks(channel)
  expect(live).toHaveLength(status === 'enabled' ? 1 : 0)
  for (const [index, client] of clients.entries()) {
    if (powers[index]?.isOff) continue
    const snapshot = client.getSnapshot(channel)
    expect(snapshot.status, `device ${index}`).toBe(status)
    expect(snapshot.session?.taskId).toBe(live[0]?.taskId)
  }
}

for (const nameDedup of ['atomic', 'off'] as const) {
  test(`behaviour: a start that arrives 40 s late, de-duplication ${nameDedup}`, async () => {
    const devices = open({ nameDedup })
    const { page, first, second } = devices
    page.agora.failNext({ operation: 'start', delayMs: 40_000, when: 'before' })
    const starting = first.enable({ channel })
    await page.time.advance(1_000)
    valueFrom(await page.settle(second.enable({ channel })))
    await page.settle(starting)
    await assertRest(devices, 'enabled')
  })
}

test('behaviour: a list that lags hides the task of an unanswered start', async () => {
  const devices = open({ listLagMs: 5_000 })
  const { page, first, second } = devices
  page.agora.failNext({ operation: 'start', dropResponse: true })
  const starting = first.enable({ channel })
  await page.time.advance(1_000)
  const joining = second.enable({ channel })
  errorFrom(await page.settle(starting))
  valueFrom(await page.settle(joining))
  expect(page.agora.startedTasks()).toBe(1)
  await assertRest(devices, 'enabled')
})

test('behaviour: a spent name gets the next one, the same on every device', async () => {
  const devices = open({ nameReuse: 'never' })
  const { page, first, second } = devices
  const before = valueFrom(await page.settle(first.enable({ channel })))
  await page.time.advance(5_000)
  valueFrom(await page.settle(second.disable({ channel })))
  await page.time.advance(5_000)
  const again = [first.enable({ channel }), second.enable({ channel })]
  for (const promise of again) {
    expect(valueFrom(await page.settle(promise)).taskId).not.toBe(before.taskId)
  }
  expect(page.agora.startedTasks()).toBe(2)
  await assertRest(devices, 'enabled')
})

for (const when of ['before', 'after'] as const) {
  for (const [count, state] of [
    [1, 'starting'],
    [2, 'running'],
  ] as const) {
    test(`behaviour: the starter crashes ${when} the write of \`${state}\``, async () => {
      const devices = open()
      const { page, first, second, powers } = devices
      Object.assign(powers[0] as object, { crashAtWrite: { count, when } })
      first.enable({ channel })
      await page.time.advance(500)
      valueFrom(await page.settle(second.enable({ channel })))
      expect(powers[0]?.isOff).toBe(true)
      expect(page.agora.startedTasks()).toBe(1)
      await assertRest(devices, 'enabled')
    })
  }
}

for (const when of ['before', 'after'] as const) {
  for (const [count, state] of [
    [1, 'stopping'],
    [2, 'ended'],
  ] as const) {
    test(`behaviour: the stopper crashes ${when} the write of \`${state}\``, async () => {
      const devices = open()
      const { page, first, second, powers } = devices
      valueFrom(await page.settle(first.enable({ channel })))
      Object.assign(powers[1] as object, { crashAtWrite: { count, when } })
      second.disable({ channel })
      await page.time.advance(10_000)
      expect(powers[1]?.isOff).toBe(true)
      await assertRest(devices, when === 'before' && count === 1 ? 'enabled' : 'disabled')
    })
  }
}

for (const when of ['before', 'after'] as const) {
  for (const [count, state] of [
    [1, 'checking'],
    [2, 'running'],
  ] as const) {
    test(`behaviour: who checks an old claim crashes ${when} the write of \`${state}\`: the task is found alive`, async () => {
      const devices = open()
      const { page, first, second, powers } = devices
      const before = valueFrom(await page.settle(first.enable({ channel })))
      await page.time.advance(120_000)
      Object.assign(powers[1] as object, { crashAtWrite: { count, when } })
      second.enable({ channel })
      await page.time.advance(5_000)
      expect(powers[1]?.isOff).toBe(true)
      const late = devices.addDevice()
      expect(valueFrom(await page.settle(late.enable({ channel }))).taskId).toBe(before.taskId)
      expect(page.agora.startedTasks()).toBe(1)
      await assertRest(devices, 'enabled')
    })
  }

  for (const [count, state] of [
    [1, 'checking'],
    [2, 'ended'],
  ] as const) {
    test(`behaviour: who checks a dead claim crashes ${when} the write of \`${state}\`: one start follows`, async () => {
      const devices = open()
      const { page, first, second, powers } = devices
      const before = valueFrom(await page.settle(first.enable({ channel })))
      ;(powers[0] as { isOff: boolean }).isOff = true
      page.agora.endTask(before.taskId as string)
      await page.time.advance(120_000)
      Object.assign(powers[1] as object, { crashAtWrite: { count, when } })
      second.enable({ channel })
      await page.time.advance(5_000)
      expect(powers[1]?.isOff).toBe(true)
      const late = [devices.addDevice(), devices.addDevice()]
      const sessions = late.map((client) => client.enable({ channel }))
      for (const promise of sessions) {
        expect(valueFrom(await page.settle(promise)).taskId).not.toBe(before.taskId)
      }
      expect(page.agora.startedTasks()).toBe(2)
      await assertRest(devices, 'enabled')
    })
  }

  test(`behaviour: the starter crashes ${when} the write of \`ended\` for a start that was refused`, async () => {
    const devices = open()
    const { page, first, second, powers } = devices
    Object.assign(powers[0] as object, { crashAtWrite: { count: 2, when } })
    page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
    first.enable({ channel })
    await page.time.advance(2_000)
    expect(powers[0]?.isOff).toBe(true)
    valueFrom(await page.settle(second.enable({ channel })))
    expect(page.agora.startedTasks()).toBe(1)
    expect(decisions(devices, 1).includes('took_over starting')).toBe(when === 'before')
    await assertRest(devices, 'enabled')
  })
}

test('behaviour: the answer to the start is lost: the task is found and claimed', async () => {
  const devices = open()
  const { page, first, second } = devices
  page.agora.failNext({ operation: 'start', dropResponse: true })
  const both = [first.enable({ channel }), second.enable({ channel })]
  for (const promise of both) valueFrom(await page.settle(promise))
  expect(page.agora.startedTasks()).toBe(1)
  await assertRest(devices, 'enabled')
})

test('behaviour: the answer to the stop is lost: it is asked for, and not repeated', async () => {
  const devices = open()
  const { page, first, second } = devices
  valueFrom(await page.settle(first.enable({ channel })))
  page.agora.failNext({ operation: 'stop', dropResponse: true })
  valueFrom(await page.settle(second.disable({ channel })))
  expect(sentAfterStart(devices)).toEqual(['list', 'list', 'query', 'stop', 'query'])
  await assertRest(devices, 'disabled')
})

for (const nameDedup of ['atomic', 'off'] as const) {
  test(`behaviour: a \`starting\` whose writer is gone is taken over, and what it started is joined, de-duplication ${nameDedup}`, async () => {
    const devices = open({ nameDedup })
    const { page, first, second, powers } = devices
    page.agora.failNext({ operation: 'start', delayMs: 2_000 })
    first.enable({ channel })
    await page.time.advance(1_000)
    ;(powers[0] as { isOff: boolean }).isOff = true
    const session = valueFrom(await page.settle(second.enable({ channel })))
    expect(session.origin).toBe('joined')
    expect(page.agora.startedTasks()).toBe(1)
    expect(devices.events[1]).toContainEqual(
      expect.objectContaining({ decision: 'took_over', claim: 'starting' }),
    )
    await assertRest(devices, 'enabled')
  })
}

test('behaviour: a start whose claim is lost while it waits for its turn is not sent', async () => {
  const devices = open({ nameDedup: 'off' })
  const { page, first, store } = devices
  await page.time.advance(1_000)
  first.enable({ channel: 'another' })
  await page.time.advance(400)
  const starting = first.enable({ channel })
  const claims = () => decisions(devices, 0).filter((one) => one === 'claimed starting').length
  for (let ms = 0; ms < 900 && claims() < 2; ms += 20) await page.time.advance(20)
  expect(claims()).toBe(2)
  expect(page.agora.startedTasks()).toBe(1)
  await store.put(
    { appId: page.agora.appId, channel },
    { v: 1, state: 'starting', attempt: 'x', instanceId: channel },
  )
  await page.time.advance(10_000)
  expect(page.agora.startedTasks('another')).toBe(1)
  expect(page.agora.startedTasks(channel)).toBe(0)
  expect(decisions(devices, 0)).toContain('waiting starting')
  valueFrom(await page.settle(starting))
  expect(page.agora.startedTasks(channel)).toBe(1)
})

test('behaviour: a start that a device slept over is not sent: its claim is too old', async () => {
  const { page, store, addDevice } = createDevices({ count: 0, agora: { nameDedup: 'off' } })
  let sleptMs = 0
  const environment = page.time.environment()
  const monotonicNow = () => environment.monotonicNow() + sleptMs
  const sleeper = page.createClient({
    claims: store,
    environment: { ...environment, monotonicNow },
  })
  sleeper.enable({ channel: 'another' })
  await page.time.advance(400)
  const starting = sleeper.enable({ channel })
  await page.time.advance(400)
  expect(page.agora.startedTasks('another')).toBe(1)
  sleptMs = 20_000
  store.losesNotices = true
  await page.time.advance(2_000)
  expect(page.agora.startedTasks(channel)).toBe(0)
  const joined = valueFrom(await page.settle(addDevice().enable({ channel })))
  await page.settle(starting)
  expect(page.agora.startedTasks(channel)).toBe(1)
  expect(page.agora.liveTasks(channel)[0]?.taskId).toBe(joined.taskId)
})

test('behaviour: a `stopping` whose writer is gone is finished before anything starts', async () => {
  const devices = open()
  const { page, first, second, powers } = devices
  const before = valueFrom(await page.settle(first.enable({ channel })))
  page.agora.failNext({ operation: 'stop', delayMs: 5_000, when: 'before' })
  first.disable({ channel })
  await page.time.advance(2_000)
  ;(powers[0] as { isOff: boolean }).isOff = true
  const session = valueFrom(await page.settle(second.enable({ channel })))
  expect(session.taskId).not.toBe(before.taskId)
  expect(decisions(devices, 1)).toContain('took_over stopping')
  await assertRest(devices, 'enabled')
})

test('behaviour: refused after a take-over: what may still come of the first start is looked for', async () => {
  const devices = open()
  const { page, first, second, powers } = devices
  page.agora.failNext({ operation: 'start', delayMs: 50_000, when: 'before' })
  first.enable({ channel })
  await page.time.advance(1_000)
  ;(powers[0] as { isOff: boolean }).isOff = true
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  errorFrom(await page.settle(second.enable({ channel })))
  await page.time.advance(60_000)
  valueFrom(await page.settle(second.enable({ channel })))
  expect(page.agora.startedTasks()).toBe(1)
  await assertRest(devices, 'enabled')
})

test('behaviour: disable() of another device in between wins over the start under way', async () => {
  const devices = open()
  const { page, first, second } = devices
  page.agora.failNext({ operation: 'start', delayMs: 3_000 })
  first.enable({ channel })
  await page.time.advance(1_000)
  valueFrom(await page.settle(second.disable({ channel })))
  await assertRest(devices, 'disabled')
})

test('behaviour: enable() after the disable() of another device starts anew', async () => {
  const devices = open({ stoppingMs: 3_000 })
  const { page, first, second } = devices
  const before = valueFrom(await page.settle(first.enable({ channel })))
  const disabling = second.disable({ channel })
  await page.time.advance(1_000)
  const session = valueFrom(await page.settle(first.enable({ channel })))
  valueFrom(await page.settle(disabling))
  expect(session.taskId).not.toBe(before.taskId)
  await assertRest(devices, 'enabled')
})

for (const [title, fault] of [
  ['rejected', 'applied'],
  ['timed out', 'appliedHangs'],
] as const) {
  for (const [state, count] of [
    ['starting', 1],
    ['running', 2],
  ] as const) {
    test(`behaviour: a write of \`${state}\` that was applied though it ${title} counts`, async () => {
      const devices = open()
      const { page, first, second, store } = devices
      await page.time.advance(1_000)
      for (let index = 1; index < count; index++) store.writeFaults.push('slow')
      store.writeFaults.push(fault)
      const both = [first.enable({ channel }), second.enable({ channel })]
      for (const promise of both) valueFrom(await page.settle(promise))
      expect(store.writeFaults).toEqual([])
      expect(page.agora.startedTasks()).toBe(1)
      await assertRest(devices, 'enabled')
    })
  }

  for (const [state, count] of [
    ['stopping', 1],
    ['ended', 2],
  ] as const) {
    test(`behaviour: a write of \`${state}\` that was applied though it ${title} counts`, async () => {
      const devices = open()
      const { page, first, second, store } = devices
      valueFrom(await page.settle(first.enable({ channel })))
      for (let index = 1; index < count; index++) store.writeFaults.push('slow')
      store.writeFaults.push(fault)
      valueFrom(await page.settle(second.disable({ channel })))
      expect(store.writeFaults).toEqual([])
      expect(sentAfterStart(devices).filter((operation) => operation === 'stop')).toHaveLength(1)
      await assertRest(devices, 'disabled')
    })
  }
}

test('behaviour: a write that was applied though its answer was lost counts', async () => {
  const devices = open()
  const { page, first, second, store } = devices
  await page.time.advance(1_000)
  store.faults.push('slow', 'slow', 'applied')
  const both = [first.enable({ channel }), second.enable({ channel })]
  for (const promise of both) valueFrom(await page.settle(promise))
  expect(page.agora.startedTasks()).toBe(1)
  await assertRest(devices, 'enabled')
})

test('behaviour: a write that hangs is given up after 3 s and read again', async () => {
  const devices = open()
  const { page, first, store } = devices
  await page.time.advance(1_000)
  store.faults.push('slow', 'slow', 'hangs')
  valueFrom(await page.settle(first.enable({ channel })))
  await assertRest(devices, 'enabled')
})
