import { expect, test } from 'vitest'
import { valueFrom } from './openPage.js'
import { decided, openSharing } from './openSharing.js'

const channel = 'room'
const CROWD = 1_000

test('behaviour: 1,000 devices that one notice wakes join at once, within the rate limit of the store', async () => {
  const { page, signaling, addSharer } = openSharing('signaling')
  page.agora.failNext({ operation: 'start', delayMs: 2_500 })
  const starter = addSharer()
  const starting = starter.client.enable({ channel })
  await page.time.advance(500)
  const crowd = Array.from({ length: CROWD }, () => addSharer())
  const joining = Promise.all(crowd.map(({ client }) => client.enable({ channel })))
  await page.time.advance(1_500)
  for (const { client } of crowd) expect(client.getSnapshot(channel).status).toBe('enabling')
  const before = signaling.counts()
  const { taskId } = valueFrom(await page.settle(starting))
  await page.time.advance(1_000)
  const sessions = valueFrom(await page.settle(joining))
  expect(new Set(sessions.map((session) => session.taskId))).toEqual(new Set([taskId]))
  expect(page.agora.startedTasks()).toBe(1)
  expect(page.agora.requests).toHaveLength(1)
  for (const sharer of crowd) {
    expect(decided(sharer)).toEqual(['began', 'waiting starting', 'joined'])
  }
  const after = signaling.counts()
  expect(after.throttled).toBe(0)
  // Each reads what it was woken for once; the vendor refuses the 21st read of a client within a second.
  expect(after.reads - before.reads).toBeLessThanOrEqual(CROWD + 5)
  for (let index = 1; index <= CROWD + 1; index++) {
    const { reads, writes, throttled } = signaling.counts(`user-${index}`)
    expect({ throttled, isModest: reads <= 10 && writes <= 3 }).toEqual({
      throttled: 0,
      isModest: true,
    })
  }
})
