import { replaceEqualDeep } from '@tanstack/react-query'
import { events, type ServiceState } from '../../protocol.ts'
import { demoApi } from '../connection/demoApi.ts'
import { serverLink } from '../connection/serverLink.ts'
import { createStore, type Store } from '../createStore.ts'

/** What the simulated service knows; null while the real one is in use. */
export type ServiceStore = Store<ServiceState | null>

export async function createServiceStore(isReal: boolean): Promise<ServiceStore> {
  const { set, ...store } = createStore(isReal ? null : await demoApi.getState())
  const serviceStore: ServiceStore = {
    ...store,
    // Every second only the bill is another one; the logs stay the same objects, and render nothing.
    set: (state) => set(replaceEqualDeep(store.get(), state)),
  }
  serverLink.on(events.state, serviceStore.set)
  return serviceStore
}
