import type { SttApiVersion } from 'react-realtime-stt'
import { type Call, changeCall } from '../call/callStore.ts'
import { Choice } from '../controls/Choice.tsx'
import { Toggle } from '../controls/Toggle.tsx'
import { type Store, useStore } from '../createStore.ts'
import { areReady, frameConfigs, pressEverywhere, stopEverywhere } from '../devices/deviceFrames.ts'
import type { ServiceStore } from '../panel/serviceStore.ts'
import { toAddress, type ViewStore } from '../viewStore.ts'
import { useLock } from './useLock.ts'

const APIS: readonly { value: SttApiVersion; label: string }[] = [
  { value: 'v7', label: 'v7' },
  { value: 'v6', label: 'v6' },
]

interface SceneProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
  viewStore: ViewStore
}

/** Who is in the call, and what makes them all click in the same instant. */
export function Scene({ callStore, serviceStore, viewStore }: SceneProps) {
  const { config, isSwitching } = useStore(callStore)
  const view = useStore(viewStore)
  const configs = useStore(frameConfigs)
  const { isBusy, isLocked } = useLock(callStore, serviceStore)
  const devices = config.devices.slice(0, view.deviceCount)
  const isLoading = isSwitching || !areReady(devices, config, configs)
  const isAlone = devices.length === 1 && !view.isCompared
  const canStop = isBusy && !isLoading
  return (
    <section className="card scene" aria-label="The scene">
      <div className="scene-press">
        <button
          type="button"
          className="button button-strong button-large"
          aria-disabled={isLoading}
          onClick={isLoading ? undefined : () => pressEverywhere(devices, 'on', isAlone ? 2 : 1)}
        >
          Everyone clicks now
        </button>
        <button
          type="button"
          className="button button-large"
          aria-disabled={!canStop}
          onClick={canStop ? () => stopEverywhere(devices, config) : undefined}
        >
          Everyone stops
        </button>
        <p className="hint">
          {isLoading
            ? 'The devices are getting ready.'
            : isAlone
              ? 'Presses the captions button twice in the same instant.'
              : 'Presses every captions button in the same instant.'}
        </p>
      </div>
      {config.devices.length > 1 && (
        <Choice
          legend="Devices"
          options={config.devices.map((_, index) => {
            const value = String(index + 1)
            return { value, label: value }
          })}
          value={String(devices.length)}
          isLocked={false}
          onChange={(value) => viewStore.change({ deviceCount: Number(value) })}
        />
      )}
      <Choice
        legend="API"
        options={APIS}
        value={config.api}
        isLocked={isLocked}
        onChange={(api) => void changeCall(callStore, { api })}
      />
      <div className="scene-more">
        {!config.isReal && (
          <Toggle
            label="Compare: without this package"
            isOn={view.isCompared}
            onChange={(isCompared) => viewStore.change({ isCompared })}
          />
        )}
        <a className="button button-small" href={toAddress(view)} target="_blank" rel="noopener">
          Open in another tab
        </a>
      </div>
    </section>
  )
}
