import {
  type ClaimKey,
  type ClaimStore,
  type ClaimValue,
  memoryClaimStore,
  type SttClient,
  type SttClientConfig,
  type SttEvent,
} from 'react-realtime-stt/core'
import { createPage, type Page, type PageOptions } from './createPage.js'

export interface DevicesOptions extends PageOptions {
  count: number
  /** @defaultValue `'devices'` */
  reach?: ClaimStore['reach']
}

/** Devices that share a service and a store, and nothing else. */
export interface Devices {
  page: Page
  store: FaultyStore
  clients: SttClient[]
  events: SttEvent[][]
  addDevice: (config?: Partial<SttClientConfig>) => SttClient
}

/** What happens to the next calls of a store. */
export type StoreFault = 'down' | 'applied' | 'lost' | 'slow' | 'hangs'

export interface FaultyStore extends ClaimStore {
  faults: StoreFault[]
  isDown: boolean
  losesNotices: boolean
  calls: number
  put: (key: ClaimKey, value: unknown) => Promise<void>
}

const LATENCY_MS = 40
const SLOW_MS = 2_000

/** One backend, seen over a network: every call takes time, and some go wrong. */
export function createFaultyStore(
  time: Page['time'],
  reach: ClaimStore['reach'] = 'devices',
): FaultyStore {
  const inner = memoryClaimStore(() => time.now)
  const sleep = (ms: number) => new Promise<void>((resolve) => time.setTimeout(resolve, ms))
  async function over<Result>(apply: () => Promise<Result>): Promise<Result> {
    store.calls += 1
    const fault = store.isDown ? 'down' : store.faults.shift()
    await sleep(fault === 'slow' ? SLOW_MS : LATENCY_MS)
    if (fault === 'down' || fault === 'lost') throw new Error('The store is not there.')
    if (fault === 'hangs') return new Promise(() => {})
    const result = await apply()
    if (fault === 'applied') throw new Error('The answer is lost.')
    await sleep(LATENCY_MS)
    return result
  }
  const store: FaultyStore = {
    reach,
    faults: [],
    isDown: false,
    losesNotices: false,
    calls: 0,
    read: (key) => over(() => inner.read(key)),
    compareAndSet: (key, value, expected) => over(() => inner.compareAndSet(key, value, expected)),
    subscribe: (key, listener) =>
      inner.subscribe(key, (claim) => {
        if (!store.losesNotices && !store.isDown) time.setTimeout(() => listener(claim), LATENCY_MS)
      }),
    async put(key, value) {
      const stored = await inner.read(key)
      await inner.compareAndSet(key, value as ClaimValue, stored?.revision ?? null)
    },
  }
  return store
}

export function createDevices({ count, reach, ...options }: DevicesOptions): Devices {
  const page = createPage(options)
  const store = createFaultyStore(page.time, reach)
  const events: SttEvent[][] = []
  const clients: SttClient[] = []
  const addDevice = (config: Partial<SttClientConfig> = {}) => {
    const own: SttEvent[] = []
    const client = page.createClient({
      claims: store,
      environment: page.time.environment(),
      onEvent: (event: SttEvent) => own.push(event),
      ...config,
    } as Partial<SttClientConfig>)
    events.push(own)
    clients.push(client)
    return client
  }
  for (let index = 0; index < count; index++) addDevice()
  return { page, store, clients, events, addDevice }
}
