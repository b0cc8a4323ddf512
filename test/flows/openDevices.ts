import type { SttClient } from 'react-realtime-stt/core'
import { createDevices, type Devices, type DevicesOptions } from '../simulation/createDevices.js'
import { valueFrom } from './openPage.js'

export const channel = 'room'

export interface OpenedDevices extends Devices {
  first: SttClient
  second: SttClient
}

/** Two devices that show the channel. */
export function openDevices(options: Partial<DevicesOptions> = {}): OpenedDevices {
  const devices = createDevices({ count: 2, ...options })
  const [first, second] = devices.clients as [SttClient, SttClient]
  for (const client of devices.clients) client.subscribe(channel, () => {})
  return { ...devices, first, second }
}

export const keyOf = ({ page }: Pick<Devices, 'page'>) => ({ appId: page.agora.appId, channel })

export const liveIds = ({ page }: Pick<Devices, 'page'>) =>
  page.agora.liveTasks(channel).map(({ taskId }) => taskId)

/** What the claim says. */
export const claimed = async (devices: Devices) =>
  valueFrom(await devices.page.settle(devices.store.read(keyOf(devices))))?.value
