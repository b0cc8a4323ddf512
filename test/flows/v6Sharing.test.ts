import type { SttSession } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { errorFrom, valueFrom } from './openPage.js'
import { decided, openSharing, type Sharer, type StoreKind } from './openSharing.js'

const channel = 'room'
const MINUTE_MS = 60_000
const KINDS: readonly StoreKind[] = ['tabs', 'signaling']

const sentBy = ({ events }: Sharer) =>
  events.flatMap((event) => (event.type === 'request' ? [event.operation] : []))

/** One who has started a task with its builder token, and one who knows it by the claim, and gets no token. */
async function open(kind: StoreKind, config: object = { transcription: {} }) {
  // Without locks a claim's age says whether it is fresh, in tabs too.
  const sharing = openSharing(kind, { api: 'v6', config })
  const { page, addSharer } = sharing
  const holder = addSharer({}, { locks: undefined })
  const started = valueFrom(await page.settle(holder.client.enable({ channel })))
  const addJoiner = () =>
    addSharer(
      {
        tokenProvider: () => {
          throw new Error('viewers get no token')
        },
      },
      { locks: undefined },
    )
  const joiner = addJoiner()
  const joined = valueFrom(await page.settle(joiner.client.enable({ channel })))
  /** As when its page is closed or its device is off. */
  const loseHolder = () =>
    kind === 'tabs' ? holder.tab.crash() : sharing.signaling.disconnect('user-1')
  return { ...sharing, holder, started, joiner, joined, addJoiner, loseHolder }
}

for (const kind of KINDS) {
  test(`behaviour: v6: others join with the task's id, without the builder token, a token or a request (${kind})`, async () => {
    const { page, started, joiner, joined } = await open(kind)
    expect(started).toMatchObject({ origin: 'started', instanceToken: expect.any(String) })
    expect(joined).toMatchObject({
      origin: 'joined',
      state: 'running',
      taskId: started.taskId,
      instanceToken: null,
      instanceTokenExpiresAt: null,
      transcription: { languages: ['en-US'] },
    })
    expect(sentBy(joiner)).toEqual([])
    expect(decided(joiner)).toContain('joined')
    expect(page.agora.startedTasks()).toBe(1)
  })

  test(`behaviour: v6: refresh() of one who joined sends nothing (${kind})`, async () => {
    const { page, joiner, joined } = await open(kind)
    const seen = valueFrom(await page.settle(joiner.client.refresh({ channel })))
    expect(seen?.taskId).toBe(joined.taskId)
    await page.time.advance(2 * MINUTE_MS)
    valueFrom(await page.settle(joiner.client.refresh({ channel })))
    expect(sentBy(joiner)).toEqual([])
    expect(joiner.client.getSnapshot(channel).error).toBeNull()
  })

  test(`behaviour: v6: disable() of one who joined is carried out by the holder (${kind})`, async () => {
    const { page, holder, joiner } = await open(kind)
    const begun = page.time.now
    valueFrom(await page.settle(joiner.client.disable({ channel })))
    expect(page.time.now - begun).toBeLessThan(5_000)
    expect(page.agora.liveTasks()).toEqual([])
    expect(sentBy(joiner)).toEqual([])
    expect(sentBy(holder)).toEqual(['acquire', 'start', 'stop'])
    expect(decided(joiner)).toContain('claimed stopping')
    expect(decided(holder)).toContain('stopped')
    await page.time.advance(1_000)
    for (const { client } of [holder, joiner]) {
      expect(client.getSnapshot(channel)).toMatchObject({ status: 'disabled', error: null })
    }
  })

  test(`behaviour: v6: with the holder gone disable() is token_unavailable, and the task still shows (${kind})`, async () => {
    const { page, joiner, loseHolder } = await open(kind)
    loseHolder()
    const error = errorFrom(await page.settle(joiner.client.disable({ channel })))
    expect(error).toMatchObject({ name: 'RequestError', code: 'token_unavailable' })
    expect(error.isRetryable).toBe(false)
    expect(sentBy(joiner)).toEqual([])
    expect(page.agora.liveTasks()).toHaveLength(1)
    expect(joiner.client.getSnapshot(channel)).toMatchObject({ status: 'enabled', error })
    expect(decided(joiner)).toContain('failed token_unavailable')
  })

  test(`behaviour: v6: an old claim is checked through its holder within 5 s, by one query (${kind})`, async () => {
    const { page, holder, started, addSharer } = await open(kind)
    await page.time.advance(2 * MINUTE_MS)
    const late = addSharer({}, { locks: undefined })
    const begun = page.time.now
    const session = valueFrom(await page.settle(late.client.enable({ channel })))
    expect(page.time.now - begun).toBeLessThanOrEqual(5_000)
    expect(session).toMatchObject({ taskId: started.taskId, instanceToken: null })
    // Over Signaling a quick answer comes before the asker knows that it has asked.
    if (kind === 'tabs') expect(decided(late)).toContain('claimed checking')
    expect(decided(late)).toContain('joined')
    expect(sentBy(late)).toEqual([])
    expect(sentBy(holder)).toEqual(['acquire', 'start', 'query'])
  })

  test(`behaviour: v6: an old claim whose holder is gone counts as gone after 5 s, and is started anew (${kind})`, async () => {
    const { page, started, addSharer, loseHolder, joiner } = await open(kind)
    loseHolder()
    joiner.tab.crash()
    await page.time.advance(2 * MINUTE_MS)
    const late = addSharer({}, { locks: undefined })
    const begun = page.time.now
    const session = valueFrom(await page.settle(late.client.enable({ channel })))
    expect(page.time.now - begun).toBeGreaterThanOrEqual(5_000)
    expect(page.time.now - begun).toBeLessThan(10_000)
    expect(session.taskId).not.toBe(started.taskId)
    expect(decided(late)).toEqual(expect.arrayContaining(['claimed checking', 'ended', 'started']))
  })

  test(`behaviour: v6: the holder and one who joined enable again at once after minutes: no second task (${kind})`, async () => {
    const { page, holder, started, addSharer } = await open(kind)
    const joiners = [addSharer({}, { locks: undefined }), addSharer({}, { locks: undefined })]
    for (let turn = 0; turn < 3; turn++) {
      const begun = page.time.now
      const all = [...joiners, holder].map(({ client }) => client.enable({ channel }))
      const sessions: SttSession[] = valueFrom(await page.settle(Promise.all(all)))
      // Nobody waited in vain for a holder that was busy with an enable() of its own.
      if (turn > 0) expect(page.time.now - begun).toBeLessThan(5_000)
      expect(new Set(sessions.map(({ taskId }) => taskId))).toEqual(new Set([started.taskId]))
      await page.time.advance(2 * MINUTE_MS)
    }
    expect(page.agora.startedTasks()).toBe(1)
    for (const other of joiners) expect(sentBy(other)).toEqual([])
    expect(sentBy(holder).filter((operation) => operation === 'query').length).toBeLessThan(7)
  })

  test(`behaviour: v6: an instance that is only acquired is one for all, and ends after 5 minutes everywhere (${kind})`, async () => {
    const { page, holder, started, joiner, joined, stored } = await open(kind, {})
    expect(started).toMatchObject({ state: 'acquired', instanceToken: expect.any(String) })
    expect(joined).toMatchObject({ state: 'acquired', instanceToken: null, taskId: null })
    expect(await stored()).toMatchObject({ state: 'running' })
    expect(await stored()).not.toMatchObject({ taskId: expect.anything() })
    expect(sentBy(joiner)).toEqual([])
    await page.time.advance(5 * MINUTE_MS)
    for (const { client } of [holder, joiner]) {
      expect(client.getSnapshot(channel)).toMatchObject({ status: 'disabled', error: null })
    }
    const again = valueFrom(await page.settle(holder.client.enable({ channel })))
    expect(again.instanceToken).not.toBe(started.instanceToken)
    expect(sentBy(holder)).toEqual(['acquire', 'acquire'])
  })
}
