import type { Claim, ClaimKey, ClaimStore } from './claimStore.js'
import type { ClaimValue } from './claimValue.js'

interface Entry {
  value: ClaimValue
  revision: string
  writtenAt: number
}

interface Subscription {
  id: string
  listener: (claim: Claim | null) => void
}

/**
 * A store for one page, or one server process: a Map. Clients that are given the same store share it.
 *
 * @param monotonicNow gives ms since any fixed moment; `performance.now` unless it is given
 * @example
 * ```ts
 * import { createSttClient, memoryClaimStore } from 'react-realtime-stt'
 *
 * export const sttClient = createSttClient({
 *   appId: '0123456789abcdef0123456789abcdef',
 *   api: 'v7',
 *   claims: memoryClaimStore(),
 * })
 * ```
 */
export function memoryClaimStore(monotonicNow = () => performance.now()): ClaimStore {
  const entries = new Map<string, Entry>()
  const subscriptions = new Set<Subscription>()
  let writes = 0
  const toId = ({ appId, channel }: ClaimKey) => `${appId}\n${channel}`
  const read = (key: ClaimKey): Claim | null => {
    const entry = entries.get(toId(key))
    if (!entry) return null
    const { value, revision, writtenAt } = entry
    return { value, revision, ageMs: monotonicNow() - writtenAt }
  }
  return {
    reach: 'page',
    async read(key) {
      return read(key)
    },
    async compareAndSet(key, value, expected) {
      const id = toId(key)
      if ((entries.get(id)?.revision ?? null) !== expected) return null
      writes += 1
      entries.set(id, { value, revision: String(writes), writtenAt: monotonicNow() })
      const claim = read(key)
      for (const one of [...subscriptions]) if (one.id === id) one.listener(claim)
      return claim
    },
    subscribe(key, listener) {
      const own = { id: toId(key), listener }
      subscriptions.add(own)
      return () => {
        subscriptions.delete(own)
      }
    },
  }
}
