import type { TeamId } from '../../people.ts'
import type { DemoConfig, DemoDevice, PressCommand } from '../../protocol.ts'
import { CAPTIONS_BUTTON_CLASS } from '../call/CaptionsButton.tsx'
import { createStore } from '../createStore.ts'
import { stopPlainTasks } from '../plain/plainCaptions.ts'

/** What the clients of the frames are made of, as JSON; missing until their page listens. */
export const frameConfigs = createStore<Readonly<Partial<Record<TeamId, string | null>>>>({})

export const toFrameId = (id: TeamId) => `device-${id}`

export function setFrameConfig(id: TeamId, config: string | null): void {
  const configs = frameConfigs.get()
  if (configs[id] !== config) frameConfigs.set({ ...configs, [id]: config })
}

/** Whether each of them listens, and has followed the last change of the switches. */
export function areReady(
  devices: readonly DemoDevice[],
  config: DemoConfig,
  configs = frameConfigs.get(),
): boolean {
  const wanted = JSON.stringify(config)
  return devices.every(({ id, origin }) => origin === null || configs[id] === wanted)
}

/** Whether a captions button is to be pressed so that captions become as they are wanted. */
export const isWanting = (button: HTMLElement, wanted: PressCommand['wanted']) =>
  (button.dataset.look === 'off') === (wanted === 'on')

/**
 * Presses the captions button of every device, without a pause. Those of this page are pressed within one turn of the
 * event loop, before React can render; the frames have a process of their own, and race from there.
 */
export function pressEverywhere(
  devices: readonly DemoDevice[],
  wanted: PressCommand['wanted'],
  times = 1,
): void {
  const command: PressCommand = { type: 'demo:press', wanted }
  for (const { id, origin } of devices) {
    const frame = document.getElementById(toFrameId(id)) as HTMLIFrameElement | null
    if (origin) frame?.contentWindow?.postMessage(command, origin)
  }
  const buttons = document.querySelectorAll<HTMLElement>(`.${CAPTIONS_BUTTON_CLASS}`)
  for (const button of [...buttons].filter((one) => isWanting(one, wanted))) {
    for (let time = 0; time < times; time++) button.click()
  }
}

/** Also what a device started that is not shown any more. */
export function stopEverywhere(devices: readonly DemoDevice[], config: DemoConfig): void {
  pressEverywhere(devices, 'off')
  stopPlainTasks(config)
}
