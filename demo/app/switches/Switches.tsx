import type { Call } from '../call/callStore.ts'
import { type Store, useStore } from '../createStore.ts'
import type { ServiceStore } from '../panel/serviceStore.ts'
import { CallControls } from './CallControls.tsx'
import { ServiceControls } from './ServiceControls.tsx'

interface SwitchesProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
}

/** Everything that can go wrong, to be tried out. */
export function Switches({ callStore, serviceStore }: SwitchesProps) {
  const { config } = useStore(callStore)
  const state = useStore(serviceStore)
  return (
    <section className="card" aria-labelledby="switches-heading">
      <h2 id="switches-heading">{state ? 'Make it go wrong' : 'Switches'}</h2>
      <div className="switch-groups">
        <CallControls callStore={callStore} serviceStore={serviceStore} />
        {state && <ServiceControls api={config.api} state={state} serviceStore={serviceStore} />}
      </div>
    </section>
  )
}
