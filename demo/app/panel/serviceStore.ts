import { events, type ServiceState } from '../../protocol.ts'
import { demoApi } from '../connection/demoApi.ts'
import { serverLink } from '../connection/serverLink.ts'
import { createStore, type Store } from '../createStore.ts'

/** What the simulated service knows; null while the real one is in use. */
export type ServiceStore = Store<ServiceState | null>

export async function createServiceStore(isReal: boolean): Promise<ServiceStore> {
  const store = createStore(isReal ? null : await demoApi.getState())
  serverLink.on(events.state, (state: ServiceState | null) => store.set(state))
  return store
}
