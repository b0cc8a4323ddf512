import { ClaimStoreBusyError } from './claimStore.js'
import type { TabPlatform } from './tabPlatform.js'
import { takeTabLock } from './takeTabLock.js'

/** Opened without a version number, and its layout never changes: old and new copies of the package share it. */
const NAME = 'react-realtime-stt'
const OPEN_LOCK = 'stt-open'
const OPEN_LIMIT_MS = 1_000
/** The client gives each call 3 s. */
const CALL_LIMIT_MS = 2_500
const MAX_SWEPT = 50

/** One a page. */
interface TabDatabase {
  connection: TabConnection | null
  /** Told when the connection was taken away, with or without what is stored. */
  onLost: Set<() => void>
}

interface TabConnection {
  opened: Promise<IDBDatabase>
  close: () => void
}

const databases = new WeakMap<IDBFactory, TabDatabase>()

/** @throws where there is no IndexedDB */
export function getTabDatabase(indexedDB: IDBFactory | undefined): TabDatabase {
  if (!indexedDB) throw new Error('There is no IndexedDB.')
  const database = databases.get(indexedDB) ?? { connection: null, onLost: new Set() }
  databases.set(indexedDB, database)
  return database
}

/**
 * Reads `key` and decides what to put there, in one transaction. Rejects with a {@link ClaimStoreBusyError} after
 * 2.5 s, otherwise with what IndexedDB says twice.
 *
 * @param sweepBefore epoch ms: claims that ended earlier are deleted first, 50 at most
 */
export function transact<Result, Stored>(
  platform: TabPlatform,
  store: 'claims' | 'gate',
  key: string,
  decide: (stored: Stored | undefined, put: (value: Stored) => void) => Result,
  sweepBefore?: number,
): Promise<Result> {
  let timer: unknown
  return new Promise<Result>((resolve, reject) => {
    const database = getTabDatabase(platform.indexedDB)
    let connection: TabConnection
    let transaction: IDBTransaction | undefined
    let isLate = false
    let isRetry = false
    const fail = (cause?: unknown) => {
      const error = (!isLate && cause) || new ClaimStoreBusyError('IndexedDB does not answer.')
      connection.close()
      if (isLate || isRetry) return reject(error)
      isRetry = true
      if ((error as Error).name === 'QuotaExceededError') sweepBefore = Number.POSITIVE_INFINITY
      attempt()
    }
    const attempt = async () => {
      database.connection ??= connect(platform, database)
      connection = database.connection
      try {
        const opened = await connection.opened
        if (isLate) return
        const started = opened.transaction(store, 'readwrite', { durability: 'relaxed' })
        const records = started.objectStore(store)
        let result: Result
        transaction = started
        started.oncomplete = () => resolve(result)
        started.onabort = () => fail(started.error)
        const work = () => {
          const request = records.get(key)
          request.onsuccess = () => {
            result = decide(request.result, (value) => records.put(value, key))
          }
        }
        if (sweepBefore) sweep(records, sweepBefore, work)
        else work()
      } catch (error) {
        fail(error)
      }
    }
    timer = platform.setTimeout(() => {
      isLate = true
      try {
        transaction?.abort()
      } catch {
        // It is being committed: who reads again waits for that.
      }
      fail()
    }, CALL_LIMIT_MS)
    attempt()
  }).finally(() => platform.clearTimeout(timer))
}

function sweep(records: IDBObjectStore, before: number, onDone: () => void): void {
  let left = MAX_SWEPT
  const request = records.openCursor()
  request.onsuccess = () => {
    const cursor = request.result
    if (!cursor || left === 0) onDone()
    else {
      const { value, at } = cursor.value ?? {}
      if (value?.state === 'ended' && at < before) {
        left -= 1
        cursor.delete()
      }
      cursor.continue()
    }
  }
}

function connect(platform: TabPlatform, database: TabDatabase): TabConnection {
  const { indexedDB, locks, page } = platform
  const controller = new AbortController()
  const { signal } = controller
  const close = () => {
    if (database.connection === own) database.connection = null
    controller.abort()
  }
  const opened = new Promise<IDBDatabase>((resolve, reject) => {
    const request = (indexedDB as IDBFactory).open(NAME)
    const release = takeTabLock(platform, OPEN_LOCK, 'shared', () => {})
    const timer = platform.setTimeout(() => {
      close()
      reject()
      // A page that went into the back/forward cache while it was opening is discarded by this.
      locks?.query().catch(() => {})
    }, OPEN_LIMIT_MS)
    const settle = () => {
      platform.clearTimeout(timer)
      release()
    }
    signal.addEventListener('abort', () => {
      settle()
      // Not rejected: a page that is being hidden should not try again.
      request.transaction?.abort()
    })
    request.onupgradeneeded = () => {
      request.result.createObjectStore('claims')
      request.result.createObjectStore('gate')
    }
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const { result } = request
      settle()
      if (signal.aborted) result.close()
      signal.addEventListener('abort', () => result.close())
      result.onclose = result.onversionchange = () => {
        close()
        for (const listener of database.onLost) listener()
      }
      resolve(result)
    }
  })
  const own = { opened, close }
  page?.addEventListener('pagehide', close, { signal })
  page?.addEventListener('freeze', close, { signal, capture: true })
  return own
}
