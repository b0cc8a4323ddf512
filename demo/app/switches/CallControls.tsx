import type { CallSwitches, TokenKind } from '../../protocol.ts'
import { type Call, changeCall } from '../call/callStore.ts'
import { Choice } from '../controls/Choice.tsx'
import { Toggle } from '../controls/Toggle.tsx'
import { type Store, useStore } from '../createStore.ts'
import type { ServiceStore } from '../panel/serviceStore.ts'
import { ChannelField } from './ChannelField.tsx'
import { useLock } from './useLock.ts'

const TOKENS: readonly { value: TokenKind; label: string }[] = [
  { value: 'good', label: 'Good' },
  { value: 'expired-once', label: 'Expired once' },
  { value: 'expired', label: 'Expired' },
  { value: 'invalid', label: 'Invalid' },
]

const TOKEN_HINTS: Readonly<Record<TokenKind, string>> = {
  good: 'The app’s own token endpoint works.',
  'expired-once': 'The first token has expired, the next is fresh: nobody has to notice.',
  expired: 'Every token has expired: the hook says so, and sends nothing twice.',
  invalid: 'Every token is signed with another certificate.',
}

interface CallControlsProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
}

/** What concerns the call, and so every tab and device. */
export function CallControls({ callStore, serviceStore }: CallControlsProps) {
  const { config } = useStore(callStore)
  const { api, tokens, hasSignaling, isAcquireOnly, isReal, channel } = config
  const { isBusy, isLocked } = useLock(callStore, serviceStore)
  const change = (switches: Partial<CallSwitches>) => void changeCall(callStore, switches)
  return (
    <fieldset className="switches">
      <legend>The app</legend>
      <p className="hint" aria-live="polite">
        {isBusy ? 'Stop captions to change these.' : 'These can be changed while captions are off.'}
      </p>
      <Choice
        legend="The token endpoint hands out"
        options={TOKENS}
        value={tokens}
        isLocked={isLocked}
        hint={TOKEN_HINTS[tokens]}
        onChange={(value) => change({ tokens: value })}
      />
      {!isReal && (
        <Toggle
          label="Devices share claims through Signaling"
          isOn={hasSignaling}
          isLocked={isLocked}
          onChange={(isOn) => change({ hasSignaling: isOn })}
        />
      )}
      {!isReal && (
        <p className="hint">
          {hasSignaling
            ? 'Whoever claims first starts, the others join.'
            : 'Only tabs of one browser share a claim: devices know nothing of each other.'}
        </p>
      )}
      <Toggle
        label="v6: only acquire the instance token"
        isOn={isAcquireOnly}
        isLocked={isLocked || api !== 'v6'}
        onChange={(isOn) => change({ isAcquireOnly: isOn })}
      />
      <p className="hint">
        {api === 'v6'
          ? 'Then the app’s server starts the task.'
          : 'v7 starts a task with one call, and has no such token.'}
      </p>
      <ChannelField
        key={channel}
        channel={channel}
        isLocked={isLocked}
        onChange={(value) => change({ channel: value })}
      />
    </fieldset>
  )
}
