import { useEffect, useRef, useState } from 'react'
import type { DemoDevice, PressCommand } from '../protocol.ts'
import { type Call, changeApp } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { isLoopback, readHeight } from './frameMessages.ts'
import type { ServiceStore } from './serviceStore.ts'
import { Toggle } from './Toggle.tsx'

const AT_FIRST = 2

const HINTS = {
  on: 'Devices keep their claims in Agora Signaling, here a simulated one. Whoever claims first starts, the others join.',
  offV6:
    'Devices know nothing of each other, and v6 accepts every start: each device starts a task.',
  offV7:
    'Devices know nothing of each other. Whether a second task starts is up to the service: see “A second start with the same name”.',
}

interface DevicesViewProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
}

/** Panes that share nothing but the network. */
export function DevicesView({ callStore, serviceStore }: DevicesViewProps) {
  const { config } = useStore(callStore)
  const state = useStore(serviceStore)
  const [count, setCount] = useState(AT_FIRST)
  if (!isLoopback(location.hostname)) {
    return <p className="note">Devices are ports of this machine: open this page as localhost.</p>
  }
  const { devices, hasSignaling, api } = config
  const isRunning = (state?.liveTasks.length ?? 0) > 0
  const shown = devices.slice(0, count)
  return (
    <div className="devices">
      <div className="everyone">
        <button type="button" className="button button-strong" onClick={() => press(shown, 'on')}>
          Enable on all at once
        </button>
        <button type="button" className="button" onClick={() => press(shown, 'off')}>
          Stop on all
        </button>
        <p>Presses the captions button on every device in the same instant.</p>
      </div>
      <div className="card device-switch">
        <Toggle
          label="Signaling between devices"
          isOn={hasSignaling}
          isLocked={isRunning}
          onChange={(isOn) => void changeApp(callStore, { hasSignaling: isOn })}
        />
        <p className="hint" aria-live="polite">
          {hasSignaling ? HINTS.on : HINTS[api === 'v6' ? 'offV6' : 'offV7']}
          {isRunning && ' Stop captions, or start over, to change this.'}
        </p>
      </div>
      <div className="device-frames">
        {shown.map((device) => (
          <DeviceFrame key={device.id} device={device} />
        ))}
      </div>
      <div className="everyone">
        {count < devices.length && (
          <button type="button" className="button" onClick={() => setCount(count + 1)}>
            Add a third device
          </button>
        )}
        <p>
          Each pane is a page at another address, as if it were on another machine: no storage, no
          message and no lock is shared. They are in a call of their own, channel{' '}
          <code>devices</code>.
        </p>
      </div>
    </div>
  )
}

function DeviceFrame({ device }: { device: DemoDevice }) {
  const { name, origin, id } = device
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(320)
  useEffect(() => {
    function onMessage({ source, origin: sender, data }: MessageEvent): void {
      if (sender !== origin || source !== frame.current?.contentWindow) return
      const told = readHeight(data)
      if (told) setHeight(told)
    }
    addEventListener('message', onMessage)
    return () => removeEventListener('message', onMessage)
  }, [origin])
  return (
    <iframe
      ref={frame}
      id={toFrameId(id)}
      title={name}
      src={`${origin}/device.html`}
      height={height}
    />
  )
}

const toFrameId = (id: DemoDevice['id']) => `device-${id}`

/** One after the other without a pause: each has a process of its own, and they race from there. */
function press(devices: readonly DemoDevice[], wanted: PressCommand['wanted']): void {
  const command: PressCommand = { type: 'demo:press', wanted }
  for (const { id, origin } of devices) {
    const frame = document.getElementById(toFrameId(id)) as HTMLIFrameElement | null
    frame?.contentWindow?.postMessage(command, origin)
  }
}
