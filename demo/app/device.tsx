import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './styles/styles.css'
import { people } from '../people.ts'
import { type DemoConfig, type DemoDevice, events, type FrameNotice } from '../protocol.ts'
import { CAPTIONS_BUTTON_CLASS } from './call/CaptionsButton.tsx'
import { type Call, createCallStore, followConfig } from './call/callStore.ts'
import { deviceTitle } from './call/deviceTitle.ts'
import { openSimulatedChannel } from './call/openSimulatedChannel.ts'
import { PackageWindow } from './call/PackageWindow.tsx'
import { demoApi } from './connection/demoApi.ts'
import { isCallPage, readPress } from './connection/frameMessages.ts'
import { serverLink } from './connection/serverLink.ts'
import type { Store } from './createStore.ts'
import { isWanting } from './devices/deviceFrames.ts'

const root = document.getElementById('root') as HTMLElement
const config = await demoApi.getConfig()
const device = config.devices.find(({ origin }) => origin === location.origin)
if (device) show(device)
else root.textContent = 'This address stands for no device. Open the demo’s own page.'

function show({ id }: DemoDevice): void {
  const callStore = createCallStore(config, people[id], openSimulatedChannel)
  serverLink.on(events.config, (next: DemoConfig) => void followConfig(callStore, next))
  serverLink.onOpen(() => serverLink.send(events.hello, id))
  document.title = deviceTitle(people[id])
  obey(callStore)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <main>
          <PackageWindow callStore={callStore} level={1} />
        </main>
      </QueryClientProvider>
    </StrictMode>,
  )
}

/** As a frame it tells how it is, and lets the page around it press its button. */
function obey(callStore: Store<Call>): void {
  if (parent === window) return
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || !isCallPage(origin, config.port)) return
    const wanted = readPress(data)
    const button = document.querySelector<HTMLElement>(`.${CAPTIONS_BUTTON_CLASS}`)
    if (wanted && button && isWanting(button, wanted)) button.click()
  })
  function tell(): void {
    const { config, isSwitching } = callStore.get()
    const { height } = root.getBoundingClientRect()
    const notice: FrameNotice = {
      type: 'demo:frame',
      height,
      config: isSwitching ? null : JSON.stringify(config),
    }
    parent.postMessage(notice, '*')
  }
  // A browser renders nothing of a frame that is out of sight, and so never measures it.
  tell()
  new ResizeObserver(tell).observe(root)
  callStore.subscribe(tell)
}
