import { useCallback, useSyncExternalStore } from 'react'
import type { Call } from '../call/callStore.ts'
import { type Store, useStore } from '../createStore.ts'
import type { ServiceStore } from '../panel/serviceStore.ts'
import { plainCaptions } from '../plain/plainCaptions.ts'

interface Lock {
  /** Captions are on or about to be, here or on another device. */
  isBusy: boolean
  /** What the clients are made of must not change now. */
  isLocked: boolean
}

export function useLock(callStore: Store<Call>, serviceStore: ServiceStore): Lock {
  const { stt, config, isSwitching } = useStore(callStore)
  const { client } = stt
  const { channel } = config
  const { status } = useSyncExternalStore(
    useCallback((listener) => client.subscribe(channel, listener), [client, channel]),
    () => client.getSnapshot(channel),
  )
  const state = useStore(serviceStore)
  const plain = Object.values(useStore(plainCaptions))
  const isOff = status === 'disabled' || status === 'checking'
  const isBusy =
    !isOff ||
    plain.some((captions) => captions.status !== 'disabled') ||
    (state?.bills.some(({ liveTasks }) => liveTasks > 0) ?? false)
  return { isBusy, isLocked: isBusy || isSwitching }
}
