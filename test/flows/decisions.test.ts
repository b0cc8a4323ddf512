import type { SttClient, SttEvent } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { createDevices, type Devices, type DevicesOptions } from '../simulation/createDevices.js'
import { errorFrom, valueFrom } from './openPage.js'

const channel = 'room'

type Decision = Extract<SttEvent, { type: 'decision' }>

/** Two devices, and what each has decided since it was asked last. */
function open(options: Partial<DevicesOptions> = {}) {
  const devices: Devices = createDevices({ count: 2, ...options })
  const [first, second] = devices.clients as [SttClient, SttClient]
  for (const client of devices.clients) client.subscribe(channel, () => {})
  const told = (device: number): Partial<Decision>[] => {
    const events = devices.events[device]?.splice(0) ?? []
    return events.flatMap((event) => {
      if (event.type !== 'decision') return []
      const { decision, claim, code, taskId } = event
      return [
        { decision, ...(claim && { claim }), ...(code && { code }), ...(taskId && { taskId }) },
      ]
    })
  }
  const crash = (device: number) => {
    const power = devices.powers[device]
    if (power) power.isOff = true
  }
  return { ...devices, first, second, told, crash }
}

test('default: who claimed, who waits and who joined', async () => {
  const { page, first, second, told } = open()
  page.agora.failNext({ operation: 'start', delayMs: 2_000 })
  const starting = first.enable({ channel })
  await page.time.advance(1_500)
  const joining = second.enable({ channel })
  const { taskId } = valueFrom(await page.settle(starting))
  valueFrom(await page.settle(joining))
  expect(told(0)).toEqual([
    { decision: 'began' },
    { decision: 'claimed', claim: 'starting' },
    { decision: 'started', taskId },
  ])
  expect(told(1)).toEqual([
    { decision: 'began' },
    { decision: 'waiting', claim: 'starting' },
    { decision: 'joined', taskId },
  ])
})

test('default: who stops, and who waits for that', async () => {
  const { page, first, second, told } = open()
  const before = valueFrom(await page.settle(first.enable({ channel })))
  await page.time.advance(5_000)
  told(0)
  told(1)
  page.agora.failNext({ operation: 'stop', delayMs: 3_000 })
  const stopping = second.disable({ channel })
  await page.time.advance(4_500)
  const starting = first.enable({ channel })
  valueFrom(await page.settle(stopping))
  const after = valueFrom(await page.settle(starting))
  expect(told(1).slice(0, 3)).toEqual([
    { decision: 'began' },
    { decision: 'claimed', claim: 'stopping' },
    { decision: 'stopped', taskId: before.taskId },
  ])
  expect(told(0)).toEqual([
    { decision: 'began' },
    { decision: 'waiting', claim: 'stopping' },
    { decision: 'ended', taskId: before.taskId },
    { decision: 'claimed', claim: 'starting' },
    { decision: 'started', taskId: after.taskId },
  ])
})

test('behaviour: who checks an old claim, and what came of it', async () => {
  const { page, first, second, told } = open()
  const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
  await page.time.advance(120_000)
  told(1)
  page.agora.endTask(taskId as string)
  const { taskId: next } = valueFrom(await page.settle(second.enable({ channel })))
  expect(told(1)).toEqual([
    { decision: 'began' },
    { decision: 'claimed', claim: 'checking' },
    { decision: 'ended', taskId },
    { decision: 'claimed', claim: 'starting' },
    { decision: 'started', taskId: next },
  ])
})

test('behaviour: who takes over, and from what', async () => {
  const { page, first, second, told, crash } = open()
  page.agora.failNext({ operation: 'start', delayMs: 3_000 })
  first.enable({ channel })
  await page.time.advance(1_500)
  crash(0)
  const { taskId } = valueFrom(await page.settle(second.enable({ channel })))
  expect(told(1)).toEqual([
    { decision: 'began' },
    { decision: 'waiting', claim: 'starting' },
    { decision: 'took_over', claim: 'starting' },
    { decision: 'claimed', claim: 'starting' },
    { decision: 'joined', taskId },
  ])
})

test('behaviour: whose task gives way, and to which', async () => {
  const { page, first, second, told } = open({ agora: { nameDedup: 'off' } })
  page.agora.failNext({ operation: 'start', delayMs: 45_000, when: 'before' })
  first.enable({ channel })
  await page.time.advance(1_000)
  const { taskId: winner } = valueFrom(await page.settle(second.enable({ channel })))
  await page.time.advance(120_000)
  const [loser] = page.agora.requests.flatMap(({ operation, path }) =>
    operation === 'stop' ? [path.split('/').at(-2)] : [],
  )
  expect(loser).not.toBe(winner)
  const all = [...told(0), ...told(1)]
  expect(all).toContainEqual({ decision: 'unanswered' })
  const gaveWay = all.filter(({ decision }) => /gave_way|duplicate_stopped/.test(String(decision)))
  expect(gaveWay.length).toBeGreaterThan(0)
  for (const { taskId } of gaveWay) expect(taskId).toBe(loser)
  expect(all).toContainEqual({ decision: 'stopped', taskId: loser })
  expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([winner])
})

test("behaviour: a task of one's own that another claims away gives way, and the claimed one is joined", async () => {
  const { page, first, told, store } = open({ agora: { nameDedup: 'off' } })
  const { taskId: mine } = valueFrom(await page.settle(first.enable({ channel })))
  const elsewhere = page.createClient({ environment: page.time.environment() })
  await page.time.advance(2_000)
  const { taskId: theirs } = valueFrom(await page.settle(elsewhere.enable({ channel })))
  told(0)
  await store.put(
    { appId: page.agora.appId, channel },
    { v: 1, state: 'running', attempt: 'x', instanceId: channel, taskId: theirs },
  )
  await page.time.advance(10_000)
  expect(told(0)).toEqual([
    { decision: 'stopped', taskId: mine },
    { decision: 'gave_way', taskId: mine },
    { decision: 'joined', taskId: theirs },
  ])
})

test('behaviour: a start that a disable() elsewhere overtook fails as superseded', async () => {
  const { page, first, second, told, store } = open()
  page.agora.failNext({ operation: 'start', delayMs: 9_000 })
  const starting = first.enable({ channel })
  await page.time.advance(1_000)
  store.losesNotices = true
  await store.put(
    { appId: page.agora.appId, channel },
    { v: 1, state: 'ended', attempt: 'x', instanceId: channel, by: 'disable' },
  )
  const error = errorFrom(await page.settle(starting))
  expect(error.code).toBe('superseded')
  const [{ taskId }] = told(0).filter(({ decision }) => decision === 'stopped') as [
    Partial<Decision>,
  ]
  expect(taskId).toEqual(expect.any(String))
  expect(page.agora.liveTasks()).toEqual([])
  expect(second.getSnapshot(channel).error).toBeNull()
})

test('behaviour: a store that gives no answer, and a claim that is refused', async () => {
  const { page, first, second, told, store } = open()
  store.isDown = true
  const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
  expect(told(0)).toEqual([
    { decision: 'began' },
    // Before the tokens are there, and after.
    { decision: 'claims_unavailable' },
    { decision: 'claims_unavailable' },
    { decision: 'started', taskId },
  ])
  store.isDown = false
  await store.put({ appId: page.agora.appId, channel }, { v: 0 })
  await page.time.advance(1_000)
  expect(told(1)).toEqual([{ decision: 'claim_refused' }])
  expect(second.getSnapshot(channel).status).toBe('disabled')
})
