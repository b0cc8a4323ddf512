import type { SttSession } from 'react-realtime-stt/core'
import type { FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { errorFrom, valueFrom } from './openPage.js'
import { decided, openSharing, type Sharer, STORE_KINDS, type StoreKind } from './openSharing.js'

const channel = 'room'
const DAY_MS = 24 * 3_600_000

interface Hostile {
  kind: StoreKind
  api?: 'v6' | 'v7'
  agora?: FakeAgoraOptions
  /** Where a task runs that is none of this channel's. */
  elsewhere?: string
}

/** Two clients of a channel, and a live task of another one. */
async function open({ kind, api = 'v7', agora = {}, elsewhere = 'elsewhere' }: Hostile) {
  const sharing = openSharing(kind, { api, agora, config: { transcription: {} } })
  const { page, addSharer } = sharing
  const stranger = page.createClient({ environment: page.time.environment() })
  const foreign = valueFrom(await page.settle(stranger.enable({ channel: elsewhere })))
  await page.time.advance(5_000)
  const pair: [Sharer, Sharer] = [addSharer(), addSharer()]
  const before = page.agora.requests.length
  return {
    ...sharing,
    pair,
    foreign,
    /** Both at once. */
    async enableBoth(): Promise<SttSession[]> {
      const both = Promise.all(pair.map(({ client }) => client.enable({ channel })))
      return valueFrom(await page.settle(both))
    },
    /** Exactly one task, which both show; the foreign one lives, and no call but a query was about it. */
    assertOne(sessions: SttSession[]) {
      const live = page.agora.liveTasks(channel).map(({ taskId }) => taskId)
      expect(live).toHaveLength(1)
      expect(page.agora.startedTasks(channel)).toBe(1)
      expect(sessions.map(({ taskId }) => taskId)).toEqual([live[0], live[0]])
      for (const { client } of pair) {
        expect(client.getSnapshot(channel)).toMatchObject({ status: 'enabled', error: null })
      }
      this.assertUntouched()
    },
    assertUntouched() {
      expect(page.agora.liveTasks(elsewhere).map(({ taskId }) => taskId)).toEqual([foreign.taskId])
      const sent = page.agora.requests.slice(before)
      const about = sent.filter(({ path }) => path.includes(foreign.taskId as string))
      expect(about.filter(({ operation }) => operation !== 'query')).toEqual([])
      const paths = new RegExp(
        `/projects/${page.agora.appId}/(join|agents|rtsc/speech-to-text)[/\\w-]*$`,
      )
      for (const { path } of sent) expect(path).toMatch(paths)
    },
    /** What each of the two was told. */
    told: () => pair.map(decided),
  }
}

const running = (taskId: unknown, more: object = {}) => ({
  v: 1,
  state: 'running',
  attempt: 'forged-1',
  instanceId: channel,
  taskId,
  ...more,
})

const circle: Record<string, unknown> = running('abc')
circle.more = circle

const refused: [string, unknown, StoreKind[]?][] = [
  ['nothing', ''],
  ['null', null],
  ['a text', 'running'],
  ['a list', [running('abc')]],
  ['no JSON', '{"v":1,'],
  ['a wrong shape', { v: 1, state: 'running', attempt: '../..', instanceId: 7 }],
  ['a prototype', '{"__proto__":{"state":"running"}}'],
  ['a circle', circle, ['memory', 'tabs']],
  ['a bigint', running('abc', { more: 10n }), ['memory', 'tabs']],
  ['a record of another kind', { record: 7 }, ['tabs']],
  ['100 kB', running('abc', { more: 'x'.repeat(100_000) })],
  ['100 kB of task id', running('x'.repeat(100_000))],
  ["another app's path", running('../../../projects/ffffffffffffffffffffffffffffffff/agents/x')],
  ["another app's path, encoded", running('..%2F..%2Fprojects%2Fffff%2Fagents%2Fx')],
  ['a query', running('abc/leave?x=')],
]

for (const kind of STORE_KINDS) {
  for (const api of ['v7', 'v6'] as const) {
    for (const [title, value, kinds = STORE_KINDS] of refused) {
      if (!kinds.includes(kind)) continue
      test(`behaviour: ${title} as a claim is refused, told, and starts one task (${kind}, ${api})`, async () => {
        const devices = await open({ kind, api })
        await devices.plant(value)
        devices.assertOne(await devices.enableBoth())
        expect(devices.told().flat()).toContain('claim_refused')
      })
    }

    test(`behaviour: another channel's claim, copied, is refused, told, and starts one task (${kind}, ${api})`, async () => {
      const devices = await open({ kind, api })
      await devices.plant(running(devices.foreign.taskId, { instanceId: 'elsewhere' }))
      devices.assertOne(await devices.enableBoth())
      expect(devices.told().flat()).toContain('claim_refused')
    })
  }
}

/** How a service may show another channel's task: by its name, by none, or by one that might be the channel's next. */
const shows: [string, Omit<Hostile, 'kind'>][] = [
  ['names shown', {}],
  ['names hidden', { agora: { queryName: false } }],
  ['names alike', { elsewhere: 'room-abc123' }],
]

for (const kind of STORE_KINDS) {
  for (const [title, options] of shows) {
    for (const state of ['checking', 'stopping', 'starting', 'ended']) {
      test(`behaviour: a ${state} that names another channel's live task starts one of the channel's own (${kind}, ${title})`, async () => {
        const devices = await open({ kind, ...options })
        await devices.plant(running(devices.foreign.taskId, { state }))
        devices.assertOne(await devices.enableBoth())
        if (state === 'ended') return
        const all = devices.told().flat()
        expect(all).toContain(`waiting ${state}`)
        expect(all).toContain(`took_over ${state}`)
        if (state !== 'starting') expect(all).toContain('stranger')
      })
    }

    test(`behaviour: a running from yesterday that names another channel's live task is asked about once, told, and replaced (${kind}, ${title})`, async () => {
      const devices = await open({ kind, ...options })
      await devices.plant(running(devices.foreign.taskId))
      await devices.page.time.advance(DAY_MS)
      devices.assertOne(await devices.enableBoth())
      expect(
        devices
          .told()
          .flat()
          .filter((one) => one === 'stranger'),
      ).toHaveLength(1)
    })

    test(`behaviour: a fresh running that names another channel's live task is believed for a minute at most, and never stopped (${kind}, ${title})`, async () => {
      const devices = await open({ kind, ...options })
      const { page, pair, foreign } = devices
      await devices.plant(running(foreign.taskId))
      const sessions = await devices.enableBoth()
      if (kind !== 'tabs') {
        expect(sessions.map(({ taskId }) => taskId)).toEqual([foreign.taskId, foreign.taskId])
        expect(page.agora.startedTasks(channel)).toBe(0)
        await page.time.advance(61_000)
      }
      devices.assertOne(await devices.enableBoth())
      expect(devices.told().flat()).toContain('stranger')
      for (const { client } of pair) valueFrom(await page.settle(client.disable({ channel })))
      expect(page.agora.liveTasks(channel)).toEqual([])
      devices.assertUntouched()
    })

    test(`behaviour: disable() of another channel's claimed task stops nothing and says so (${kind}, ${title})`, async () => {
      const devices = await open({ kind, ...options })
      const { page, pair, foreign } = devices
      await devices.plant(running(foreign.taskId))
      const error = errorFrom(await page.settle(pair[0].client.disable({ channel })))
      expect(error).toMatchObject({ code: 'not_found' })
      expect(decided(pair[0])).toEqual(expect.arrayContaining(['stranger', 'failed not_found']))
      devices.assertUntouched()
      await page.time.advance(61_000)
      devices.assertOne(await devices.enableBoth())
    })

    test(`behaviour: a task that runs does not give way to another channel's (${kind}, ${title})`, async () => {
      const devices = await open({ kind, ...options })
      const { page, pair, foreign } = devices
      const [{ taskId }] = (await devices.enableBoth()) as [SttSession, SttSession]
      for (const state of ['running', 'checking', 'starting', 'ended']) {
        await devices.plant(running(foreign.taskId, { state, attempt: `forged-${state}` }))
        await page.time.advance(130_000)
        const sessions = await devices.enableBoth()
        expect(
          sessions.map((session) => session.taskId),
          state,
        ).toEqual([taskId, taskId])
        devices.assertOne(sessions)
      }
      for (const { client } of pair) valueFrom(await page.settle(client.disable({ channel })))
      expect(page.agora.liveTasks(channel)).toEqual([])
      devices.assertUntouched()
    })
  }

  for (const [title, state, told] of [
    ['a dead running', 'running', 'ended'],
    ['a dead checking', 'checking', 'took_over checking'],
    ['a starting', 'starting', 'took_over starting'],
    ['a stopping', 'stopping', 'took_over stopping'],
    ['a state of a later version', 'hibernating', 'took_over checking'],
  ]) {
    test(`behaviour: ${title} from yesterday is told and replaced by one start (${kind})`, async () => {
      const devices = await open({ kind })
      await devices.plant(running('0123456789abcdef', { state }))
      await devices.page.time.advance(DAY_MS)
      devices.assertOne(await devices.enableBoth())
      expect(devices.told().flat()).toContain(told)
    })
  }
}

for (const kind of STORE_KINDS) {
  for (const state of ['running', 'checking', 'stopping', 'starting', 'ended']) {
    const isBelieved = state === 'running' && kind !== 'tabs'

    test(`behaviour: v6: a forged ${state} starts one task${isBelieved ? ', after a minute' : ''} (${kind})`, async () => {
      const devices = await open({ kind, api: 'v6' })
      await devices.plant(running(devices.foreign.taskId, { state }))
      if (isBelieved) {
        const sessions = await devices.enableBoth()
        expect(sessions.map(({ taskId }) => taskId)).toEqual(Array(2).fill(devices.foreign.taskId))
        await devices.page.time.advance(61_000)
      }
      devices.assertOne(await devices.enableBoth())
      if (state !== 'ended') {
        expect(devices.told().flat()).toContain(
          state === 'running' ? 'ended' : `took_over ${state}`,
        )
      }
    })

    if (state === 'stopping') continue
    test(`behaviour: v6: a task that runs does not give way to a forged ${state} (${kind})`, async () => {
      const devices = await open({ kind, api: 'v6' })
      const { page, pair } = devices
      const [{ taskId }] = (await devices.enableBoth()) as [SttSession, SttSession]
      await devices.plant(running(devices.foreign.taskId, { state }))
      await page.time.advance(130_000)
      const sessions = await devices.enableBoth()
      expect(sessions.map((session) => session.taskId)).toEqual([taskId, taskId])
      devices.assertOne(sessions)
      for (const { client } of pair) valueFrom(await page.settle(client.disable({ channel })))
      expect(page.agora.liveTasks(channel)).toEqual([])
    })
  }

  for (const api of ['v7', 'v6'] as const) {
    test(`behaviour: a forged stopping ends what runs as any disable() does, and the next enable() starts one (${kind}, ${api})`, async () => {
      const devices = await open({ kind, api })
      const { page, foreign } = devices
      await devices.enableBoth()
      await devices.plant(running(foreign.taskId, { state: 'stopping' }))
      await page.time.advance(130_000)
      await devices.enableBoth()
      expect(page.agora.liveTasks(channel)).toHaveLength(1)
      devices.assertUntouched()
    })

    test(`behaviour: revisions that go backwards start no second task (${kind}, ${api})`, async () => {
      const devices = await open({ kind, api })
      const { page, pair, signaling, stored } = devices
      const sessions = await devices.enableBoth()
      const before = await stored()
      if (kind === 'signaling') {
        for (let turn = 0; turn < 5; turn++) await devices.plant(before)
        signaling.wipe('stt:room', { forgets: true })
        await devices.plant(before)
      } else if (kind === 'tabs') {
        for (const revision of ['9', '1', '']) {
          await devices.plant({ record: { value: before, revision, at: page.time.now } })
        }
      } else for (let turn = 0; turn < 3; turn++) await devices.plant(before)
      await page.time.advance(61_000)
      const again = await devices.enableBoth()
      expect(again.map(({ taskId }) => taskId)).toEqual(sessions.map(({ taskId }) => taskId))
      devices.assertOne(again)
      for (const { client } of pair) valueFrom(await page.settle(client.disable({ channel })))
      expect(page.agora.liveTasks(channel)).toEqual([])
    })

    test(`behaviour: a claim removed under a running task is written again, and nobody starts another (${kind}, ${api})`, async () => {
      if (kind === 'memory') return
      const devices = await open({ kind, api })
      const { page, browser, signaling, addSharer, stored } = devices
      const [{ taskId }] = (await devices.enableBoth()) as [SttSession, SttSession]
      if (kind === 'signaling') signaling.wipe('stt:room')
      else {
        const deletion = browser.indexedDB.deleteDatabase('react-realtime-stt')
        await new Promise((resolve) => {
          deletion.onsuccess = resolve
        })
      }
      await page.time.advance(2_000)
      expect(await stored()).toMatchObject({ state: 'running', taskId })
      const late = addSharer().client
      expect(valueFrom(await page.settle(late.enable({ channel }))).taskId).toBe(taskId)
      devices.assertOne(await devices.enableBoth())
    })
  }
}
