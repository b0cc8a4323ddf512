import { ChannelField } from './ChannelField.tsx'
import { Choice } from './Choice.tsx'
import type { CallSettings } from './callSettings.ts'
import { type Call, changeSettings } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { Toggle } from './Toggle.tsx'
import { useIsBusy } from './useIsBusy.ts'

const WAY_HINTS = {
  package: 'Windows and tabs share one start, whoever clicks first.',
  plain:
    'Each window calls the REST API by itself, as a plain fetch in a click handler does: two clicks start two tasks, and both are billed.',
  real: 'Running without this package needs the simulated service.',
}

/** What concerns this tab alone. */
export function PageSwitches({ callStore }: { callStore: Store<Call> }) {
  const call = useStore(callStore)
  const isBusy = useIsBusy(call)
  const isLocked = isBusy || call.isSwitching
  const { tokenKind, isPlain, isAcquireOnly, channel } = call.settings
  const { api, isReal } = call.config
  const change = (settings: Partial<CallSettings>) => void changeSettings(callStore, settings)
  const wayHint = isReal ? WAY_HINTS.real : WAY_HINTS[isPlain ? 'plain' : 'package']
  return (
    <fieldset className="switches">
      <legend>This tab</legend>
      <p className="hint" aria-live="polite">
        {isBusy ? 'Stop captions to change these.' : 'These can be changed while captions are off.'}
      </p>
      {api === 'v6' && !isPlain && (
        <Toggle
          label="Only acquire the token"
          isOn={isAcquireOnly}
          isLocked={isLocked}
          onChange={(isOn) => change({ isAcquireOnly: isOn })}
        />
      )}
      <Choice
        legend="Token"
        options={[
          { value: 'good', label: 'Good' },
          { value: 'expired', label: 'Expired' },
          { value: 'invalid', label: 'Invalid' },
        ]}
        value={tokenKind}
        isLocked={isLocked}
        onChange={(value) => change({ tokenKind: value })}
      />
      <Choice
        legend="Captions are enabled"
        options={[
          { value: 'package', label: 'With this package' },
          { value: 'plain', label: 'Without this package' },
        ]}
        value={isPlain ? 'plain' : 'package'}
        isLocked={isLocked || isReal}
        hint={wayHint}
        onChange={(value) => change({ isPlain: value === 'plain', isAcquireOnly: false })}
      />
      <ChannelField
        key={channel}
        channel={channel}
        isLocked={isLocked}
        onChange={(value) => change({ channel: value })}
      />
    </fieldset>
  )
}
