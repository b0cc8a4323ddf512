import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchChromium } from './chromium.ts'
import type { RealClientPage } from './realClientPage.ts'
import { type PageServer, servePage } from './servePage.ts'

declare const call: RealClientPage

let browser: Browser
let server: PageServer
let page: Page
let errors: string[]

beforeAll(async () => {
  server = await servePage(fileURLToPath(new URL('realClientPage.ts', import.meta.url)))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  await server?.close()
})

beforeEach(async () => {
  page = await browser.newPage()
  errors = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(server.address)
})

afterEach(async () => {
  expect(errors).toEqual([])
  await page.close()
})

test('default: events of a client of agora-rtc-sdk-ng bring participants, and leaving ends that', async () => {
  const told = await page.evaluate(() => {
    const user = { uid: 7, hasAudio: false, hasVideo: false }
    call.emit('user-joined', { uid: 900_000_001, hasAudio: false, hasVideo: false })
    call.emit('user-joined', user)
    const joined = call.others()
    user.hasAudio = true
    call.emit('user-info-updated', 7, 'unmute-audio')
    const unmuted = call.others()
    const listenersBefore = call.countListeners()
    call.leave()
    return { joined, unmuted, listenersBefore, listenersAfter: call.countListeners() }
  })
  expect(told).toEqual({
    joined: [{ uid: '7', isMuted: true }],
    unmuted: [{ uid: '7', isMuted: false }],
    listenersBefore: 9,
    listenersAfter: 0,
  })
})

test('behaviour: what the client cannot subscribe is told', async () => {
  await page.evaluate(() => {
    call.emit('user-published', { uid: 7, hasAudio: true, hasVideo: false }, 'audio')
  })
  await expect
    .poll(() => page.evaluate(() => call.problems()))
    .toEqual([expect.stringMatching(/^Guest 7 is not heard/)])
})

test('behaviour: sound that the browser holds back is told until the next click', async () => {
  await page.evaluate(() => call.holdSoundBack())
  expect(await page.evaluate(() => call.problems())).toEqual([
    expect.stringMatching(/^The browser holds back the sound/),
  ])
  await page.mouse.click(10, 10)
  expect(await page.evaluate(() => call.problems())).toEqual([])
})
