import type { SttClient } from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import type { Devices } from '../simulation/createDevices.js'
import {
  channel,
  claimed,
  liveIds,
  type OpenedDevices,
  openDevices as open,
} from './openDevices.js'
import { errorFrom, valueFrom } from './openPage.js'

const decisions = ({ events }: Devices, device: number) =>
  (events[device] ?? []).flatMap((event) => (event.type === 'decision' ? [event.decision] : []))

/** The first device starts while the store is away: nothing says so but the service. */
async function startUnclaimed(devices: OpenedDevices): Promise<string> {
  const { page, first, store } = devices
  store.isDown = true
  const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
  expect(decisions(devices, 0)).toContain('claims_unavailable')
  store.isDown = false
  expect(await claimed(devices)).toBeUndefined()
  return taskId as string
}

describe('a task started while the store was away', () => {
  test('behaviour: once the store is back the page claims it, and others join', async () => {
    const devices = open()
    const { page, second } = devices
    const taskId = await startUnclaimed(devices)
    await page.time.advance(70_000)
    expect(await claimed(devices)).toMatchObject({ state: 'running', taskId })
    expect(second.getSnapshot(channel)).toMatchObject({ status: 'enabled', session: { taskId } })
    expect(page.agora.startedTasks(channel)).toBe(1)
  })

  test('behaviour: refresh() claims it at once where the store is back for long', async () => {
    const devices = open()
    const { page, first } = devices
    const taskId = await startUnclaimed(devices)
    await page.time.advance(31_000)
    valueFrom(await page.settle(first.refresh({ channel })))
    expect(await claimed(devices)).toMatchObject({ state: 'running', taskId })
  })

  test('behaviour: it gives way to the one that is claimed meanwhile, as soon as the store tells of that', async () => {
    const devices = open({ agora: { nameDedup: 'off' } })
    const { page, first, second } = devices
    const mine = await startUnclaimed(devices)
    await page.time.advance(1_000)
    const { taskId } = valueFrom(await page.settle(second.enable({ channel })))
    expect(taskId).not.toBe(mine)
    await page.time.advance(5_000)
    expect(liveIds(devices)).toEqual([taskId])
    expect(decisions(devices, 0)).toContain('gave_way')
    expect(first.getSnapshot(channel)).toMatchObject({ status: 'enabled', session: { taskId } })
    await page.time.advance(120_000)
    expect(liveIds(devices)).toEqual([taskId])
  })
})

describe('disable() while the store is away', () => {
  const unavailable = { code: 'claims_unavailable', outcome: 'not_sent' }

  test('behaviour: what this page started, and no claim names, is stopped', async () => {
    const devices = open()
    const { page, first, store } = devices
    await startUnclaimed(devices)
    store.isDown = true
    valueFrom(await page.settle(first.disable({ channel })))
    expect(liveIds(devices)).toEqual([])
    expect(first.getSnapshot(channel)).toMatchObject({ status: 'disabled', error: null })
  })

  test('behaviour: what an unanswered start of this page left is looked for and stopped', async () => {
    const devices = open()
    const { page, first, store } = devices
    store.isDown = true
    page.agora.failNext({ operation: 'start', dropResponse: true })
    // Who starts without a claim looks first.
    page.agora.failNext({ operation: 'list', delayMs: 0, times: 2 })
    page.agora.failNext({ operation: 'list', networkError: true })
    errorFrom(await page.settle(first.enable({ channel })))
    expect(liveIds(devices)).toHaveLength(1)
    valueFrom(await page.settle(first.disable({ channel })))
    expect(liveIds(devices)).toEqual([])
  })

  for (const [title, device] of [
    ['started and claimed', 0],
    ['joined', 1],
  ] as const) {
    test(`behaviour: a task that was ${title} is left running, and the call fails`, async () => {
      const devices = open()
      const { page, first, store, clients } = devices
      const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
      await page.time.advance(2_000)
      store.isDown = true
      const client = clients[device] as SttClient
      const error = errorFrom(await page.settle(client.disable({ channel })))
      expect(error).toMatchObject(unavailable)
      expect(liveIds(devices)).toEqual([taskId])
      expect(client.getSnapshot(channel)).toMatchObject({ status: 'enabled', session: { taskId } })
    })
  }

  test('behaviour: a task that was found unclaimed is left running: it may be anybody’s', async () => {
    const devices = open()
    const { page, first, store } = devices
    const elsewhere = page.createClient({ environment: page.time.environment() })
    const { taskId } = valueFrom(await page.settle(elsewhere.enable({ channel })))
    store.isDown = true
    const session = valueFrom(await page.settle(first.enable({ channel })))
    expect(session).toMatchObject({ origin: 'joined', taskId })
    const error = errorFrom(await page.settle(first.disable({ channel })))
    expect(error).toMatchObject(unavailable)
    expect(liveIds(devices)).toEqual([taskId])
  })

  test('behaviour: a store that tells a notice is back: the next disable() uses it at once', async () => {
    const devices = open()
    const { page, first, store } = devices
    valueFrom(await page.settle(first.enable({ channel })))
    await page.time.advance(2_000)
    store.isDown = true
    errorFrom(await page.settle(first.disable({ channel })))
    store.isDown = false
    await store.put({ appId: page.agora.appId, channel }, (await claimed(devices)) as object)
    await page.time.advance(1_000)
    const begunAt = page.time.now
    valueFrom(await page.settle(first.disable({ channel })))
    expect(page.time.now - begunAt).toBeLessThan(3_000)
    expect(liveIds(devices)).toEqual([])
    expect(await claimed(devices)).toMatchObject({ state: 'ended', by: 'disable' })
  })

  test('behaviour: beside a claim that names another task, only what this page started is stopped, once, and the call fails', async () => {
    const devices = open()
    const { page, first, second, store } = devices
    const { taskId: dead } = valueFrom(await page.settle(second.enable({ channel })))
    await page.time.advance(70_000)
    store.isDown = true
    page.agora.endTask(dead as string)
    const { taskId } = valueFrom(await page.settle(first.enable({ channel })))
    expect(taskId).not.toBe(dead)
    const before = page.agora.requests.length
    const error = errorFrom(await page.settle(first.disable({ channel })))
    expect(error).toMatchObject(unavailable)
    const operations = page.agora.requests.slice(before).map(({ operation }) => operation)
    expect(operations).toEqual(['stop'])
    expect(first.getSnapshot(channel)).toMatchObject({ status: 'disabled', session: null, error })
  })

  for (const isBack of [true, false]) {
    const outcome = isBack
      ? 'the claimed one, too, if the store is back'
      : 'not the claimed one, if the store has gone again'
    test(`behaviour: a claim heard of meanwhile: its own task is stopped, and ${outcome}`, async () => {
      const devices = open({ agora: { nameDedup: 'off' } })
      const { page, first, second, store } = devices
      store.isDown = true
      // After one that nobody answered, disable() looks for all that may have come of it.
      page.agora.failNext({ operation: 'start', networkError: true })
      errorFrom(await page.settle(first.enable({ channel })))
      const mine = await startUnclaimed(devices)
      store.losesNotices = true
      const { taskId } = valueFrom(await page.settle(second.enable({ channel })))
      expect(liveIds(devices)).toEqual([mine, taskId])
      store.isDown = true
      page.agora.failNext({ operation: 'stop', delayMs: 4_000 })
      const disabling = first.disable({ channel })
      await page.time.advance(1_000)
      store.isDown = false
      store.losesNotices = false
      await store.put({ appId: page.agora.appId, channel }, (await claimed(devices)) as object)
      await page.time.advance(1_000)
      store.isDown = !isBack
      const settled = await page.settle(disabling)
      if (isBack) valueFrom(settled)
      else expect(errorFrom(settled)).toMatchObject(unavailable)
      expect(liveIds(devices)).toEqual(isBack ? [] : [taskId])
      store.isDown = false
      await page.time.advance(120_000)
      expect(liveIds(devices)).toEqual(isBack ? [] : [taskId])
      for (const client of [first, second]) {
        expect(client.getSnapshot(channel).status).toBe(isBack ? 'disabled' : 'enabled')
      }
    })
  }
})
