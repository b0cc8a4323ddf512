import { people } from '../../people.ts'
import type { Call } from '../call/callStore.ts'
import { PackageWindow } from '../call/PackageWindow.tsx'
import { type Store, useStore } from '../createStore.ts'
import { PlainWindow } from '../plain/PlainWindow.tsx'
import type { View } from '../viewStore.ts'
import { DeviceFrame } from './DeviceFrame.tsx'

interface DevicesProps {
  callStore: Store<Call>
  viewStore: Store<View>
}

/** The devices of this call; beside each, where asked for, the same one without the package. */
export function Devices({ callStore, viewStore }: DevicesProps) {
  const { config } = useStore(callStore)
  const { deviceCount, isCompared } = useStore(viewStore)
  const devices = config.devices.slice(0, deviceCount)
  return (
    <div className="devices" data-compared={isCompared} data-count={devices.length}>
      {isCompared && (
        <>
          <h2>With react-realtime-stt</h2>
          <h2>Without: a fetch in each click handler</h2>
        </>
      )}
      {devices.map(({ id, origin }) => (
        <div key={id} className="device-row">
          {origin === null ? (
            <PackageWindow callStore={callStore} />
          ) : (
            <DeviceFrame id={id} origin={origin} />
          )}
          {isCompared && <PlainWindow config={config} person={people[id]} />}
        </div>
      ))}
    </div>
  )
}
