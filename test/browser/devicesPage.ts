import type { Frame, FrameLocator, Page } from 'playwright-core'
import { button, fact } from './demoPage.ts'

export type DeviceName = 'A' | 'B' | 'C'

export const deviceOf = (page: Page, name: DeviceName): FrameLocator =>
  page.frameLocator(`iframe[title^="Device ${name}"]`)

/** Shows the devices, each with its page loaded. */
export async function openDevices(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'Devices', exact: true }).check()
  await expectDevices(page, 'Enable captions')
  // Commands that come before a page listens are lost.
  for (const frame of deviceFrames(page))
    await frame.waitForFunction(() => document.title !== 'Device')
}

export const deviceFrames = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().endsWith('/device.html'))

export async function expectDevices(
  page: Page,
  buttonName: string,
  names: readonly DeviceName[] = ['A', 'B'],
): Promise<void> {
  for (const name of names) {
    await deviceOf(page, name).getByRole('button', { name: buttonName }).waitFor()
  }
}

export const enableOnAll = (page: Page) => button(page, 'Enable on all at once').click()

export const stopOnAll = (page: Page) => button(page, 'Stop on all').click()

export const setSignaling = (page: Page, isOn: boolean) =>
  page.getByRole('checkbox', { name: 'Signaling between devices' }).setChecked(isOn)

/** What a device shows beside a term. */
export const deviceFact = (page: Page, name: DeviceName, term: string) =>
  fact(deviceOf(page, name).getByRole('main'), term)
