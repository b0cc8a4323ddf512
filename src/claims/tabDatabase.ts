import { ClaimStoreBusyError } from './claimStore.js'
import type { ClaimValue } from './claimValue.js'
import type { TabPlatform } from './tabPlatform.js'
import { takeTabLock } from './takeTabLock.js'

/** Opened without a version number, and its layout never changes: old and new copies of the package share it. */
const NAME = 'react-realtime-stt'
const STORES = ['claims', 'gate'] as const
const OPEN_LOCK = 'stt-open'
const OPEN_LIMIT_MS = 1_000
/** The client gives each call 3 s: by then it should know whether the call was applied. */
const CALL_LIMIT_MS = 2_500
const ABORT_LIMIT_MS = 250
const MAX_SWEPT = 50
const MAX_ENDED_AGE_MS = 86_400_000

/** How a claim is stored. */
export interface TabRecord {
  value: ClaimValue
  revision: string
  /** Epoch ms. */
  at: number
}

type Work<Result> = (store: IDBObjectStore, answer: (result: Result) => void) => void

/** One connection a page. */
interface Share {
  connection: Promise<IDBDatabase> | null
  drop: () => void
  onLost: Set<() => void>
  isSwept: boolean
}

const shares = new WeakMap<IDBFactory, Share>()

function getShare(factory: IDBFactory): Share {
  const share = shares.get(factory) ?? {
    connection: null,
    drop() {},
    onLost: new Set(),
    isSwept: false,
  }
  shares.set(factory, share)
  return share
}

/** Hears that the connection was taken away, with or without what is stored. Returns the function that ends it. */
export function watchTabDatabase(factory: IDBFactory, onLost: () => void): () => void {
  const { onLost: all } = getShare(factory)
  all.add(onLost)
  return () => all.delete(onLost)
}

/** Deletes claims that ended more than a day ago; once a page. */
export async function sweepTabClaims(platform: TabPlatform, factory: IDBFactory): Promise<void> {
  const share = getShare(factory)
  if (share.isSwept) return
  share.isSwept = true
  const before = platform.now() - MAX_ENDED_AGE_MS
  let swept = MAX_SWEPT
  while (swept === MAX_SWEPT)
    swept = await transact(platform, 'claims', 'readwrite', sweeping(before))
}

function sweeping(before: number): Work<number> {
  return (store, answer) => {
    const request = store.openCursor()
    let swept = 0
    request.onsuccess = () => {
      const cursor = request.result
      answer(swept)
      if (!cursor || swept === MAX_SWEPT) return
      const { value, at } = cursor.value as TabRecord
      if (value?.state === 'ended' && at < before) {
        swept += 1
        cursor.delete()
      }
      cursor.continue()
    }
  }
}

const busy = () => new ClaimStoreBusyError('IndexedDB does not answer.')

/**
 * One transaction. Rejects with a {@link ClaimStoreBusyError} after 2.5 s, otherwise with what IndexedDB says twice.
 * What rejects was not applied, but for one case: a commit that neither ends nor can be aborted any more.
 */
export async function transact<Result>(
  platform: TabPlatform,
  store: (typeof STORES)[number],
  mode: IDBTransactionMode,
  work: Work<Result>,
): Promise<Result> {
  const { indexedDB } = platform
  if (!indexedDB) throw new Error('There is no IndexedDB.')
  const share = getShare(indexedDB)
  const until = platform.monotonicNow() + CALL_LIMIT_MS
  const attempt = <Answer>(name: string, way: IDBTransactionMode, job: Work<Answer>) =>
    new Promise<Answer>((resolve, reject) => {
      let transaction: IDBTransaction | undefined
      let isLate = false
      const expire = () => {
        if (isLate) share.drop()
        if (isLate || !transaction) reject(busy())
        isLate = true
        if (!transaction) return
        timer = platform.setTimeout(expire, ABORT_LIMIT_MS)
        try {
          transaction.abort()
        } catch {}
      }
      let timer = platform.setTimeout(expire, until - platform.monotonicNow())
      const fail = (error: unknown) => {
        platform.clearTimeout(timer)
        reject(isLate || !error ? busy() : error)
      }
      share.connection ??= connect(platform, indexedDB, share)
      share.connection
        .then((database) => {
          if (isLate) return
          let result: Answer
          const opened = database.transaction(name, way, { durability: 'relaxed' })
          transaction = opened
          opened.oncomplete = () => {
            platform.clearTimeout(timer)
            resolve(result)
          }
          opened.onabort = () => fail(opened.error)
          job(opened.objectStore(name), (answer) => {
            result = answer
          })
        })
        .catch(fail)
    })
  try {
    return await attempt(store, mode, work)
  } catch (error) {
    if (error instanceof ClaimStoreBusyError) throw error
    if ((error as Error).name === 'QuotaExceededError') {
      await attempt('claims', 'readwrite', sweeping(Number.POSITIVE_INFINITY))
    } else share.drop()
    return attempt(store, mode, work)
  }
}

function connect(platform: TabPlatform, factory: IDBFactory, share: Share): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController()
    const { signal } = controller
    let release = () => {}
    let timer: unknown
    let isSecond = false
    const settle = () => {
      platform.clearTimeout(timer)
      release()
    }
    const drop = (error: unknown = busy()) => {
      if (share.drop === drop) share.connection = null
      controller.abort()
      settle()
      reject(error)
    }
    share.drop = drop
    platform.page?.addEventListener('pagehide', () => drop(), { signal })
    const open = () => {
      release = takeTabLock(platform, OPEN_LOCK, 'shared', () => {})
      timer = platform.setTimeout(() => {
        if (isSecond) return drop()
        isSecond = true
        release()
        // A page that went into the back/forward cache while it was opening is discarded by this.
        platform.locks?.request(OPEN_LOCK, { ifAvailable: true }, () => {}).catch(() => {})
        open()
      }, OPEN_LIMIT_MS)
      const request = factory.open(NAME)
      signal.addEventListener('abort', () => request.transaction?.abort())
      request.onupgradeneeded = () => {
        for (const name of STORES) request.result.createObjectStore(name)
      }
      request.onerror = () => drop(request.error)
      request.onsuccess = () => {
        const database = request.result
        if (signal.aborted) return database.close()
        const lose = () => {
          drop()
          for (const listener of share.onLost) listener()
        }
        settle()
        signal.addEventListener('abort', () => database.close())
        database.onversionchange = lose
        database.onclose = lose
        resolve(database)
      }
    }
    try {
      open()
    } catch (error) {
      drop(error)
    }
  })
}
