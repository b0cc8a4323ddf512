import { createStore } from './createStore.ts'

/** What this tab shows of the call. */
export interface View {
  /** How many people have a device. */
  deviceCount: number
  /** Beside them the same people without the package. */
  isCompared: boolean
}

const DEFAULT_COUNT = 2

/** It is in the address, so that a reload and another tab keep it. */
export function createViewStore(maxDevices: number) {
  const store = createStore(readView(location.search, maxDevices))
  return {
    ...store,
    change(change: Partial<View>) {
      const view = { ...store.get(), ...change }
      store.set(view)
      history.replaceState(null, '', toAddress(view))
    },
  }
}

export type ViewStore = ReturnType<typeof createViewStore>

function readView(search: string, maxDevices: number): View {
  const query = new URLSearchParams(search)
  const count = Math.round(Number(query.get('devices'))) || DEFAULT_COUNT
  return {
    deviceCount: Math.min(Math.max(1, count), maxDevices),
    isCompared: query.has('compare') && maxDevices > 1,
  }
}

export function toAddress({ deviceCount, isCompared }: View): string {
  const query = new URLSearchParams()
  if (deviceCount !== DEFAULT_COUNT) query.set('devices', String(deviceCount))
  if (isCompared) query.set('compare', '')
  return query.size > 0 ? `/?${query}` : '/'
}
