import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RealtimeSttProvider } from 'react-realtime-stt'
import type { DemoDevice } from '../protocol.ts'
import { type DemoConfig, events, type HeightNotice } from '../protocol.ts'
import { CAPTIONS_BUTTON_CLASS } from './CaptionsButton.tsx'
import { type Store, useStore } from './createStore.ts'
import { DevicePane } from './DevicePane.tsx'
import { demoApi } from './demoApi.ts'
import { createDeviceStore, type DeviceCall, followDeviceConfig } from './deviceStore.ts'
import { isCallPage, readPress } from './frameMessages.ts'

const root = document.getElementById('root') as HTMLElement
const config = await demoApi.getConfig()
const device = config.devices.find(({ origin }) => origin === location.origin)
if (device) show(device)
else root.textContent = 'This address stands for no device. Open the demo’s own page.'

function show(device: DemoDevice): void {
  const deviceStore = createDeviceStore(config, device)
  import.meta.hot?.on(events.config, (next: DemoConfig) =>
    followDeviceConfig(deviceStore, next, device),
  )
  import.meta.hot?.send(events.hello, device.id)
  document.title = device.name
  obey()
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <Device device={device} deviceStore={deviceStore} />
      </QueryClientProvider>
    </StrictMode>,
  )
}

function Device({ device, deviceStore }: { device: DemoDevice; deviceStore: Store<DeviceCall> }) {
  const { client, channelCall } = useStore(deviceStore)
  return (
    <RealtimeSttProvider client={client} transcript={channelCall.transcript}>
      <DevicePane device={device} deviceStore={deviceStore} />
    </RealtimeSttProvider>
  )
}

/** As a frame it tells how high it is, and lets the page around it press its button. */
function obey(): void {
  if (parent === window) return
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || !isCallPage(origin, config.port)) return
    const wanted = readPress(data)
    const button = document.querySelector<HTMLElement>(`.${CAPTIONS_BUTTON_CLASS}`)
    const isOff = button?.dataset.look === 'off'
    if (wanted && isOff === (wanted === 'on')) button?.click()
  })
  new ResizeObserver(() => {
    const { height } = root.getBoundingClientRect()
    const notice: HeightNotice = { type: 'demo:height', height }
    parent.postMessage(notice, '*')
  }).observe(root)
}
