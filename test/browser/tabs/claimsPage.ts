import {
  type Claim,
  type ClaimStore,
  type ClaimValue,
  tabClaimStore,
} from 'react-realtime-stt/core'
import { takeTabTurn } from '../../../src/claims/tabGate.ts'
import { tabPlatform } from '../../../src/claims/tabPlatform.ts'

const APP_ID = 'app'

/** What a test does in a tab. */
export interface ClaimsTab {
  notices: { channel: string; attempt: string | null }[]
  wasRestored: boolean
  show(channel: string): void
  claim(channel: string, attempt: string): Promise<Claim | null>
  /** Claims as soon as any tab says so: timers of hidden tabs are rough. */
  claimOnSignal(channel: string, attempt: string): Promise<void>
  /** Says so, and resolves to what became of this tab's claim. */
  signal(): Promise<Claim | null>
  outcome(): Promise<Claim | null>
  read(channel: string): Promise<Claim | null>
  hold(attempt: string, as: 'starter' | 'holder'): Promise<void>
  /** A Web Lock that is not let go when the page is hidden. */
  holdBlindly(name: string): Promise<void>
  isStarterGone(attempt: string): Promise<boolean>
  isHeld(attempt: string): Promise<boolean>
  /** Epoch ms of each call that may be made. */
  call(count: number): Promise<number[]>
}

const store = tabClaimStore() as Required<ClaimStore>
const notices: ClaimsTab['notices'] = []
const toKey = (channel: string) => ({ appId: APP_ID, channel })
const toValue = (attempt: string): ClaimValue => ({
  v: 1,
  state: 'starting',
  attempt,
  instanceId: 'instance',
})
const toClaim = (attempt: string): Claim => ({ value: toValue(attempt), revision: '', ageMs: 0 })

const signals = new BroadcastChannel('signals')
let beginHere = () => {}
let outcome: Promise<Claim | null> = Promise.resolve(null)

const tab: ClaimsTab = {
  notices,
  wasRestored: false,
  show(channel) {
    store.subscribe(toKey(channel), (claim) =>
      notices.push({ channel, attempt: claim?.value.attempt ?? null }),
    )
  },
  async claim(channel, attempt) {
    const claim = await store.read(toKey(channel))
    return store.compareAndSet(toKey(channel), toValue(attempt), claim?.revision ?? null)
  },
  async claimOnSignal(channel, attempt) {
    const claim = await store.read(toKey(channel))
    outcome = new Promise((resolve) => {
      const begin = () =>
        resolve(store.compareAndSet(toKey(channel), toValue(attempt), claim?.revision ?? null))
      signals.onmessage = begin
      beginHere = begin
    })
  },
  signal() {
    signals.postMessage('go')
    beginHere()
    return outcome
  },
  outcome: () => outcome,
  read: (channel) => store.read(toKey(channel)),
  async hold(attempt, as) {
    await store.hold(attempt, as)
  },
  holdBlindly: (name) =>
    new Promise((resolve) => {
      navigator.locks.request(name, () => {
        resolve()
        return new Promise(() => {})
      })
    }),
  isStarterGone: (attempt) => store.isStarterGone(toClaim(attempt)),
  isHeld: (attempt) => store.isHeld(toClaim(attempt)),
  async call(count) {
    const calls: number[] = []
    while (calls.length < count) {
      const turn = await takeTabTurn(tabPlatform, APP_ID, 1_000, false)
      if (turn.isGood()) calls.push(Date.now())
      turn.end()
    }
    return calls
  },
}

addEventListener('pagehide', () => signals.close())
addEventListener('pageshow', ({ persisted }) => {
  tab.wasRestored = persisted
})

Object.assign(globalThis, { tab })
