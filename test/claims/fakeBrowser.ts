import { IDBFactory } from 'fake-indexeddb'
import type { TabPlatform } from 'react-realtime-stt/core'

type Time = Omit<TabPlatform, 'locks' | 'indexedDB' | 'BroadcastChannel' | 'page'>

/** One tab: everything of its own but the storage, the locks and the channels, which it shares with the others. */
export interface FakeTab {
  readonly platform: TabPlatform & { page: EventTarget; locks: LockManager; indexedDB: IDBFactory }
  /** As when it goes into the back/forward cache. */
  hide(): void
  /** As when it comes back from there. */
  show(): void
  /** Its locks are free, its timers never run, nothing reaches it any more. */
  crash(): void
}

export interface FakeBrowser {
  /** What the tabs share. */
  readonly indexedDB: IDBFactory
  /** Names of locks that are held or asked for. */
  readonly lockNames: string[]
  /** Channels that are open. */
  readonly channelCount: number
  openTab(): FakeTab
}

const realTime: Time = {
  now: Date.now,
  monotonicNow: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  random: Math.random,
}

/** @param time what is not given is the machine's */
export function createFakeBrowser(time: Partial<Time> = {}): FakeBrowser {
  const clock = { ...realTime, ...time }
  const indexedDB = new IDBFactory()
  const requests: LockRequest[] = []
  const channels = new Set<FakeChannel>()
  return {
    indexedDB,
    get lockNames() {
      return requests.map(({ name }) => name)
    },
    get channelCount() {
      return channels.size
    },
    openTab() {
      const page = new EventTarget()
      const tab = { isAlive: true }
      const connections = new Set<IDBDatabase>()
      const dispatch = (type: string) => {
        if (tab.isAlive) page.dispatchEvent(Object.assign(new Event(type), { persisted: true }))
      }
      return {
        platform: {
          ...clock,
          setTimeout: (callback, delayMs) =>
            clock.setTimeout(() => tab.isAlive && callback(), delayMs),
          page,
          locks: createLocks(requests, tab),
          indexedDB: createFactory(indexedDB, connections),
          BroadcastChannel: createChannelClass(channels, tab),
        },
        hide: () => dispatch('pagehide'),
        show: () => dispatch('pageshow'),
        crash() {
          tab.isAlive = false
          for (const request of requests.filter((one) => one.tab === tab)) remove(requests, request)
          for (const channel of channels) if (channel.tab === tab) channels.delete(channel)
          for (const connection of connections) connection.close()
        },
      }
    },
  }
}

interface Alive {
  isAlive: boolean
}

function createFactory(shared: IDBFactory, connections: Set<IDBDatabase>): IDBFactory {
  return {
    open(name: string) {
      const request = shared.open(name)
      request.addEventListener('success', () => connections.add(request.result))
      return request
    },
  } as IDBFactory
}

interface LockRequest {
  tab: Alive
  name: string
  mode: LockMode
  isHeld: boolean
  run: () => void
}

function createLocks(requests: LockRequest[], tab: Alive): LockManager {
  return {
    request(
      name: string,
      ...rest: [LockGrantedCallback<unknown>] | [LockOptions, LockGrantedCallback<unknown>]
    ) {
      const callback = rest.at(-1) as LockGrantedCallback<unknown>
      const {
        mode = 'exclusive',
        ifAvailable,
        signal,
      } = rest.length > 1 ? (rest[0] as LockOptions) : {}
      return new Promise<unknown>((resolve, reject) => {
        const request: LockRequest = {
          tab,
          name,
          mode,
          isHeld: false,
          async run() {
            try {
              resolve(await callback({ name, mode }))
            } catch (error) {
              reject(error)
            }
            remove(requests, request)
          },
        }
        if (signal?.aborted) return reject(signal.reason)
        signal?.addEventListener('abort', () => {
          if (request.isHeld) return
          remove(requests, request)
          reject(signal.reason)
        })
        queueMicrotask(() => {
          if (!tab.isAlive || signal?.aborted) return
          requests.push(request)
          if (ifAvailable && !isGrantable(requests, request)) {
            remove(requests, request)
            resolve(callback(null))
          } else grant(requests)
        })
      })
    },
    async query() {
      const info = ({ name, mode }: LockRequest) => ({ name, mode, clientId: '' })
      return {
        held: requests.filter(({ isHeld }) => isHeld).map(info),
        pending: requests.filter(({ isHeld }) => !isHeld).map(info),
      }
    },
  } as LockManager
}

function isGrantable(requests: LockRequest[], request: LockRequest): boolean {
  const earlier = requests.slice(0, requests.indexOf(request))
  return earlier.every(
    ({ name, mode, isHeld }) =>
      name !== request.name || (isHeld && mode === 'shared' && request.mode === 'shared'),
  )
}

function grant(requests: LockRequest[]): void {
  for (const request of [...requests]) {
    if (request.isHeld || !isGrantable(requests, request)) continue
    request.isHeld = true
    queueMicrotask(request.run)
  }
}

function remove(requests: LockRequest[], request: LockRequest): void {
  const index = requests.indexOf(request)
  if (index >= 0) requests.splice(index, 1)
  grant(requests)
}

interface FakeChannel {
  tab: Alive
  name: string
  onmessage: ((event: MessageEvent) => void) | null
}

function createChannelClass(channels: Set<FakeChannel>, tab: Alive): typeof BroadcastChannel {
  return class implements FakeChannel {
    readonly tab = tab
    onmessage: ((event: MessageEvent) => void) | null = null

    constructor(readonly name: string) {
      if (tab.isAlive) channels.add(this)
    }

    postMessage(data: unknown) {
      if (!channels.has(this)) throw new DOMException('The channel is closed.', 'InvalidStateError')
      for (const other of channels) {
        if (other === this || other.name !== this.name) continue
        queueMicrotask(() => {
          if (channels.has(other)) other.onmessage?.(new MessageEvent('message', { data }))
        })
      }
    }

    close() {
      channels.delete(this)
    }
  } as unknown as typeof BroadcastChannel
}
