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
  powers: Power[]
  addDevice: (config?: Partial<SttClientConfig>) => SttClient
}

/** Whether a device is there: one that has crashed does nothing ever after, what it sent goes on. */
export interface Power {
  isOff: boolean
  /** The device crashes at its so many-eth write of a claim, before it leaves or after it was applied. */
  crashAtWrite?: { count: number; when: 'before' | 'after' }
}

/** What happens to the next calls of a store. */
export type StoreFault = 'down' | 'applied' | 'lost' | 'slow' | 'hangs' | 'appliedHangs'

interface FaultyStore extends ClaimStore {
  faults: StoreFault[]
  /** Of the next writes only. */
  writeFaults: StoreFault[]
  isDown: boolean
  losesNotices: boolean
  calls: number
  put: (key: ClaimKey, value: unknown) => Promise<void>
}

const MAX_LATENCY_MS = 150
const MAX_NOTICE_MS = 600
const SLOW_MS = 2_000

/** One backend, seen over a network: every call takes time, and some go wrong. */
function createFaultyStore(
  time: Page['time'],
  reach: ClaimStore['reach'] = 'devices',
): FaultyStore {
  const inner = memoryClaimStore(() => time.now)
  const sleep = (ms: number) => new Promise<void>((resolve) => time.setTimeout(resolve, ms))
  async function over<Result>(apply: () => Promise<Result>, own?: StoreFault): Promise<Result> {
    store.calls += 1
    const fault = store.isDown ? 'down' : (own ?? store.faults.shift())
    await sleep(fault === 'slow' ? SLOW_MS : MAX_LATENCY_MS * time.random())
    if (fault === 'down' || fault === 'lost') throw new Error('The store is not there.')
    if (fault === 'hangs') return new Promise(() => {})
    const result = await apply()
    if (fault === 'appliedHangs') return new Promise(() => {})
    if (fault === 'applied') throw new Error('The answer is lost.')
    await sleep(MAX_LATENCY_MS * time.random())
    return result
  }
  const store: FaultyStore = {
    reach,
    faults: [],
    writeFaults: [],
    isDown: false,
    losesNotices: false,
    calls: 0,
    read: (key) => over(() => inner.read(key)),
    compareAndSet: (key, value, expected) =>
      over(() => inner.compareAndSet(key, value, expected), store.writeFaults.shift()),
    subscribe(key, listener) {
      let toldAt = 0
      return inner.subscribe(key, (claim) => {
        if (store.losesNotices || store.isDown) return
        toldAt = Math.max(toldAt, time.now + MAX_NOTICE_MS * time.random())
        time.setTimeout(() => listener(claim), toldAt - time.now)
      })
    },
    async put(key, value) {
      const stored = await inner.read(key)
      await inner.compareAndSet(key, value as ClaimValue, stored?.revision ?? null)
    },
  }
  return store
}

/** Nothing comes through to a device that is off. */
const through = async <Result>(power: Power, work: () => Promise<Result>): Promise<Result> => {
  if (power.isOff) return new Promise(() => {})
  const result = await work()
  return power.isOff ? new Promise(() => {}) : result
}

function withPower(store: ClaimStore, power: Power): ClaimStore {
  let writes = 0
  return {
    reach: store.reach,
    read: (key) => through(power, () => store.read(key)),
    async compareAndSet(key, value, expected) {
      writes += 1
      const { count, when } = power.crashAtWrite ?? {}
      const isLast = count === writes
      if (isLast && when === 'before') power.isOff = true
      const writing = through(power, () => store.compareAndSet(key, value, expected))
      if (isLast) power.isOff = true
      return writing
    },
    subscribe: (key, listener) =>
      store.subscribe(key, (claim) => {
        if (!power.isOff) listener(claim)
      }),
  }
}

export function createDevices({ count, reach, ...options }: DevicesOptions): Devices {
  const page = createPage(options)
  const store = createFaultyStore(page.time, reach)
  const events: SttEvent[][] = []
  const clients: SttClient[] = []
  const powers: Power[] = []
  const addDevice = (config: Partial<SttClientConfig> = {}) => {
    const own: SttEvent[] = []
    const power: Power = { isOff: false }
    const environment = page.time.environment()
    const fetch = config.fetch ?? options.config?.fetch ?? page.fetch
    const client = page.createClient({
      claims: withPower(store, power),
      onEvent: (event: SttEvent) => own.push(event),
      ...config,
      fetch: (input, init) => through(power, () => fetch(input, init)),
      environment: {
        ...environment,
        setTimeout: (callback, delayMs) =>
          environment.setTimeout(() => {
            if (!power.isOff) callback()
          }, delayMs),
      },
    } as Partial<SttClientConfig>)
    events.push(own)
    clients.push(client)
    powers.push(power)
    return client
  }
  for (let index = 0; index < count; index++) addDevice()
  return { page, store, clients, events, powers, addDevice }
}
