import { type Browser, chromium } from 'playwright-core'
import type { PreviewServer } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findChromium, QUIET_FLAGS } from './chromium.ts'
import { DemoBackend } from './demoBackend.ts'
import { addressOf, serveDemo } from './openDemo.ts'
import { openRealDemo, type RealDemo, recordedKinds } from './openRealDemo.ts'

const DEVICES = { permissions: ['microphone', 'camera'] }

let server: PreviewServer
let browser: Browser
let browserWithoutDevices: Browser
let demo: RealDemo

const launch = (...flags: string[]) =>
  chromium.launch({ executablePath: findChromium(), args: [...QUIET_FLAGS, ...flags] })

beforeAll(async () => {
  server = await serveDemo()
  browser = await launch('--use-fake-device-for-media-stream')
  browserWithoutDevices = await launch()
})

afterAll(async () => {
  await browser?.close()
  await browserWithoutDevices?.close()
  await server?.close()
})

// Whatever channel a test has chosen.
beforeEach(async () => {
  await new DemoBackend(addressOf(server)).reset()
})

afterEach(async () => {
  expect(demo.errors).toEqual([])
  await demo.page.context().close()
})

async function open(options: Parameters<typeof openRealDemo>[2] = {}): Promise<void> {
  demo = await openRealDemo(browser, addressOf(server), options)
}

const press = (name: 'Mute' | 'Camera off') =>
  demo.page.getByRole('button', { name, exact: true }).click()

const expectSentence = (text: string | RegExp) =>
  demo.page.getByRole('alert').getByText(text).waitFor()

const expectPressed = (name: 'Mute' | 'Camera off', isPressed: boolean) =>
  demo.page.getByRole('button', { name, exact: true, pressed: isPressed }).waitFor()

test('default: the own camera is shown by the SDK, and both devices are given back when they are off', async () => {
  await open(DEVICES)
  expect(await recordedKinds(demo.page)).toEqual([])
  await press('Camera off')
  await press('Mute')
  await demo.page.waitForFunction(() => {
    const picture = document.querySelector<HTMLVideoElement>('.tile video')
    return picture !== null && picture.videoWidth > 0 && !picture.paused
  })
  await expect.poll(() => recordedKinds(demo.page)).toEqual(['video', 'audio'])
  await press('Camera off')
  await press('Mute')
  expect(await recordedKinds(demo.page)).toEqual([])
  expect(await demo.page.locator('.tile video').count()).toBe(0)
})

test('behaviour: where Agora cannot be reached the call says so, and nobody else is told anything', async () => {
  await open()
  await expectSentence(/^No server of Agora answers yet/)
  const hosts = [...demo.strayHosts]
  expect(hosts.length).toBeGreaterThan(0)
  // Only those that tell where a channel is.
  expect(
    hosts.filter((host) => !/^webrtc2-(ap-web-)?\d\.(agora\.io|ap\.sd-rtn\.com)$/.test(host)),
  ).toEqual([])
})

test('behaviour: a device without a network says that it is offline', async () => {
  await open()
  await demo.page.context().setOffline(true)
  await expectSentence(/^This device is offline/)
})

test.each([
  [2_010_005, 'AGORA_APP_ID'],
  [2_010_009, 'AGORA_APP_CERTIFICATE'],
  [2_010_013, 'The token of this page has expired'],
  [2_010_014, 'Enable the primary certificate'],
])('behaviour: the refusal %i of the service has its sentence', async (refusal, words) => {
  await open({ refusal })
  await expectSentence(new RegExp(words))
})

test('behaviour: a name that the SDK refuses is told, and leaving for it while joining breaks nothing', async () => {
  await open()
  await demo.page.getByLabel('Channel').fill('Straße')
  await demo.page.getByLabel('Channel').press('Enter')
  await expectSentence(/is not of a form that Agora takes/)
})

test('behaviour: a permission that is refused leaves the device off and says how to allow it', async () => {
  await open()
  await press('Mute')
  await expectSentence(/does not let this page use the microphone\. Allow it/)
  await expectPressed('Mute', true)
  await press('Camera off')
  await expectSentence(/does not let this page use the camera\. Allow it/)
  await expectPressed('Camera off', true)
})

test('behaviour: the sentence goes away once the permission is given', async () => {
  await open()
  await press('Camera off')
  await expectSentence(/does not let this page use the camera/)
  await demo.page.context().grantPermissions(['camera'])
  await press('Camera off')
  await demo.page.locator('.tile video').waitFor()
  await demo.page.getByText(/does not let this page use the camera/).waitFor({ state: 'detached' })
})

test('behaviour: a computer without microphone and camera says so', async () => {
  demo = await openRealDemo(browserWithoutDevices, addressOf(server), DEVICES)
  await press('Mute')
  await expectSentence(/^No microphone was found/)
  await press('Camera off')
  await expectSentence(/^No camera was found/)
})

test('behaviour: an address that is not secure gives no devices, and says which would', async () => {
  await open({ origin: 'http://demo.test' })
  await press('Mute')
  await expectSentence(/gives this page no microphone.*on https, or on localhost/)
  await expectPressed('Mute', true)
})

test('behaviour: the SDK is loaded with the real service only', async () => {
  await open()
  const scripts = () =>
    demo.page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    )
  const isOfSdk = (path: string) => path.includes('openRealChannel')
  expect((await scripts()).filter(isOfSdk)).toHaveLength(1)
  await demo.page.unrouteAll()
  await demo.page.goto(addressOf(server))
  await demo.page.getByText('(you)').first().waitFor()
  expect((await scripts()).filter(isOfSdk)).toEqual([])
})
