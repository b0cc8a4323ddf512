import type { SttClient, SttSnapshot } from 'react-realtime-stt/core'
import { describe, expect, test } from 'vitest'
import { createDevices } from '../simulation/createDevices.js'
import { valueFrom } from './openPage.js'
import { openSharing, type Sharing, STORE_KINDS } from './openSharing.js'

const channel = 'room'
const REST_MS = 120_000

const watched = (client: SttClient): string[] => {
  const seen: string[] = []
  client.subscribe(channel, () => {
    const { status } = client.getSnapshot(channel)
    if (seen.at(-1) !== status) seen.push(status)
  })
  return seen
}

const operations = ({ page }: Pick<Sharing, 'page'>) =>
  page.agora.requests.map(({ operation }) => operation)

/** What is live, and what each shows when everything has come to rest. */
async function rest({ page }: Pick<Sharing, 'page'>, ...clients: SttClient[]) {
  await page.time.advance(REST_MS)
  return {
    live: page.agora.liveTasks(channel).map(({ taskId }) => taskId),
    shown: clients.map((client): [string, SttSnapshot['session']] => {
      const { status, session } = client.getSnapshot(channel)
      return [status, session]
    }),
  }
}

describe('behaviour: what looks or attends says nothing once another operation has begun', () => {
  for (const kind of ['tabs', 'signaling'] as const) {
    test(`v6, ${kind}: a stop for another does not take the session of a later start`, async () => {
      const sharing = openSharing(kind, { api: 'v6', config: { transcription: {} } })
      const { page } = sharing
      const a = sharing.addSharer().client
      const b = sharing.addSharer().client
      watched(a)
      watched(b)
      await page.settle(a.enable({ channel }))
      b.disable({ channel })
      await page.time.advance(kind === 'tabs' ? 60 : 250)
      a.disable({ channel })
      await page.time.advance(100)
      await page.settle(a.enable({ channel }))
      const { live, shown } = await rest(sharing, a)
      expect(live).toHaveLength(1)
      expect(shown[0]?.[0]).toBe('enabled')
      expect(shown[0]?.[1]?.taskId).toBe(live[0])
      expect(shown[0]?.[1]?.instanceToken).toEqual(expect.any(String))
    })
  }
})

describe('behaviour: enable() during a disable() whose claim is being written', () => {
  for (const api of ['v7', 'v6'] as const) {
    test(`${api}: nothing is stopped later that was enabled last`, async () => {
      const sharing = openSharing('signaling', {
        api,
        ...(api === 'v6' && { config: { transcription: {} } }),
      })
      const { page } = sharing
      const a = sharing.addSharer().client
      watched(a)
      await page.settle(a.enable({ channel }))
      await page.time.advance(5_000)
      a.disable({ channel })
      await page.time.advance(60)
      await page.settle(a.enable({ channel }))
      const { live, shown } = await rest(sharing, a)
      expect(live).toHaveLength(1)
      expect(shown[0]?.[0]).toBe('enabled')
      expect(shown[0]?.[1]?.taskId).toBe(live[0])
    })
  }
})

for (const kind of ['memory', 'tabs'] as const) {
  test(`behaviour: v6, ${kind}: who joined disables and enables at once, and a task runs in the end`, async () => {
    const sharing = openSharing(kind, { api: 'v6', config: { transcription: {} } })
    const { page } = sharing
    const a = sharing.addSharer({}, { random: () => 0 }).client
    const b = sharing.addSharer().client
    watched(a)
    watched(b)
    await page.settle(a.enable({ channel }))
    await page.time.advance(380)
    b.disable({ channel })
    await page.time.advance(30)
    await page.settle(b.enable({ channel }))
    const { live, shown } = await rest(sharing, a, b)
    expect(live).toHaveLength(1)
    expect(shown.map(([status, session]) => [status, session?.taskId])).toEqual([
      ['enabled', live[0]],
      ['enabled', live[0]],
    ])
  })
}

describe('behaviour: two clients of a page know the same of the claim', () => {
  for (const kind of STORE_KINDS) {
    test(`${kind}: after disable() by one of them both show it`, async () => {
      const sharing = openSharing(kind)
      const { page } = sharing
      const registry = {}
      const a = sharing.addSharer({}, { registry }).client
      const b = sharing.addSharer({}, { registry }).client
      const c = sharing.addSharer().client
      for (const client of [a, b, c]) watched(client)
      await page.settle(c.enable({ channel }))
      await page.time.advance(3_000)
      await page.settle(a.disable({ channel }))
      const { live, shown } = await rest(sharing, a, b, c)
      expect(live).toEqual([])
      expect(shown.map(([status]) => status)).toEqual(['disabled', 'disabled', 'disabled'])
    })

    test(`${kind}: enable() sends one request`, async () => {
      const sharing = openSharing(kind)
      const { page } = sharing
      const registry = {}
      const a = sharing.addSharer({}, { registry }).client
      const b = sharing.addSharer({}, { registry }).client
      watched(a)
      watched(b)
      await page.settle(a.enable({ channel }))
      await page.time.advance(5_000)
      expect(operations(sharing)).toEqual(['start'])
      expect(b.getSnapshot(channel).status).toBe('enabled')
    })
  }
})

test('behaviour: v6: a client that is disposed while it asks the holder says nothing of the task', async () => {
  const { page, clients, events } = createDevices({
    count: 3,
    api: 'v6',
    config: { transcription: {} },
  })
  const [a, b, c] = clients as [SttClient, SttClient, SttClient]
  watched(a)
  await page.settle(a.enable({ channel }))
  await page.time.advance(300_000)
  watched(b)
  const isChecking = () =>
    (events[1] ?? []).some((event) => event.type === 'decision' && event.claim === 'checking')
  for (let ms = 0; ms < 10_000 && !isChecking(); ms += 10) await page.time.advance(10)
  expect(isChecking()).toBe(true)
  b.dispose()
  await page.time.advance(200)
  await page.settle(c.enable({ channel }))
  await page.time.advance(30_000)
  expect(page.agora.startedTasks()).toBe(1)
  expect(page.agora.liveTasks(channel)).toHaveLength(1)
})

for (const kind of ['tabs', 'signaling'] as const) {
  test(`behaviour: v6, ${kind}: an instance that is only acquired ends for who joined when it ends for who acquired it`, async () => {
    const sharing = openSharing(kind, { api: 'v6' })
    const { page } = sharing
    const a = sharing.addSharer().client
    const b = sharing.addSharer().client
    watched(a)
    await page.settle(a.enable({ channel }))
    await page.time.advance(240_000)
    watched(b)
    await page.time.advance(10_000)
    expect(b.getSnapshot(channel).status).toBe('enabled')
    await page.time.advance(60_000)
    expect(a.getSnapshot(channel).status).toBe('disabled')
    expect(b.getSnapshot(channel).status).toBe('disabled')
  })
}

for (const kind of STORE_KINDS) {
  test(`default: ${kind}: who watches an ordinary start sees enabling, then enabled`, async () => {
    const sharing = openSharing(kind)
    const { page } = sharing
    const a = sharing.addSharer().client
    const b = sharing.addSharer().client
    const seen = watched(b)
    await page.time.advance(5_000)
    seen.length = 0
    await page.settle(a.enable({ channel }))
    await page.time.advance(5_000)
    expect(seen.filter((status) => status !== 'enabling')).toEqual(['enabled'])
  })
}

test('behaviour: no session, and so no instance token, stays in the page after dispose()', async () => {
  const registry = {}
  const sharing = openSharing('memory', { api: 'v6', config: { transcription: {} } })
  const { page } = sharing
  const { client } = sharing.addSharer({}, { registry })
  const session = valueFrom(await page.settle(client.enable({ channel })))
  await page.time.advance(500)
  client.dispose()
  await page.time.advance(1_000)
  const [symbol] = Object.getOwnPropertySymbols(registry)
  const share = (registry as Record<symbol, Map<string, unknown>>)[symbol as symbol]
  const text = JSON.stringify(share, (_, value) =>
    value instanceof Map ? [...value] : value instanceof Set ? [...value].length : value,
  )
  expect(text).toContain(channel)
  expect(text).not.toContain(String(session.instanceToken))
})

test('behaviour: a client that is disposed follows no channel any more', async () => {
  const sharing = openSharing('memory')
  const { page } = sharing
  const a = sharing.addSharer().client
  const b = sharing.addSharer().client
  watched(a)
  await page.settle(a.enable({ channel }))
  await page.time.advance(120_000)
  const before = operations(sharing).length
  b.dispose()
  watched(b)
  await page.time.advance(10_000)
  expect(operations(sharing)).toHaveLength(before)
  expect(b.getSnapshot(channel).status).toBe('disabled')
})
