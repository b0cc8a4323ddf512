import {
  type ClaimStore,
  ClaimStoreBusyError,
  type TabPlatform,
  tabClaimStore,
} from 'react-realtime-stt/core'
import { createFakeBrowser } from '../claims/fakeBrowser.js'
import type { DevicePage, StoreTimeout } from './devicePage.js'
import type { World } from './world.js'

/** IndexedDB that does not answer is busy, as the store itself says of it. */
const BUSY: StoreTimeout = {
  afterMs: 2_500,
  toError: () => new ClaimStoreBusyError('IndexedDB does not answer.'),
}

/** What a tab gives its client. */
interface TabDevice {
  claims: ClaimStore
  /** The gate is the tabs' too. */
  shared: Pick<TabPlatform, 'locks' | 'indexedDB' | 'BroadcastChannel'>
}

/** One browser; each page is a tab of it. */
export function openTabStores({ time }: World): (page: DevicePage) => TabDevice {
  const browser = createFakeBrowser({
    now: () => time.now,
    monotonicNow: time.elapsed,
    setTimeout: time.setTimeout,
    clearTimeout: time.clearTimeout,
  })
  let transactions = 0
  time.isBusy = () => transactions > 0
  const count = (target: EventTarget, ends: readonly string[]) => {
    transactions += 1
    let isOpen = true
    for (const end of ends) {
      target.addEventListener(end, () => {
        if (isOpen) transactions -= 1
        isOpen = false
      })
    }
  }
  return (page) => {
    const tab = browser.openTab()
    page.onCrash(() => tab.crash())
    const { indexedDB } = tab.platform
    const platform = {
      ...tab.platform,
      random: page.random,
      indexedDB: { open: (name: string) => counted(indexedDB.open(name), count) } as IDBFactory,
    }
    const store = tabClaimStore(platform)
    const claims: ClaimStore = {
      ...store,
      read: (key) => page.store('read claim', false, () => store.read(key), BUSY),
      compareAndSet: (key, value, expected) =>
        page.store('write claim', true, () => store.compareAndSet(key, value, expected), BUSY),
    }
    const { locks, BroadcastChannel } = platform
    return { claims, shared: { locks, BroadcastChannel, indexedDB: platform.indexedDB } }
  }
}

type Count = (target: EventTarget, ends: readonly string[]) => void

/** Says when IndexedDB is at work, which takes turns of Node's loop and no time of the clock. */
function counted(opening: IDBOpenDBRequest, count: Count): IDBOpenDBRequest {
  count(opening, ['success', 'error'])
  opening.addEventListener('success', () => {
    const { result } = opening
    const transaction = result.transaction.bind(result)
    result.transaction = (...given: Parameters<typeof transaction>) => {
      const started = transaction(...given)
      count(started, ['complete', 'abort'])
      return started
    }
  })
  return opening
}
