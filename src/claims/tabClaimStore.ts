import type { Claim, ClaimKey, ClaimStore, ClaimStoreBusyError } from './claimStore.js'
import { sweepTabClaims, type TabRecord, transact, watchTabDatabase } from './tabDatabase.js'
import { type TabPlatform, tabPlatform } from './tabPlatform.js'
import { takeTabLock } from './takeTabLock.js'

type Listener = (claim: Claim | null) => void

/** The first time that this page saw a revision. */
interface Sight {
  revision: string
  ageMs: number
  /** Monotonic ms. */
  seenAt: number
}

/** Waits for the end of a starter. */
interface Watch {
  attempt: string
  end: () => void
}

const CHANNEL_NAME = 'react-realtime-stt.v1'
const PROBE_INTERVAL_MS = 1_000
const RETRY_DELAY_MS = 1_000
const SWEEP_DELAY_MS = 10_000
/** Where there are no Web Locks. */
const HELD_MS = 60_000

/**
 * A store for the tabs of one origin: IndexedDB, with Web Locks and a BroadcastChannel where there are any. Without the
 * locks, nobody knows whether a starter is gone, and a `running` claim counts as held for 60 s; without the channel,
 * changes by other tabs are seen when the claim is read. Without IndexedDB, as in Node, every call rejects.
 *
 * A claim's age is the wall clock's when this page first sees its revision, none where the stamp lies in the future;
 * from then on it grows by the monotonic clock. So a clock that is set makes no seen claim older, and no claim eternal.
 *
 * @param overrides for tests and simulations @defaultValue the page's own
 */
export function tabClaimStore(overrides?: Partial<TabPlatform>): ClaimStore {
  const platform: TabPlatform = { ...tabPlatform, ...overrides }
  const { locks, page, indexedDB } = platform
  const controller = new AbortController()
  const { signal } = controller
  const listeners = new Map<string, Set<Listener>>()
  const sights = new Map<string, Sight>()
  const watches = new Map<string, Watch>()
  const starting = new Set<string>()
  const holds = new Set<() => void>()
  let channel: BroadcastChannel | undefined
  let isBegun = false

  const after = (delayMs: number, callback: () => void) => {
    const cancel = () => {
      platform.clearTimeout(timer)
      signal.removeEventListener('abort', cancel)
    }
    const timer = platform.setTimeout(() => {
      cancel()
      callback()
    }, delayMs)
    signal.addEventListener('abort', cancel)
    return cancel
  }

  /** Opens what is not open. */
  const open = () => {
    if (!indexedDB || signal.aborted) return
    if (!isBegun) {
      isBegun = true
      page?.addEventListener('pagehide', close, { signal })
      page?.addEventListener('pageshow', resume, { signal })
      page?.addEventListener('visibilitychange', tellAll, { signal })
      signal.addEventListener('abort', watchTabDatabase(indexedDB, tellAll))
      after(SWEEP_DELAY_MS, () => sweepTabClaims(platform, indexedDB).catch(() => {}))
    }
    if (!channel && platform.BroadcastChannel) {
      channel = new platform.BroadcastChannel(CHANNEL_NAME)
      channel.onmessage = ({ data }) => tell(data)
    }
  }

  const close = () => {
    channel?.close()
    channel = undefined
    for (const id of watches.keys()) unwatch(id)
  }

  const resume = () => {
    open()
    for (const retake of holds) retake()
    tellAll()
  }

  const tellAll = () => {
    for (const id of listeners.keys()) tell(id)
  }

  const tell = async (id: string) => {
    if (!listeners.has(id)) return
    try {
      const claim = await read(id)
      for (const listener of [...(listeners.get(id) ?? [])]) listener(claim)
    } catch (error) {
      if ((error as ClaimStoreBusyError).isBusy) after(RETRY_DELAY_MS, () => tell(id))
    }
  }

  const read = async (id: string) => {
    open()
    return see(id, await transact(platform, 'claims', 'readonly', getting(id)))
  }

  const see = (id: string, record: TabRecord | undefined): Claim | null => {
    const claim = record ? toClaim(id, record) : null
    watch(id, claim)
    return claim
  }

  const toClaim = (id: string, { value, revision, at }: TabRecord): Claim => {
    const monotonicNow = platform.monotonicNow()
    let sight = sights.get(id)
    if (sight?.revision !== String(revision)) {
      const ageMs = Math.max(0, platform.now() - at) || 0
      sight = { revision: String(revision), ageMs, seenAt: monotonicNow }
      sights.set(id, sight)
    }
    return { value, revision: sight.revision, ageMs: sight.ageMs + monotonicNow - sight.seenAt }
  }

  const unwatch = (id: string) => {
    watches.get(id)?.end()
    watches.delete(id)
  }

  /** A queued request tells at once, in hidden tabs too; asking now and then frees what a cached page kept. */
  const watch = (id: string, claim: Claim | null) => {
    const { state, attempt = '' } = claim?.value ?? {}
    const isWatched = state === 'starting' && !starting.has(attempt) && listeners.has(id)
    if (isWatched && watches.get(id)?.attempt === attempt) return
    unwatch(id)
    if (!isWatched || !locks || signal.aborted) return
    const finish = () => {
      if (watches.get(id) !== own) return
      own.end()
      own.end = () => {}
      tell(id)
    }
    const probe = () =>
      after(PROBE_INTERVAL_MS, async () => {
        if (await isGone(attempt)) finish()
        else if (watches.get(id) === own) cancel = probe()
      })
    let cancel = probe()
    const own: Watch = {
      attempt,
      end() {
        cancel()
        release()
      },
    }
    watches.set(id, own)
    const release = takeTabLock(platform, `stt-start:${attempt}`, 'shared', finish)
  }

  /** Shared, so that those who ask do not take one another for the starter. */
  const isGone = async (attempt: string) =>
    locks
      ?.request(`stt-start:${attempt}`, { mode: 'shared', ifAvailable: true }, Boolean)
      .catch(() => false) ?? false

  return {
    reach: 'browser',
    async read(key) {
      return read(toId(key))
    },
    async compareAndSet(key, value, expected) {
      open()
      const id = toId(key)
      const revision = [platform.random(), platform.random()]
        .map((number) => number.toString(36).slice(2, 10))
        .join('')
      const written = await transact<TabRecord | null>(
        platform,
        'claims',
        'readwrite',
        (store, answer) =>
          getting(id)(store, (stored) => {
            if ((stored ? String(stored.revision) : null) !== expected) return answer(null)
            const record = { value, revision, at: platform.now() }
            store.put(record, id)
            answer(record)
          }),
      )
      if (!written) return null
      const claim = see(id, written)
      channel?.postMessage(id)
      for (const listener of [...(listeners.get(id) ?? [])]) listener(claim)
      return claim
    },
    subscribe(key, listener) {
      const id = toId(key)
      const own: Listener = (claim) => listener(claim)
      const all = listeners.get(id) ?? new Set()
      listeners.set(id, all.add(own))
      tell(id)
      return () => {
        all.delete(own)
        if (all.size > 0 || listeners.get(id) !== all) return
        listeners.delete(id)
        unwatch(id)
      }
    },
    async hold(attempt, as) {
      const isStarter = as === 'starter'
      const name = `stt-${isStarter ? 'start' : 'live'}:${attempt}`
      let release = () => {}
      const take = () =>
        new Promise<void>((granted) => {
          const last = release
          release = takeTabLock(platform, name, isStarter ? 'exclusive' : 'shared', granted)
          last()
        })
      const end = () => {
        holds.delete(take)
        starting.delete(attempt)
        release()
        signal.removeEventListener('abort', end)
      }
      signal.addEventListener('abort', end)
      open()
      if (isStarter) starting.add(attempt)
      else holds.add(take)
      await take()
      return end
    },
    isStarterGone: ({ value }) => isGone(value.attempt),
    async isHeld({ value, ageMs }) {
      try {
        const { held } = (await locks?.query()) ?? {}
        if (held) {
          return held.some(
            ({ name, mode }) => name === `stt-live:${value.attempt}` && mode === 'shared',
          )
        }
      } catch {}
      return ageMs < HELD_MS
    },
    dispose() {
      controller.abort()
      listeners.clear()
      close()
    },
  }
}

const toId = ({ appId, channel }: ClaimKey) => `${appId}\n${channel}`

const getting =
  (id: string) => (store: IDBObjectStore, answer: (record: TabRecord | undefined) => void) => {
    const request = store.get(id)
    request.onsuccess = () => answer(request.result)
  }
