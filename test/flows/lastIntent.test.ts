import { type SttSnapshot, SupersededError } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { count, enabled, errorFrom, openPage, sent, valueFrom } from './openPage.js'

test('default: disable() of nothing known sends nothing and resolves', async () => {
  for (const api of ['v7', 'v6'] as const) {
    const page = openPage({ api })
    expect(
      valueFrom(await page.settle(page.client.disable({ channel: 'room' }), 0)),
    ).toBeUndefined()
    expect(sent(page)).toEqual([])
    expect(page.client.getSnapshot('room')).toEqual({
      status: 'disabled',
      session: null,
      error: null,
    })
  }
})

test('default: enable, then disable', async () => {
  const page = openPage()
  await enabled(page)
  const disable = page.client.disable({ channel: 'room' })
  expect(page.client.getSnapshot('room').status).toBe('disabling')
  expect(page.client.disable({ channel: 'room' })).toBe(disable)
  expect(valueFrom(await page.settle(disable))).toBeUndefined()
  expect(sent(page)).toEqual(['start', 'stop'])
  expect(page.agora.liveTasks()).toEqual([])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('behaviour: disable() withdraws an enable() that has sent nothing', async () => {
  const page = openPage()
  const enable = page.client.enable({ channel: 'room' })
  const disable = page.client.disable({ channel: 'room' })
  const error = errorFrom(await page.settle(enable, 0))
  expect(SupersededError.is(error)).toBe(true)
  valueFrom(await page.settle(disable, 0))
  await page.time.advance(100_000)
  expect(sent(page)).toEqual([])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('behaviour: an enable() whose provider still works on the token is withdrawn', async () => {
  const page = openPage()
  let answer: (token: string) => void = () => {}
  const slow = new Promise<string>((resolve) => {
    answer = resolve
  })
  const enable = page.client.enable({ channel: 'room', tokenProvider: () => slow })
  await page.time.advance(500)
  const disable = page.client.disable({ channel: 'room' })
  expect(errorFrom(await page.settle(enable, 0)).code).toBe('superseded')
  valueFrom(await page.settle(disable, 0))
  answer(await page.agora.mintToken({ channel: 'room' }))
  await page.time.advance(10_000)
  expect(sent(page)).toEqual([])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('behaviour: an enable() that waits for its turn is withdrawn and takes none', async () => {
  const page = openPage()
  const first = page.client.enable({ channel: 'one' })
  await page.time.advance(10)
  const second = page.client.enable({ channel: 'two' })
  await page.time.advance(10)
  const third = page.client.enable({ channel: 'three' })
  await page.time.advance(10)
  page.client.disable({ channel: 'two' })
  expect(errorFrom(await page.settle(second, 0)).code).toBe('superseded')
  valueFrom(await page.settle(first, 0))
  valueFrom(await page.settle(third))
  expect(page.agora.requests.map(({ channel }) => channel)).toEqual(['one', 'three'])
  const [one, three] = page.agora.requests
  expect((three?.at ?? 0) - (one?.at ?? 0)).toBe(1_000)
})

test('behaviour: a sent enable() is waited for, then stopped', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  expect(sent(page)).toEqual(['start'])
  const disable = page.client.disable({ channel: 'room' })
  expect(page.client.getSnapshot('room').status).toBe('disabling')
  expect(errorFrom(await page.settle(enable)).code).toBe('superseded')
  expect(page.client.getSnapshot('room').status).toBe('disabling')
  valueFrom(await page.settle(disable))
  expect(sent(page)).toEqual(['start', 'stop'])
  expect(page.agora.liveTasks()).toEqual([])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('behaviour: enable, disable, enable while the start is under way is one start and no stop', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  const first = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  const disable = page.client.disable({ channel: 'room' })
  const second = page.client.enable({ channel: 'room' })
  expect(page.client.getSnapshot('room').status).toBe('enabling')
  valueFrom(await page.settle(disable, 0))
  expect(valueFrom(await page.settle(second))).toBe(valueFrom(await page.settle(first)))
  await page.time.advance(5_000)
  expect(sent(page)).toEqual(['start'])
  expect(page.client.getSnapshot('room').status).toBe('enabled')
})

test('behaviour: enable() during disable() starts after it', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  const before = await enabled(page)
  await page.time.advance(2_000)
  const disable = page.client.disable({ channel: 'room' })
  await page.time.advance(100)
  const enable = page.client.enable({ channel: 'room' })
  expect(page.client.getSnapshot('room').status).toBe('enabling')
  valueFrom(await page.settle(disable))
  const session = valueFrom(await page.settle(enable))
  expect(session.taskId).not.toBe(before.taskId)
  expect(sent(page)).toEqual(['start', 'stop', 'start'])
  expect(page.agora.liveTasks().map(({ taskId }) => taskId)).toEqual([session.taskId])
})

test('behaviour: an enable() queued behind a sent disable() is overtaken by the next disable()', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  await enabled(page)
  await page.time.advance(2_000)
  const disable = page.client.disable({ channel: 'room' })
  await page.time.advance(100)
  const enable = page.client.enable({ channel: 'room' })
  const again = page.client.disable({ channel: 'room' })
  expect(again).toBe(disable)
  expect(errorFrom(await page.settle(enable, 0)).code).toBe('superseded')
  valueFrom(await page.settle(again))
  expect(sent(page)).toEqual(['start', 'stop'])
  expect(page.client.getSnapshot('room')).toEqual({
    status: 'disabled',
    session: null,
    error: null,
  })
})

test('behaviour: a disable() that has sent nothing is overtaken: nothing is stopped or asked', async () => {
  const page = openPage()
  const session = await enabled(page)
  await page.time.advance(2_000)
  const disable = page.client.disable({ channel: 'room' })
  const enable = page.client.enable({ channel: 'room' })
  expect(page.client.getSnapshot('room').status).toBe('enabling')
  valueFrom(await page.settle(disable, 0))
  expect(valueFrom(await page.settle(enable))).toBe(session)
  expect(page.client.getSnapshot('room')).toEqual({ status: 'enabled', session, error: null })
  expect(sent(page)).toEqual(['start'])
})

for (const latencyMs of [0, 300, 1_500]) {
  for (const gapMs of [0, 1, 250, 700]) {
    test(`behaviour: a chain of intents ends as the last one has it (${latencyMs} ms, every ${gapMs} ms)`, async () => {
      for (const last of ['enable', 'disable'] as const) {
        const page = openPage({ agora: { latencyMs } })
        const shown: SttSnapshot[] = []
        page.client.subscribe('room', () => shown.push(page.client.getSnapshot('room')))
        const promises: Promise<unknown>[] = []
        const length = last === 'enable' ? 9 : 10
        for (let index = 0; index < length; index++) {
          const kind = index % 2 ? 'disable' : 'enable'
          promises.push(page.client[kind]({ channel: 'room' }))
          const { status, error } = page.client.getSnapshot('room')
          expect([`${kind.slice(0, -1)}ing`, `${kind}d`]).toContain(status)
          expect(error).toBeNull()
          await page.time.advance(gapMs)
        }
        for (const [index, promise] of promises.entries()) {
          const outcome = await page.settle(promise)
          if (index % 2 || 'value' in outcome) valueFrom(outcome)
          else expect(errorFrom(outcome).code).toBe('superseded')
        }
        await page.time.advance(10_000)
        expect(page.client.getSnapshot('room').status).toBe(`${last}d`)
        expect(page.agora.liveTasks()).toHaveLength(last === 'enable' ? 1 : 0)
        expect(shown.filter(({ error }) => error !== null)).toEqual([])
      }
    })
  }
}

test('behaviour: disable() after an enable() of unknown outcome stops what it finds', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'list', networkError: true })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toHaveLength(1)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toEqual([])
  expect(count(page, 'stop')).toBe(1)
})

test('behaviour: disable() after an unknown enable() stops the only task even if no name shows', async () => {
  const page = openPage({ agora: { queryName: false } })
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'list', networkError: true })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  valueFrom(await page.settle(page.client.disable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toEqual([])
})

test('behaviour: disable() by another client of the page stops what an unknown enable() left', async () => {
  const page = openPage()
  const other = page.createClient()
  page.agora.failNext({ operation: 'start', dropResponse: true })
  page.agora.failNext({ operation: 'list', networkError: true })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  valueFrom(await page.settle(other.disable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toEqual([])
})

test('behaviour: a start that is carried out after the disable() is stopped when it appears', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', delayMs: 40_000, when: 'before' })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  const disable = page.client.disable({ channel: 'room' })
  expect(errorFrom(await page.settle(enable)).code).toBe('superseded')
  await page.settle(disable)
  await page.time.advance(120_000)
  expect(page.agora.startedTasks()).toBe(1)
  expect(page.agora.liveTasks()).toEqual([])
  expect(page.client.getSnapshot('room').status).toBe('disabled')
})

test('behaviour: every client of the page that shows the channel follows', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  const other = page.createClient()
  const seen: string[] = []
  other.subscribe('room', () => seen.push(other.getSnapshot('room').status))
  await enabled(page)
  await page.time.advance(2_000)
  valueFrom(await page.settle(other.disable({ channel: 'room' })))
  page.agora.failNext({ operation: 'start', status: 400, body: { message: 'no' } })
  await page.time.advance(2_000)
  const error = errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(seen).toEqual(['enabling', 'enabled', 'disabling', 'disabled', 'enabling', 'disabled'])
  expect(other.getSnapshot('room')).toEqual({ status: 'disabled', session: null, error })
  expect(page.client.getSnapshot('room').status).toBe('disabled')
})

test('behaviour: a snapshot is the same object until it changes, and frozen', async () => {
  const page = openPage()
  const blank = page.client.getSnapshot('room')
  expect(page.client.getSnapshot('room')).toBe(blank)
  await enabled(page)
  const snapshot = page.client.getSnapshot('room')
  await page.time.advance(5_000)
  expect(page.client.getSnapshot('room')).toBe(snapshot)
  expect(Object.isFrozen(snapshot) && Object.isFrozen(snapshot.session)).toBe(true)
  expect(Object.isFrozen(blank)).toBe(true)
})
