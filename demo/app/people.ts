import { createStore } from './createStore.ts'

export type PersonId = 'ada' | 'grace'

export interface Person {
  id: PersonId
  name: string
  /** The RTC uid. */
  uid: string
}

export const people: readonly Person[] = [
  { id: 'ada', name: 'Ada', uid: '1001' },
  { id: 'grace', name: 'Grace', uid: '1002' },
]

export interface Devices {
  isMuted: boolean
  isCameraOff: boolean
}

/** What the call shows of everyone; both windows see it. */
export const devicesStore = createStore<Record<PersonId, Devices>>({
  ada: { isMuted: false, isCameraOff: false },
  grace: { isMuted: true, isCameraOff: false },
})

export function toggleDevice(id: PersonId, device: keyof Devices): void {
  const devices = devicesStore.get()
  devicesStore.set({ ...devices, [id]: { ...devices[id], [device]: !devices[id][device] } })
}
