import { type Person, type PersonId, participants } from '../participants.ts'
import { createStore } from './createStore.ts'

export type ViewerId = 'ada' | 'grace'

export interface Viewer extends Person {
  id: ViewerId
}

/** Those who have a window on this page. */
export const viewers: readonly Viewer[] = [
  { ...participants.ada, id: 'ada' },
  { ...participants.grace, id: 'grace' },
]

export interface Devices {
  isMuted: boolean
  isCameraOff: boolean
}

const ALL_ON: Devices = { isMuted: false, isCameraOff: false }

/** What the call shows of everyone; both windows see it. */
export const devicesStore = createStore<Record<PersonId, Devices>>({
  ada: ALL_ON,
  grace: ALL_ON,
  kenji: ALL_ON,
  lena: ALL_ON,
})

export function setDevice(id: PersonId, change: Partial<Devices>): void {
  const devices = devicesStore.get()
  devicesStore.set({ ...devices, [id]: { ...devices[id], ...change } })
}

export function toggleDevice(id: PersonId, device: keyof Devices): void {
  setDevice(id, { [device]: !devicesStore.get()[id][device] })
}
