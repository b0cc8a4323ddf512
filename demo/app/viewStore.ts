import { createStore, type Store } from './createStore.ts'

/** What the page shows of the call. */
export type View = 'call' | 'devices'

/** It is in the address, so that a reload and the way back keep it. */
const viewHash: Readonly<Record<View, string>> = { call: '', devices: '#devices' }

export function chooseView(store: Store<View>, view: View): void {
  store.set(view)
  location.hash = viewHash[view]
}

export function createViewStore(hasDevices: boolean): Store<View> {
  const read = (): View => (hasDevices && location.hash === viewHash.devices ? 'devices' : 'call')
  const store = createStore(read())
  addEventListener('hashchange', () => store.set(read()))
  return store
}
