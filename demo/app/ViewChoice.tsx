import { Choice } from './Choice.tsx'
import { type Store, useStore } from './createStore.ts'
import { chooseView, type View } from './viewStore.ts'

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
        onChange={(view) => chooseView(viewStore, view)}
      />
    </div>
  )
}
