import { toAddress } from './callSettings.ts'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'

interface OpenTabProps {
  callStore: Store<Call>
  nameStore: Store<string | null>
}

/** The way to a second tab with the same switches. */
export function OpenTab({ callStore, nameStore }: OpenTabProps) {
  const { settings } = useStore(callStore)
  const name = useStore(nameStore)
  return (
    <div className="everyone">
      <a className="button" href={toAddress(settings)} target="_blank" rel="noopener">
        Open in another tab
      </a>
      <p>
        {name ? `This is ${name}. ` : ''}All tabs of a browser share the claim: whoever clicks, one
        task starts.
      </p>
    </div>
  )
}
