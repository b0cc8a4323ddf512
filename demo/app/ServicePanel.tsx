import { ClaimStory } from './ClaimStory.tsx'
import { ClientEvents } from './ClientEvents.tsx'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { RestCalls } from './RestCalls.tsx'
import type { ServiceStore } from './serviceStore.ts'
import { TaskMeters } from './TaskMeters.tsx'

interface ServicePanelProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
}

/** What a call's users never see: the service's side of it. */
export function ServicePanel({ callStore, serviceStore }: ServicePanelProps) {
  const { config } = useStore(callStore)
  const state = useStore(serviceStore)
  return (
    <section className="card" aria-labelledby="service-heading">
      <h2 id="service-heading">{state ? 'What the service sees' : 'What this page does'}</h2>
      {state ? (
        <>
          <TaskMeters state={state} />
          <ClaimStory story={state.story} />
          <RestCalls state={state} appId={config.appId} />
        </>
      ) : (
        <ClientEvents />
      )}
      <p className="about">
        {config.isReal
          ? 'This is the real service: a running task is billed.'
          : 'The service is simulated inside this Vite server. It starts and bills tasks; its caption bot hears a talk from a script.'}
        <br />
        App id: <code>{config.appId}</code>
      </p>
    </section>
  )
}
