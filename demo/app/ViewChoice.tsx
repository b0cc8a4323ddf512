import { Choice } from './Choice.tsx'
import { type Store, useStore } from './createStore.ts'
import { type View, viewHash } from './viewStore.ts'

/** Two ways to ask for captions at the same moment: from one browser, and from several devices. */
export function ViewChoice({ viewStore }: { viewStore: Store<View> }) {
  return (
    <div className="view-choice">
      <Choice
        legend="Who enables captions"
        options={[
          { value: 'call', label: 'Windows and tabs' },
          { value: 'devices', label: 'Devices' },
        ]}
        value={useStore(viewStore)}
        isLocked={false}
        onChange={(view) => {
          location.hash = viewHash[view]
        }}
      />
    </div>
  )
}
