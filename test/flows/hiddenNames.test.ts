import type { SttClient } from 'react-realtime-stt/core'
import type { FakeAgoraOptions } from 'react-realtime-stt/testing'
import { describe, expect, test } from 'vitest'
import { createDevices, type Devices, type Power } from '../simulation/createDevices.js'
import { errorFrom, startStranger, valueFrom } from './openPage.js'

const channel = 'room'

interface Opened extends Devices {
  first: SttClient
  second: SttClient
}

/** A service whose queries show no name: only the refusal of a second start of the name tells whose a task is. */
function open(agora: FakeAgoraOptions = {}): Opened {
  const devices = createDevices({ count: 2, agora: { queryName: false, ...agora } })
  const [first, second] = devices.clients as [SttClient, SttClient]
  for (const client of devices.clients) client.subscribe(channel, () => {})
  return { ...devices, first, second }
}

const liveIds = ({ page }: Devices) => page.agora.liveTasks(channel).map(({ taskId }) => taskId)

const count = ({ page }: Devices, given: string) =>
  page.agora.requests.filter(({ operation }) => operation === given).length

/** The device's start is carried out, but neither its answer nor the look that follows comes. */
async function startUnseen({ page, first }: Opened): Promise<void> {
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'list', networkError: true })
  errorFrom(await page.settle(first.enable({ channel })))
  expect(page.agora.liveTasks(channel)).toHaveLength(1)
}

describe("a stranger's lone task", () => {
  /** The start and its repetition never arrive. */
  async function startBesideStranger(devices: Opened): Promise<string> {
    const { page, first } = devices
    const strangerId = await startStranger(page, channel, 'somebody')
    page.agora.failNext({ operation: 'start', networkError: true, times: 2 })
    errorFrom(await page.settle(first.enable({ channel })))
    expect(liveIds(devices)).toEqual([strangerId])
    return strangerId
  }

  test('behaviour: after an unanswered start refresh() finds nothing', async () => {
    const devices = open()
    const { page, first } = devices
    const strangerId = await startBesideStranger(devices)
    expect(valueFrom(await page.settle(first.refresh({ channel })))).toBeNull()
    expect(first.getSnapshot(channel).status).toBe('disabled')
    expect(liveIds(devices)).toEqual([strangerId])
  })

  test('behaviour: the watches after an unanswered start bring a task of the own name, and leave it alone', async () => {
    const devices = open()
    const { page, first } = devices
    const strangerId = await startBesideStranger(devices)
    for (let watch = 0; watch < 3; watch++) {
      await page.time.advance(32_000)
      expect(liveIds(devices)).toContain(strangerId)
      expect(first.getSnapshot(channel)).toMatchObject({ status: 'enabled' })
      expect(first.getSnapshot(channel).session?.taskId).not.toBe(strangerId)
    }
    expect(page.agora.startedTasks(channel)).toBe(2)
    expect(count(devices, 'stop')).toBe(0)
  })

  test('behaviour: disable() after an unanswered start leaves it alone, and so do the watches', async () => {
    const devices = open()
    const { page, first } = devices
    const strangerId = await startBesideStranger(devices)
    valueFrom(await page.settle(first.disable({ channel })))
    expect(liveIds(devices)).toEqual([strangerId])
    await page.time.advance(100_000)
    expect(liveIds(devices)).toEqual([strangerId])
    for (const client of devices.clients) {
      expect(client.getSnapshot(channel).status).toBe('disabled')
    }
  })
})

describe('disable() of what an unanswered start left', () => {
  test('behaviour: the same start once more names the task, which is stopped', async () => {
    const devices = open()
    const { page, first } = devices
    await startUnseen(devices)
    valueFrom(await page.settle(first.disable({ channel })))
    expect(count(devices, 'start')).toBe(2)
    expect(count(devices, 'stop')).toBe(1)
    expect(liveIds(devices)).toEqual([])
    await page.time.advance(100_000)
    expect(page.agora.startedTasks(channel)).toBe(1)
    expect(first.getSnapshot(channel)).toMatchObject({ status: 'disabled', session: null })
  })

  test('behaviour: another device does so once the starter is gone', async () => {
    const devices = open()
    const { page, second, powers } = devices
    await startUnseen(devices)
    ;(powers[0] as Power).isOff = true
    valueFrom(await page.settle(second.disable({ channel })))
    expect(count(devices, 'start')).toBe(2)
    expect(liveIds(devices)).toEqual([])
    await page.time.advance(100_000)
    expect(page.agora.startedTasks(channel)).toBe(1)
  })

  for (const conflictBody of ['agent_id', 'sentence'] as const) {
    test(`behaviour: where the name was spent, the next name is tried, too (${conflictBody})`, async () => {
      const devices = open({ nameReuse: 'never', conflictBody })
      const { page, first } = devices
      const { taskId: spent } = valueFrom(await page.settle(first.enable({ channel })))
      await page.time.advance(2_000)
      valueFrom(await page.settle(first.disable({ channel })))
      await page.time.advance(2_000)
      // The spent name is refused twice, and looked for, before the next one is used.
      page.agora.failNext({ operation: 'start', delayMs: 0, times: 2 })
      page.agora.failNext({ operation: 'list', delayMs: 0, times: 4 })
      await startUnseen(devices)
      const [unseen] = page.agora.liveTasks(channel)
      expect(unseen?.name).toMatch(/^room-/)
      expect(unseen?.taskId).not.toBe(spent)
      valueFrom(await page.settle(first.disable({ channel })))
      expect(liveIds(devices)).toEqual([])
      await page.time.advance(100_000)
      expect(page.agora.startedTasks(channel)).toBe(2)
      expect(first.getSnapshot(channel).status).toBe('disabled')
    })
  }
})

describe('enable() whose start nobody answered', () => {
  test('behaviour: where the start and its repetition got no answer, the watch does it once more and joins', async () => {
    const devices = open()
    const { page, first, second } = devices
    page.agora.failNext({ operation: 'start', dropResponse: true, times: 2 })
    errorFrom(await page.settle(first.enable({ channel })))
    expect(count(devices, 'start')).toBe(2)
    expect(first.getSnapshot(channel).session).toBeNull()
    await page.time.advance(40_000)
    const [taskId] = liveIds(devices)
    expect(page.agora.startedTasks(channel)).toBe(1)
    for (const client of [first, second]) {
      expect(client.getSnapshot(channel)).toMatchObject({
        status: 'enabled',
        session: { taskId },
        error: null,
      })
    }
    await page.time.advance(100_000)
    expect(liveIds(devices)).toEqual([taskId])
    expect(first.getSnapshot(channel).session?.taskId).toBe(taskId)
  })

  test('behaviour: the next enable() does not wait until the first one counts as abandoned: it asks by the same name and joins', async () => {
    const devices = open()
    const { page, first } = devices
    await startUnseen(devices)
    const begunAt = page.time.now
    const session = valueFrom(await page.settle(first.enable({ channel })))
    expect(page.time.now - begunAt).toBeLessThan(12_000)
    expect(devices.events[0]).not.toContainEqual(expect.objectContaining({ decision: 'waiting' }))
    expect(session).toMatchObject({ origin: 'joined', taskId: liveIds(devices)[0] })
    expect(page.agora.startedTasks(channel)).toBe(1)
    await page.time.advance(100_000)
    expect(liveIds(devices)).toEqual([session.taskId])
  })
})
