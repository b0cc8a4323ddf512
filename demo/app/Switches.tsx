import { AppSwitches } from './AppSwitches.tsx'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { PageSwitches } from './PageSwitches.tsx'
import { ServiceControls } from './ServiceControls.tsx'
import type { ServiceStore } from './serviceStore.ts'

interface SwitchesProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
}

export function Switches({ callStore, serviceStore }: SwitchesProps) {
  const state = useStore(serviceStore)
  return (
    <section className="card" aria-labelledby="switches-heading">
      <h2 id="switches-heading">Switches</h2>
      <div className="switch-groups">
        <AppSwitches callStore={callStore} state={state} />
        <PageSwitches callStore={callStore} />
        {state && <ServiceControls state={state} serviceStore={serviceStore} />}
      </div>
    </section>
  )
}
