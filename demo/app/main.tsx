import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/styles.css'
import { people } from '../people.ts'
import { type DemoConfig, events } from '../protocol.ts'
import { createCallStore, followConfig } from './call/callStore.ts'
import { openSimulatedChannel } from './call/openSimulatedChannel.ts'
import { demoApi } from './connection/demoApi.ts'
import { serverLink } from './connection/serverLink.ts'
import { Page } from './Page.tsx'
import { createServiceStore } from './panel/serviceStore.ts'
import { forgetPlainTasks } from './plain/plainCaptions.ts'
import { createViewStore } from './viewStore.ts'

const config = await demoApi.getConfig()
const openChannel = config.isReal
  ? (await import('./call/openRealChannel.ts')).openRealChannel
  : openSimulatedChannel
const callStore = createCallStore(config, people.ada, openChannel)
const serviceStore = await createServiceStore(config.isReal)
const viewStore = createViewStore(config.devices.length)

serverLink.on(events.config, (next: DemoConfig) => {
  if (next.appId !== callStore.get().config.appId) forgetPlainTasks()
  void followConfig(callStore, next)
})
serverLink.onOpen(() => serverLink.send(events.hello, people.ada.id))

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <Page callStore={callStore} serviceStore={serviceStore} viewStore={viewStore} />
    </QueryClientProvider>
  </StrictMode>,
)
