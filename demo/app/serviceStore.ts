import { events, type ServiceState } from '../protocol.ts'
import { createStore, type Store } from './createStore.ts'
import { demoApi } from './demoApi.ts'

/** What the simulated service knows; null while the real one is in use. */
export type ServiceStore = Store<ServiceState | null>

export async function createServiceStore(isReal: boolean): Promise<ServiceStore> {
  const store = createStore(isReal ? null : await demoApi.getState())
  import.meta.hot?.on(events.state, (state: ServiceState | null) => store.set(state))
  return store
}
