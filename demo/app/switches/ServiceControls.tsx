import type { SttApiVersion } from 'react-realtime-stt'
import type { ServiceState, ServiceSwitches } from '../../protocol.ts'
import { demoApi } from '../connection/demoApi.ts'
import { Choice } from '../controls/Choice.tsx'
import { Toggle } from '../controls/Toggle.tsx'
import type { ServiceStore } from '../panel/serviceStore.ts'

interface ServiceControlsProps {
  api: SttApiVersion
  state: ServiceState
  serviceStore: ServiceStore
}

/** What concerns the simulated service, and so every tab. */
export function ServiceControls({ api, state, serviceStore }: ServiceControlsProps) {
  const { isServiceEnabled, isSlow, isAnswerLost, secondStart, isCrowded } = state.switches
  // The switch moves under the finger; the service's word follows.
  const flip = (change: Partial<ServiceSwitches>) => {
    serviceStore.set({ ...state, switches: { ...state.switches, ...change } })
    void demoApi.setSwitches(change).then(serviceStore.set)
  }
  return (
    <fieldset className="switches">
      <legend>The simulated service</legend>
      <p className="hint">These concern every tab and device at once.</p>
      <Toggle
        label="Real-Time STT is enabled"
        isOn={isServiceEnabled}
        onChange={(isOn) => flip({ isServiceEnabled: isOn })}
      />
      <Toggle
        label="Every answer takes 2 s"
        isOn={isSlow}
        onChange={(isOn) => flip({ isSlow: isOn })}
      />
      <Toggle
        label="The answer to the next start is lost"
        isOn={isAnswerLost}
        isLocked={isAnswerLost}
        onChange={() => flip({ isAnswerLost: true })}
      />
      <p className="hint">The task starts all the same. This switch then falls back by itself.</p>
      <Choice
        legend="A second start with the same name"
        options={[
          { value: 'refused', label: 'Refused' },
          { value: 'unseen', label: 'Refused after 2 s' },
          { value: 'accepted', label: 'Accepted' },
        ]}
        value={secondStart}
        isLocked={api === 'v6'}
        hint={
          api === 'v6'
            ? 'v6 knows no names: it accepts every start.'
            : 'Agora does not say how soon it refuses one.'
        }
        onChange={(value) => flip({ secondStart: value })}
      />
      <Toggle
        label="Eight people talk at once"
        isOn={isCrowded}
        onChange={(isOn) => flip({ isCrowded: isOn })}
      />
      <p className="hint">More than 50 captions a second. The talk begins anew.</p>
      <button
        type="button"
        className="button"
        onClick={() => void demoApi.reset().then(serviceStore.set)}
      >
        Start over
      </button>
      <p className="hint">
        Begins anew with another app: ends every task, empties the panel and sets every switch back.
      </p>
    </fieldset>
  )
}
