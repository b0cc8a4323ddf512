import {
  type Claim,
  type ClaimStore,
  createSttClient,
  memoryClaimStore,
  type SttClient,
  type SttEvent,
} from 'react-realtime-stt/core'
import type { Device, Strategy } from './device.js'
import type { DevicePage } from './devicePage.js'
import { openSignalingStores } from './signalingStores.js'
import { openTabStores } from './tabStores.js'

/** Each device a page that knows of no other. */
export const withMemoryStore: Strategy = {
  title: 'ours, memory store',
  isOurs: true,
  reach: 'page',
  open: () => (page) => createDevice(page, memoryClaimStore(page.environment.monotonicNow)),
}

/** The devices are tabs of one browser. */
export const withTabStore: Strategy = {
  title: 'ours, tab store',
  isOurs: true,
  reach: 'browser',
  open(world) {
    const openTab = openTabStores(world)
    return (page) => {
      const { claims, shared } = openTab(page)
      Object.assign(page.environment, shared)
      return createDevice(page, claims)
    }
  },
}

export const withSignalingStore: Strategy = {
  title: 'ours, signaling store',
  isOurs: true,
  reach: 'devices',
  open(world) {
    const openStore = openSignalingStores(world)
    return (page) => createDevice(page, openStore(page))
  },
}

/** A page that uses the real client. */
function createDevice(page: DevicePage, claims: ClaimStore): Device {
  const { world, uid } = page
  const { channel } = world
  const client: SttClient = createSttClient({
    appId: world.agora.appId,
    api: 'v7',
    transcription: {},
    tokenProvider: page.tokenProvider,
    fetch: page.fetch,
    environment: page.environment,
    claims: watched(page, claims),
    onEvent: (event: SttEvent) => {
      if (event.type !== 'decision') return
      const { operation, decision, taskId = '', code = '' } = event
      world.note(page.name, `${operation}: ${decision} ${taskId}${code}`)
    },
  })
  client.subscribe(channel, () => world.noteSnapshot(page.name, client.getSnapshot(channel)))
  const request = { channel, uid }
  return {
    enable: () => client.enable(request),
    disable: () => client.disable(request),
    refresh: () => client.refresh(request),
    shown() {
      const { status, session } = client.getSnapshot(channel)
      return { status, taskId: session?.taskId ?? null }
    },
  }
}

/** Tells the world what claims say, and a page that has crashed nothing. */
function watched(page: DevicePage, store: ClaimStore): ClaimStore {
  const { world, name } = page
  const note = (claim: Claim | null, how: string) => {
    if (!claim) return
    const { value, revision, ageMs } = claim
    world.noteClaim({ revision, state: value.state, taskId: value.taskId }, ageMs)
    world.note(name, `${how} ${value.state} ${value.taskId ?? ''} ${value.by ?? ''} (${revision})`)
  }
  return {
    ...store,
    async read(key) {
      const claim = await page.guard(store.read(key))
      note(claim, 'reads')
      return claim
    },
    async compareAndSet(key, value, expected) {
      const claim = await page.guard(store.compareAndSet(key, value, expected))
      if (claim) note(claim, 'writes')
      else world.note(name, `cannot write ${value.state} over ${expected}`)
      return claim
    },
    subscribe: (key, listener) =>
      store.subscribe(key, (claim) => {
        if (!page.isAlive) return
        note(claim, 'is told')
        listener(claim)
      }),
  }
}
