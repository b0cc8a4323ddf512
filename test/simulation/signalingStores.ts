import { type ClaimStore, signalingClaimStore } from 'react-realtime-stt/core'
import { createFakeSignaling } from 'react-realtime-stt/testing'
import type { DevicePage } from './devicePage.js'
import type { World } from './world.js'

const LATENCY_MS = [40, 250] as const

/** One Signaling service; each page logs in to it and has a store of its own over it. */
export function openSignalingStores(world: World): (page: DevicePage) => ClaimStore {
  const { time } = world
  const luck = world.random('signaling')
  const signaling = createFakeSignaling({
    now: () => time.now,
    setTimeout: time.setTimeout,
    latencyMs: () => luck.between(...LATENCY_MS),
  })
  return (page) => {
    const { name, environment } = page
    const rtm = signaling.createClient(name)
    page.onCrash(() => signaling.disconnect(name))
    page.onConnection((isOnline) => {
      // Some know that they are cut off, others only that nothing answers; some are remembered, others begin anew.
      if (!isOnline) signaling.disconnect(name, luck.chance(0.5) ? 'reject' : 'hang')
      else signaling.reconnect(name, { restores: luck.chance(0.5) })
    })
    if (!page.isOnline) signaling.disconnect(name)
    const { storage } = rtm
    return signalingClaimStore(
      {
        ...rtm,
        storage: {
          getChannelMetadata: (...given) =>
            page.store('read metadata', false, () => storage.getChannelMetadata(...given)),
          setChannelMetadata: (...given) =>
            page.store('write metadata', true, () => storage.setChannelMetadata(...given)),
        },
      },
      environment,
    )
  }
}
