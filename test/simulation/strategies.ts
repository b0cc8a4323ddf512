import type { RowName } from './cell.js'
import type { Strategy } from './device.js'
import { lockAndReread, lockOnly } from './lockStrategies.js'
import { withMemoryStore, withSignalingStore, withTabStore } from './ourStrategies.js'
import { plainFetch } from './plainFetch.js'

/** The rows of the table, from top to bottom. */
export const strategies: Record<RowName, Strategy> = {
  fetch: plainFetch,
  lock: lockOnly,
  reread: lockAndReread,
  memory: withMemoryStore,
  tab: withTabStore,
  signaling: withSignalingStore,
}
