import { transact } from './tabDatabase.js'
import type { TabPlatform } from './tabPlatform.js'
import { takeTabLock } from './takeTabLock.js'

/** One tab's turn to call the service. */
export interface TabTurn {
  /** Whether it may still be used: asked right before fetch. Otherwise end it and take another. */
  isGood: () => boolean
  /** Lets the next tab in. */
  end: () => void
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
  const turn: TabTurn = {
    isGood: () => true,
    end() {
      for (const release of releases) release()
    },
  }
  const queue = (name: string) =>
    new Promise<void>((resolve) => {
      const timer = platform.setTimeout(resolve, LOCK_LIMIT_MS)
      releases.push(takeTabLock(platform, `stt-${name}:${appId}`, 'exclusive', resolve), () =>
        platform.clearTimeout(timer),
      )
    })
  if (locks && isLook) await queue('look')
  if (locks) await queue('gate')

  const dueMs = minIntervalMs + TURN_MS
  let waitMs = indexedDB ? 1 : 0
  while (waitMs > 0) {
    waitMs = await transact(platform, 'gate', appId, (last: number | undefined, put) => {
      const at = now()
      const monotonicAt = monotonicNow()
      const leftMs = (last ?? 0) + dueMs - at
      const isWrong = !(leftMs <= dueMs + minIntervalMs)
      if (isWrong || leftMs <= 0) put(at)
      turn.isGood = () => now() - at <= TURN_MS && monotonicNow() - monotonicAt <= TURN_MS
      return isWrong ? dueMs : leftMs
    }).catch(() => {
      turn.isGood = () => true
      return 0
    })
    if (waitMs > 0) await new Promise<void>((resolve) => platform.setTimeout(resolve, waitMs))
  }
  return turn
}
