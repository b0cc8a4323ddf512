import { ConfigError } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { enabled, errorFrom, openPage, sent, valueFrom } from './openPage.js'

test('default: idempotent; new operations reject with ConfigError', async () => {
  const page = openPage()
  await enabled(page)
  page.client.dispose()
  page.client.dispose()
  for (const operation of ['enable', 'disable', 'refresh'] as const) {
    const error = errorFrom(
      await page.settle<unknown>(page.client[operation]({ channel: 'room' }), 0),
    )
    expect(ConfigError.is(error)).toBe(true)
  }
  expect(sent(page)).toEqual(['start'])
  expect(page.time.pendingTimers).toBe(0)
})

for (const api of ['v7', 'v6'] as const) {
  test(`behaviour: operations under way settle, and no timer is left (${api})`, async () => {
    const page = openPage({ api, agora: { latencyMs: 300 }, config: { transcription: {} } })
    const enables = ['one', 'two', 'three'].map((channel) => page.client.enable({ channel }))
    await page.time.advance(100)
    page.client.dispose()
    for (const promise of enables) valueFrom(await page.settle(promise))
    await page.time.advance(0)
    expect(page.time.pendingTimers).toBe(0)
    expect(page.agora.liveTasks()).toHaveLength(3)
  })

  test(`behaviour: a disable() under way settles (${api})`, async () => {
    const page = openPage({ api, agora: { latencyMs: 300 }, config: { transcription: {} } })
    await enabled(page)
    const disable = page.client.disable({ channel: 'room' })
    await page.time.advance(0)
    page.client.dispose()
    valueFrom(await page.settle(disable))
    expect(page.agora.liveTasks()).toEqual([])
    expect(page.time.pendingTimers).toBe(0)
  })
}

test('behaviour: no watch is left after an unanswered start', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', networkError: true })
  errorFrom(await page.settle(page.client.enable({ channel: 'room' })))
  expect(page.time.pendingTimers).toBeGreaterThan(0)
  page.client.dispose()
  expect(page.time.pendingTimers).toBe(0)
})

test('behaviour: a start that fails after the disposal is watched by nobody', async () => {
  const page = openPage()
  page.agora.failNext({ operation: 'start', networkError: true, delayMs: 500 })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  page.client.dispose()
  errorFrom(await page.settle(enable))
  await page.time.advance(0)
  expect(page.time.pendingTimers).toBe(0)
})

test('behaviour: an acquired instance leaves no timer', async () => {
  const page = openPage({ api: 'v6' })
  await enabled(page)
  page.client.dispose()
  expect(page.time.pendingTimers).toBe(0)
  const late = openPage({ api: 'v6', agora: { latencyMs: 300 } })
  const enable = late.client.enable({ channel: 'room' })
  await late.time.advance(100)
  late.client.dispose()
  valueFrom(await late.settle(enable))
  await late.time.advance(0)
  expect(late.time.pendingTimers).toBe(0)
})

test('behaviour: a look under way settles', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  const look = page.client.refresh({ channel: 'room' })
  await page.time.advance(100)
  page.client.dispose()
  expect(await page.settle(look)).not.toHaveProperty('pending')
  await page.time.advance(0)
  expect(page.time.pendingTimers).toBe(0)
})

test('behaviour: a withdrawn enable() whose provider still works leaves no timer', async () => {
  const page = openPage({ config: { tokenProvider: () => new Promise(() => {}) } })
  const enable = page.client.enable({ channel: 'room' })
  await page.time.advance(100)
  valueFrom(await page.settle(page.client.disable({ channel: 'room' }), 0))
  errorFrom(await page.settle(enable, 0))
  page.client.dispose()
  expect(page.time.pendingTimers).toBe(0)
})

test('behaviour: what one client has under way settles for the others too', async () => {
  const page = openPage({ agora: { latencyMs: 300 } })
  const other = page.createClient()
  page.client.enable({ channel: 'room' })
  const shared = other.enable({ channel: 'room' })
  await page.time.advance(100)
  page.client.dispose()
  const session = valueFrom(await page.settle(shared))
  expect(other.getSnapshot('room')).toEqual({ status: 'enabled', session, error: null })
  valueFrom(await page.settle(other.disable({ channel: 'room' })))
  expect(page.agora.liveTasks()).toEqual([])
})

test('behaviour: another client of the same app with another api or baseUrl is refused at enable(), until the other is disposed', async () => {
  const page = openPage()
  for (const config of [{ api: 'v6' as const }, { baseUrl: 'https://proxy.example' }]) {
    const other = page.createClient(config)
    const error = errorFrom(await page.settle(other.enable({ channel: 'room' }), 0))
    expect(ConfigError.is(error)).toBe(true)
    expect(sent(page)).toEqual([])
    expect(other.getSnapshot('room').error).toBe(error)
    other.dispose()
  }
  const same = page.createClient({ baseUrl: 'https://api.agora.io/' })
  valueFrom(await page.settle(same.enable({ channel: 'room' })))
  valueFrom(await page.settle(same.disable({ channel: 'room' })))
  same.dispose()
  const other = page.createClient({ api: 'v6' })
  page.client.dispose()
  page.client.dispose()
  valueFrom(await page.settle(other.enable({ channel: 'room' })))
})

test('behaviour: disposing one of two equal clients frees nobody', async () => {
  const page = openPage()
  const twin = page.createClient()
  const other = page.createClient({ api: 'v6' })
  twin.dispose()
  errorFrom(await page.settle(other.enable({ channel: 'room' }), 0))
  page.client.dispose()
  valueFrom(await page.settle(other.enable({ channel: 'room' })))
})

test('behaviour: the same app in another registry is another device', async () => {
  const page = openPage()
  const other = page.createClient({ api: 'v6', environment: page.time.environment() })
  valueFrom(await page.settle(other.enable({ channel: 'room' })))
})
