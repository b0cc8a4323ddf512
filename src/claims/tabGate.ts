import { transact } from './tabDatabase.js'
import type { TabPlatform } from './tabPlatform.js'
import { takeTabLock } from './takeTabLock.js'

/** One tab's turn to call the service. */
export interface TabTurn {
  /** Whether it may still be used: asked right before fetch. Otherwise end it and take another. */
  isGood(): boolean
  /** Lets the next tab in. */
  end(): void
}

const LOCK_LIMIT_MS = 10_000
/** A turn is used within this time of its stamp, or not at all. */
const TURN_MS = 50

/**
 * Waits until no tab of this origin has called for `minIntervalMs`, and says that this one does now. The lock is only
 * fairness: the stamp, written by the transaction that found it due, decides. Never rejects; where neither can be had,
 * it goes on without.
 *
 * @param isLook queues behind the turns of what users asked for: only one look-up at a time is in their queue
 */
export async function takeTabTurn(
  platform: TabPlatform,
  appId: string,
  minIntervalMs: number,
  isLook: boolean,
): Promise<TabTurn> {
  const { locks, indexedDB, now, monotonicNow } = platform
  const releases: (() => void)[] = []
  const queue = (name: string) =>
    new Promise<void>((resolve) => {
      const timer = platform.setTimeout(resolve, LOCK_LIMIT_MS)
      const enter = () => {
        platform.clearTimeout(timer)
        resolve()
      }
      releases.push(takeTabLock(platform, `stt-${name}:${appId}`, 'exclusive', enter))
    })
  if (locks && isLook) await queue('look')
  if (locks) await queue('gate')

  let isGood = () => true
  const stamp = (store: IDBObjectStore, answer: (waitMs: number) => void) => {
    const request = store.get(appId)
    request.onsuccess = () => {
      const at = now()
      const monotonicAt = monotonicNow()
      const last: unknown = request.result
      const isSet = last !== undefined && !(Number(last) <= at + minIntervalMs)
      const waitMs = isSet
        ? minIntervalMs + TURN_MS
        : Math.max(0, Number(last ?? 0) + minIntervalMs + TURN_MS - at)
      if (isSet || waitMs === 0) store.put(at, appId)
      isGood = () => now() - at <= TURN_MS && monotonicNow() - monotonicAt <= TURN_MS
      answer(waitMs)
    }
  }
  for (let waitMs = 1; indexedDB && waitMs > 0; ) {
    waitMs = await transact(platform, 'gate', 'readwrite', stamp).catch(() => {
      isGood = () => true
      return 0
    })
    if (waitMs > 0) await new Promise<void>((resolve) => platform.setTimeout(resolve, waitMs))
  }
  return {
    isGood: () => isGood(),
    end() {
      for (const release of releases) release()
    },
  }
}
