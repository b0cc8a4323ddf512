import { createFakeAgora, type FakeAgoraOptions } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { agoraRest, joinBody } from './agoraRest.js'

const DAY_SECONDS = 86_400

function service(options: FakeAgoraOptions = {}) {
  const clock = { now: 1_800_000_000_000 }
  const agora = createFakeAgora({ now: () => clock.now, ...options })
  const { v7 } = agoraRest(agora)
  async function joined(name: string, channelName = 'room') {
    return (await v7.join(joinBody(name, { channelName }))).json.agent_id as string
  }
  async function listed(query = '') {
    const { data } = (await v7.list(query)).json
    return (data.list as { agent_id: string }[]).map((item) => item.agent_id)
  }
  return { agora, clock, v7, joined, listed }
}

test('default: running agents, newest first', async () => {
  const { clock, v7, joined } = service()
  const first = await joined('a')
  clock.now += 1500
  const second = await joined('b')
  expect(await v7.list()).toEqual({
    status: 200,
    json: {
      data: {
        count: 2,
        list: [
          { start_ts: 1_800_000_001, status: 'RUNNING', agent_id: second },
          { start_ts: 1_800_000_000, status: 'RUNNING', agent_id: first },
        ],
      },
      meta: { cursor: '', total: 2 },
      status: 'ok',
    },
  })
})

test('behaviour: channel', async () => {
  const { joined, listed } = service()
  await joined('a', 'hall')
  const id = await joined('b', 'room/1')
  expect(await listed(`channel=${encodeURIComponent('room/1')}`)).toEqual([id])
  expect(await listed('channel=cellar')).toEqual([])
})

test('behaviour: one state at a time', async () => {
  const { agora, clock, v7, joined, listed } = service({ startingMs: 1000, stoppingMs: 1000 })
  const id = await joined('a')
  const states = async () => {
    const found = await Promise.all('0123456'.split('').map((state) => listed(`state=${state}`)))
    return found.flatMap((ids, state) => (ids.length > 0 ? [state] : []))
  }
  expect(await states()).toEqual([1])
  clock.now += 1000
  expect(await states()).toEqual([2])
  agora.recoverTask(id)
  expect(await states()).toEqual([5])
  await v7.leave(id)
  expect(await states()).toEqual([3])
  clock.now += 1000
  expect(await states()).toEqual([4])
  agora.endTask(await joined('b'), 'RTC connection error')
  expect(await states()).toEqual([4, 6])
})

test('behaviour: from_time is a day ago unless given, to_time now', async () => {
  const { clock, joined, listed } = service()
  const startTs = clock.now / 1000
  const id = await joined('a')
  clock.now += DAY_SECONDS * 1000
  expect(await listed()).toEqual([id])
  clock.now += 1000
  expect(await listed()).toEqual([])
  expect(await listed(`from_time=${startTs}`)).toEqual([id])
  expect(await listed(`from_time=${startTs + 1}`)).toEqual([])
  expect(await listed(`from_time=0&to_time=${startTs}`)).toEqual([id])
  expect(await listed(`from_time=0&to_time=${startTs - 1}`)).toEqual([])
})

test('behaviour: pages by limit and cursor, no agent twice', async () => {
  const { agora, v7, joined } = service()
  const ids: string[] = []
  for (let index = 0; index < 23; index++) ids.unshift(await joined(`agent-${index}`))

  const first = (await v7.list()).json
  expect(first.data.count).toBe(20)
  expect(first.meta).toEqual({ cursor: ids[19], total: 23 })

  const seen: string[] = []
  let cursor = ''
  let pages = 0
  do {
    const { data, meta } = (await v7.list(`limit=5&cursor=${cursor}`)).json
    seen.push(...data.list.map((item: { agent_id: string }) => item.agent_id))
    cursor = meta.cursor
    pages += 1
    // Neither a new agent nor the end of the one under the cursor moves the following pages.
    if (pages === 1) {
      await joined('late')
      agora.endTask(cursor)
    }
  } while (cursor !== '')
  expect(pages).toBe(5)
  expect(seen).toEqual(ids)
})

test('options: listLagMs', async () => {
  const { clock, v7, joined, listed } = service({ listLagMs: 2000 })
  const id = await joined('a')
  expect(await listed()).toEqual([])
  expect(await listed('state=1')).toEqual([])
  clock.now += 1999
  expect(await listed()).toEqual([])
  clock.now += 1
  expect(await listed()).toEqual([id])
  await v7.leave(id)
  expect((await v7.query(id)).json.status).toBe('STOPPED')
  expect(await listed()).toEqual([id])
  expect(await listed('state=4')).toEqual([])
  clock.now += 2000
  expect(await listed()).toEqual([])
  expect(await listed('state=4')).toEqual([id])
})

test.each([
  'state=7',
  'state=RUNNING',
  'limit=0',
  'limit=x',
  'from_time=x',
  'to_time=-1',
  'cursor=x',
])('behaviour: %s is refused', async (query) => {
  const { v7 } = service()
  expect(await v7.list(query)).toEqual({
    status: 400,
    json: {
      detail: expect.stringContaining(query.split('=')[0] ?? ''),
      reason: 'InvalidFieldValue',
    },
  })
})
