import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type DemoConfig, events } from '../protocol.ts'
import { createCallStore, followConfig } from './callStore.ts'
import { createStore } from './createStore.ts'
import { demoApi } from './demoApi.ts'
import { EveryoneButton } from './EveryoneButton.tsx'
import { OpenTab } from './OpenTab.tsx'
import { people } from './people.ts'
import { ServicePanel } from './ServicePanel.tsx'
import { Switches } from './Switches.tsx'
import { createServiceStore } from './serviceStore.ts'
import { Window } from './Window.tsx'

const config = await demoApi.getConfig()
const callStore = createCallStore(config)
const serviceStore = await createServiceStore(config.isReal)

const nameStore = createStore<string | null>(null)
import.meta.hot?.on(events.welcome, nameStore.set)
import.meta.hot?.on(events.config, (next: DemoConfig) => void followConfig(callStore, next))
import.meta.hot?.send(events.hello)

// Two windows of two apps, as far as React can tell: nothing but the page is shared.
for (const person of people) {
  mount(
    `window-${person.id}`,
    <QueryClientProvider client={new QueryClient()}>
      <Window person={person} callStore={callStore} />
    </QueryClientProvider>,
  )
}
mount('together', <EveryoneButton />)
mount('tabs', <OpenTab callStore={callStore} nameStore={nameStore} />)
mount('service', <ServicePanel callStore={callStore} serviceStore={serviceStore} />)
mount('switches', <Switches callStore={callStore} serviceStore={serviceStore} />)

function mount(id: string, children: ReactNode): void {
  const element = document.getElementById(id)
  if (!element) throw new Error(`index.html has no element with the id ${id}.`)
  createRoot(element).render(<StrictMode>{children}</StrictMode>)
}
