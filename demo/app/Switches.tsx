import { AppSwitches } from './AppSwitches.tsx'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { PageSwitches } from './PageSwitches.tsx'
import { ServiceControls } from './ServiceControls.tsx'
import type { ServiceStore } from './serviceStore.ts'
import type { View } from './viewStore.ts'

interface SwitchesProps {
  viewStore: Store<View>
  callStore: Store<Call>
  serviceStore: ServiceStore
}

export function Switches({ viewStore, callStore, serviceStore }: SwitchesProps) {
  const { config } = useStore(callStore)
  const state = useStore(serviceStore)
  const view = useStore(viewStore)
  return (
    <section className="card" aria-labelledby="switches-heading">
      <h2 id="switches-heading">Switches</h2>
      <div className="switch-groups">
        <div className="switch-column">
          <AppSwitches callStore={callStore} state={state} />
          {view === 'call' && <PageSwitches callStore={callStore} />}
        </div>
        {state && <ServiceControls api={config.api} state={state} serviceStore={serviceStore} />}
      </div>
    </section>
  )
}
