import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type DemoConfig, events } from '../protocol.ts'
import { createCallStore, followConfig } from './callStore.ts'
import { createStore } from './createStore.ts'
import { DevicesView } from './DevicesView.tsx'
import { demoApi } from './demoApi.ts'
import { EveryoneButton } from './EveryoneButton.tsx'
import { OpenTab } from './OpenTab.tsx'
import { viewers } from './people.ts'
import { ServicePanel } from './ServicePanel.tsx'
import { Switches } from './Switches.tsx'
import { createServiceStore } from './serviceStore.ts'
import { TranscriptCard } from './TranscriptCard.tsx'
import { ViewChoice } from './ViewChoice.tsx'
import { createViewStore } from './viewStore.ts'
import { Window } from './Window.tsx'

const config = await demoApi.getConfig()
const openChannel = config.isReal
  ? (await import('./openRealChannel.ts')).openRealChannel
  : (await import('./openSimulatedChannel.ts')).openSimulatedChannel
const callStore = createCallStore(config, openChannel)
const serviceStore = await createServiceStore(config.isReal)

const viewStore = createViewStore(config.devices.length > 0)
const nameStore = createStore<string | null>(null)
import.meta.hot?.on(events.welcome, nameStore.set)
import.meta.hot?.on(events.config, (next: DemoConfig) => void followConfig(callStore, next))
import.meta.hot?.send(events.hello)

// Two windows of two apps, as far as React can tell: nothing but the page is shared.
for (const viewer of viewers) {
  mount(
    `window-${viewer.id}`,
    <QueryClientProvider client={new QueryClient()}>
      <Window viewer={viewer} callStore={callStore} />
    </QueryClientProvider>,
  )
}
mount('together', <EveryoneButton />)
mount('transcript', <TranscriptCard callStore={callStore} />)
mount('tabs', <OpenTab callStore={callStore} nameStore={nameStore} />)
mount('service', <ServicePanel callStore={callStore} serviceStore={serviceStore} />)
mount(
  'switches',
  <Switches viewStore={viewStore} callStore={callStore} serviceStore={serviceStore} />,
)

if (config.devices.length > 0) mount('view', <ViewChoice viewStore={viewStore} />)

let hasDevices = false
function showView(): void {
  const isDevices = viewStore.get() === 'devices'
  element('call-view').hidden = isDevices
  element('devices-view').hidden = !isDevices
  if (!isDevices || hasDevices) return
  // Once opened they stay: a device does not go away because nobody looks at it.
  hasDevices = true
  mount('devices-view', <DevicesView callStore={callStore} serviceStore={serviceStore} />)
}
viewStore.subscribe(showView)
showView()

function mount(id: string, children: ReactNode): void {
  createRoot(element(id)).render(<StrictMode>{children}</StrictMode>)
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`index.html has no element with the id ${id}.`)
  return found
}
