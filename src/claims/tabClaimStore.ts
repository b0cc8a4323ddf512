import type { Claim, ClaimKey, ClaimStore, ClaimStoreBusyError } from './claimStore.js'
import type { ClaimValue } from './claimValue.js'
import { getTabDatabase, transact } from './tabDatabase.js'
import { type TabPlatform, tabPlatform } from './tabPlatform.js'
import { takeTabLock } from './takeTabLock.js'

interface TabRecord {
  value: ClaimValue
  revision: string
  /** Epoch ms. */
  at: number
}

type Stored = TabRecord | null | undefined

/** The first time that this page saw a revision. */
interface Sight {
  revision: string
  /** Monotonic ms. */
  writtenAt: number
}

interface Subscription {
  id: string
  listener: (claim: Claim | null) => void
}

/** Waits for the end of a starter. */
interface Watch {
  attempt: string
  end: () => void
}

const CHANNEL_NAME = 'react-realtime-stt.v1'
const INTERVAL_MS = 1_000
const START = 'stt-start:'
const LIVE = 'stt-live:'
const MAX_ENDED_AGE_MS = 86_400_000
/** Where there are no Web Locks. */
const HELD_MS = 60_000
const MAX_TRIES = 5

/**
 * A store for the tabs of one origin: IndexedDB, with Web Locks and a BroadcastChannel where there are any. Without the
 * locks, nobody knows whether a starter is gone, and a `running` claim counts as held for 60 s; without the channel,
 * changes by other tabs are seen when the claim is read. Without IndexedDB, as in Node, every call rejects.
 *
 * A claim's age is the wall clock's when this page first sees its revision, none where the stamp lies in the future;
 * from then on it grows by the monotonic clock. So a clock that is set makes no seen claim older, and no claim eternal.
 *
 * @param overrides for tests and simulations; the page's own unless they are given
 * @example
 * ```ts
 * import { createSttClient, tabClaimStore } from 'react-realtime-stt'
 *
 * // The same as without `claims`, in a browser.
 * export const sttClient = createSttClient({
 *   appId: '0123456789abcdef0123456789abcdef',
 *   api: 'v7',
 *   claims: tabClaimStore(),
 * })
 * ```
 */
export function tabClaimStore(overrides?: Partial<TabPlatform>): ClaimStore {
  const platform: TabPlatform = { ...tabPlatform, ...overrides }
  const { locks, page, indexedDB } = platform
  const controller = new AbortController()
  const { signal } = controller
  const subscriptions = new Set<Subscription>()
  const sights = new Map<string, Sight>()
  const watches = new Map<string, Watch>()
  /** Attempts whose end nobody here waits for: own ones, and those that are gone. */
  const unwatched = new Set<string>()
  /** What ends a hold, and what takes it again after the page was hidden. */
  const holds = new Map<() => void, (() => void) | null>()
  let channel: BroadcastChannel | undefined
  let timer: unknown
  let isSwept = false
  let isBehind: boolean | undefined
  let triesLeft = 0

  /** Opens what is not open. */
  const open = () => {
    if (!indexedDB || signal.aborted) return
    if (timer === undefined) {
      getTabDatabase(indexedDB).onLost.add(onLost)
      page?.addEventListener('pagehide', close, { signal })
      page?.addEventListener('pageshow', resume, { signal })
      // A frozen page hears messages, but not its transactions: one that it began would hold up every tab's.
      page?.addEventListener('freeze', close, { signal, capture: true })
      page?.addEventListener('resume', resume, { signal, capture: true })
      page?.addEventListener('focus', resume, { signal })
      schedule()
    }
    if (!channel && platform.BroadcastChannel) {
      channel = new platform.BroadcastChannel(CHANNEL_NAME)
      channel.onmessage = ({ data }) => tell(data)
    }
  }

  const close = () => {
    channel?.close()
    channel = undefined
    for (const id of watches.keys()) watch(id)
  }

  const resume = () => {
    open()
    for (const retake of holds.values()) retake?.()
    tellAll()
  }

  /** One timer for all that is done later. */
  const schedule = () => {
    if (!signal.aborted) timer ??= platform.setTimeout(tick, INTERVAL_MS)
  }

  const tick = () => {
    timer = null
    const wasBehind = isBehind
    isBehind = false
    triesLeft -= 1
    if (wasBehind) tellAll()
    if (watches.size > 0) {
      // Takes from pages in the back/forward cache what they hold: waiting for it alone does not.
      locks?.query().catch(() => {})
      schedule()
    }
    if (isSwept) return
    isSwept = true
    const before = platform.now() - MAX_ENDED_AGE_MS
    transact(platform, 'claims', '', () => {}, before).catch(() => {})
  }

  const isShown = (id: string) => [...subscriptions].some((one) => one.id === id)

  const emit = (id: string, claim: Claim | null) => {
    for (const one of [...subscriptions]) if (one.id === id) one.listener(claim)
  }

  const tell = async (id: string) => {
    try {
      if (isShown(id)) emit(id, await access(id, (stored) => stored))
    } catch (error) {
      const isTriedAgain = triesLeft > 0 || (error as ClaimStoreBusyError).isBusy
      isBehind ||= isTriedAgain
      if (isTriedAgain) schedule()
    }
  }

  /** Reads at once, and again later: while storage is being cleared, it may fail, or give what is about to go. */
  const onLost = () => {
    triesLeft = MAX_TRIES
    isBehind = true
    schedule()
    tellAll()
  }

  const tellAll = () => {
    for (const id of new Set([...subscriptions].map((one) => one.id))) tell(id)
  }

  /** Gives what is stored then, or null. */
  const access = async (
    id: string,
    decide: (stored: TabRecord | undefined, put: (record: TabRecord) => void) => Stored,
  ): Promise<Claim | null> => {
    open()
    const record = await transact(platform, 'claims', id, decide)
    watch(id, record?.value)
    if (!record) return null
    const now = platform.monotonicNow()
    const revision = String(record.revision)
    let sight = sights.get(id)
    if (sight?.revision !== revision) {
      sight = { revision, writtenAt: now - (Math.max(0, platform.now() - record.at) || 0) }
      sights.set(id, sight)
    }
    return { value: record.value, revision, ageMs: now - sight.writtenAt }
  }

  /** A queued request tells at once, in hidden tabs too, whose timers are slow. */
  const watch = (id: string, value?: ClaimValue) => {
    const isWatched =
      locks && value?.state === 'starting' && !unwatched.has(value.attempt) && isShown(id)
    const attempt = isWatched ? value.attempt : ''
    const last = watches.get(id)
    if (last?.attempt === attempt) return
    last?.end()
    watches.delete(id)
    if (!attempt) return
    const end = takeTabLock(platform, START + attempt, 'shared', () => {
      if (watches.get(id)?.end !== end) return
      unwatched.add(attempt)
      tell(id)
    })
    watches.set(id, { attempt, end })
    schedule()
  }

  /** undefined where nobody knows. */
  const isLocked = async (name: string, mode: LockMode) =>
    (await locks?.query().catch(() => null))?.held?.some(
      (lock) => lock.name === name && lock.mode === mode,
    )

  return {
    reach: 'browser',
    read: (key) => access(toId(key), (stored) => stored),
    async compareAndSet(key, value, expected) {
      const id = toId(key)
      const claim = await access(id, (stored, put) => {
        if ((stored ? String(stored.revision) : null) !== expected) return null
        const revision = `${platform.random()}${platform.random()}`
        const record = { value, revision, at: platform.now() }
        put(record)
        return record
      })
      if (claim) {
        channel?.postMessage(id)
        emit(id, claim)
      }
      return claim
    },
    subscribe(key, listener) {
      const id = toId(key)
      const own = { id, listener }
      subscriptions.add(own)
      tell(id)
      return () => {
        subscriptions.delete(own)
        if (!isShown(id)) watch(id)
      }
    },
    async hold(attempt, as) {
      const isStarter = as === 'starter'
      let release = () => {}
      const take = () =>
        new Promise<void>((granted) => {
          const last = release
          release = isStarter
            ? takeTabLock(platform, START + attempt, 'exclusive', granted)
            : takeTabLock(platform, LIVE + attempt, 'shared', granted)
          last()
        })
      const end = () => {
        holds.delete(end)
        release()
      }
      if (isStarter) unwatched.add(attempt)
      holds.set(end, isStarter ? null : take)
      open()
      await take()
      return end
    },
    isStarterGone: async ({ value }) =>
      (await isLocked(START + value.attempt, 'exclusive')) === false,
    isHeld: async ({ value, ageMs }) =>
      (await isLocked(LIVE + value.attempt, 'shared')) ?? ageMs < HELD_MS,
    dispose() {
      controller.abort()
      subscriptions.clear()
      close()
      platform.clearTimeout(timer)
      if (indexedDB) getTabDatabase(indexedDB).onLost.delete(onLost)
      for (const end of holds.keys()) end()
    },
  }
}

const toId = ({ appId, channel }: ClaimKey) => `${appId}\n${channel}`
