import { useCallback, useSyncExternalStore } from 'react'
import type { Call } from './callStore.ts'
import { useStore } from './createStore.ts'
import { plainCaptions } from './plainCaptions.ts'

/** Whether captions are on or about to be, in any window of this page. */
export function useIsBusy({ client, settings }: Call): boolean {
  const { channel } = settings
  const { status } = useSyncExternalStore(
    useCallback((listener) => client.subscribe(channel, listener), [client, channel]),
    () => client.getSnapshot(channel),
  )
  const plain = Object.values(useStore(plainCaptions))
  const isOff = status === 'disabled' || status === 'checking'
  return !isOff || plain.some((captions) => captions.status !== 'disabled')
}
