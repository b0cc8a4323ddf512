import type { ServiceState } from '../protocol.ts'
import { Choice } from './Choice.tsx'
import { type Call, changeApp } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { useIsBusy } from './useIsBusy.ts'

const API_HINTS = {
  v6: 'Acquires an instance token (builderTokens), then starts the task with it (tasks).',
  acquireOnly:
    'Acquires an instance token (builderTokens) and stops there: the app’s server starts the task.',
  v7: 'Starts the task with one call (join).',
}

interface AppSwitchesProps {
  callStore: Store<Call>
  state: ServiceState | null
}

/** What an app has one of. */
export function AppSwitches({ callStore, state }: AppSwitchesProps) {
  const call = useStore(callStore)
  const isRunning = (state?.liveTasks.length ?? 0) > 0
  const isLocked = useIsBusy(call) || call.isSwitching || isRunning
  const { api } = call.config
  return (
    <fieldset className="switches">
      <legend>The app</legend>
      <p className="hint">
        An app has one version of the API, so every tab and device follows.
        {isRunning && ' Stop captions, or start over, to change it.'}
      </p>
      <Choice
        legend="API"
        options={[
          { value: 'v6', label: 'v6' },
          { value: 'v7', label: 'v7' },
        ]}
        value={api}
        isLocked={isLocked}
        hint={API_HINTS[api === 'v6' && call.settings.isAcquireOnly ? 'acquireOnly' : api]}
        onChange={(value) => void changeApp(callStore, { api: value })}
      />
    </fieldset>
  )
}
