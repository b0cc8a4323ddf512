import {
  type ClaimStore,
  type ClaimValue,
  memoryClaimStore,
  type SttClient,
  type SttClientConfig,
  type SttEnvironment,
  type SttEvent,
  signalingClaimStore,
} from 'react-realtime-stt/core'
import { createFakeSignaling, type FakeSignaling } from 'react-realtime-stt/testing'
import { createFakeBrowser, type FakeBrowser, type FakeTab } from '../claims/fakeBrowser.js'
import { createPage, type Page, type PageOptions } from '../simulation/createPage.js'
import { VirtualTime } from '../simulation/virtualTime.js'

/** fake-indexeddb takes several turns of Node's loop for each transaction. */
const IDLE_TURNS = 60
const DATABASE = 'react-realtime-stt'
const LATENCY_MS = 40

/** Which of the package's stores the clients share. */
export type StoreKind = 'memory' | 'tabs' | 'signaling'
export const STORE_KINDS: readonly StoreKind[] = ['memory', 'tabs', 'signaling']

/** One who shares the claims with the others, and nothing else. */
export interface Sharer {
  client: SttClient
  events: SttEvent[]
  /** Only with `'tabs'`. */
  tab: FakeTab
}

/** Whole clients over one of the package's stores, with the simulated service on the other side. */
export interface Sharing {
  page: Page
  browser: FakeBrowser
  signaling: FakeSignaling
  addSharer: (config?: Partial<SttClientConfig>, environment?: Partial<SttEnvironment>) => Sharer
  /** Puts into the store what somebody wrote there without this package; an object with `record` as the tabs' whole record. */
  plant: (value: unknown, channel?: string) => Promise<void>
  /** What the store has, as it is. */
  stored: (channel?: string) => Promise<unknown>
}

export function openSharing(kind: StoreKind, options: PageOptions = {}): Sharing {
  const time = new VirtualTime({ idleTurns: kind === 'tabs' ? IDLE_TURNS : 3 })
  const page = createPage({ ...options, time })
  const { appId } = page.agora
  const { now, monotonicNow, setTimeout, clearTimeout, random } = time.environment()
  const clock = { now, monotonicNow, setTimeout, clearTimeout, random }
  const memory = memoryClaimStore(monotonicNow)
  const browser = createFakeBrowser(clock)
  const signaling = createFakeSignaling({ now, setTimeout, latencyMs: LATENCY_MS })
  let count = 0
  let planted = 0

  function addSharer(
    config: Partial<SttClientConfig> = {},
    own: Partial<SttEnvironment> = {},
  ): Sharer {
    count += 1
    const events: SttEvent[] = []
    const tab = browser.openTab()
    const { page: target, locks, indexedDB, BroadcastChannel } = tab.platform
    const environment = {
      ...time.environment(),
      ...(kind === 'tabs' && {
        page: target,
        locks,
        indexedDB,
        BroadcastChannel,
        setTimeout: tab.platform.setTimeout,
      }),
      ...own,
    }
    const stores: Record<StoreKind, () => ClaimStore | undefined> = {
      memory: () => memory,
      tabs: () => undefined,
      signaling: () => signalingClaimStore(signaling.createClient(`user-${count}`), environment),
    }
    const claims = stores[kind]()
    const client = page.createClient({
      onEvent: (event: SttEvent) => events.push(event),
      ...(claims && { claims }),
      ...config,
      environment,
    } as Partial<SttClientConfig>)
    return { client, events, tab }
  }

  const plantings: Record<StoreKind, (value: unknown, channel: string) => Promise<void>> = {
    async memory(value, channel) {
      const key = { appId, channel }
      const before = await memory.read(key)
      await memory.compareAndSet(key, value as ClaimValue, before?.revision ?? null)
    },
    async tabs(value, channel) {
      planted += 1
      const id = `${appId}\n${channel}`
      const record = { value, revision: `planted-${planted}`, at: time.now }
      const isWhole = typeof value === 'object' && value !== null && 'record' in value
      const database = await openDatabase(browser)
      const transaction = database.transaction('claims', 'readwrite')
      transaction.objectStore('claims').put(isWhole ? value.record : record, id)
      await new Promise((resolve) => {
        transaction.oncomplete = resolve
      })
      database.close()
      const Channel = browser.openTab().platform.BroadcastChannel as typeof BroadcastChannel
      const channelOfTabs = new Channel(`${DATABASE}.v1`)
      channelOfTabs.postMessage(id)
      channelOfTabs.close()
    },
    async signaling(value, channel) {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      signaling.put(`stt:${channel}`, appId, text)
    },
  }

  return {
    page,
    browser,
    signaling,
    addSharer,
    async plant(value, channel = 'room') {
      await plantings[kind](value, channel)
      await time.advance(LATENCY_MS)
    },
    async stored(channel = 'room') {
      if (kind === 'memory') return (await memory.read({ appId, channel }))?.value
      if (kind === 'signaling') {
        const text = signaling.metadata(`stt:${channel}`).metadata[appId]?.value
        return text && JSON.parse(text)
      }
      const database = await openDatabase(browser)
      const request = database
        .transaction('claims')
        .objectStore('claims')
        .get(`${appId}\n${channel}`)
      await new Promise((resolve) => {
        request.onsuccess = resolve
      })
      database.close()
      return request.result?.value
    },
  }
}

/** As any script of the origin can. */
export function openDatabase({ indexedDB }: FakeBrowser): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('claims')
    request.result.createObjectStore('gate')
  }
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** What was decided, with whatever the decision is about. */
export const decided = ({ events }: Sharer) =>
  events.flatMap((event) => {
    if (event.type !== 'decision') return []
    const { decision, claim, code } = event
    return [[decision, claim ?? code].filter(Boolean).join(' ')]
  })
