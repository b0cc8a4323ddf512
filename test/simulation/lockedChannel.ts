import type { DevicePage } from './devicePage.js'

const TRAVEL_MS = [20, 100] as const
/** An event's way to another device, and until that has rendered what it says. */
const NOTICE_MS = [30, 200] as const
const LOCK_TTL_MS = 10_000

/** What the vendor's demo keeps in the channel's metadata. */
export interface ChannelRecord {
  status: 'start' | 'end'
  taskId: string | null
}

/** A Signaling channel with one lock and one record, as documented: the lock's ttl counts from the disconnect. */
export class LockedChannel {
  #holder: DevicePage | null = null
  #record: ChannelRecord = { status: 'end', taskId: null }
  readonly #members = new Map<DevicePage, (record: ChannelRecord) => void>()

  /** Joins the channel: `listener` is told of every write, and after a reconnect what was missed. */
  join(page: DevicePage, listener: (record: ChannelRecord) => void): void {
    this.#members.set(page, listener)
    page.onCrash(() => this.#expire(page))
    page.onConnection((isOnline) => {
      if (isOnline) this.#tell(page)
      else this.#expire(page)
    })
    this.#tell(page)
  }

  /** False where somebody else has it. Whoever has it gets it again. */
  acquire(page: DevicePage): Promise<boolean> {
    return this.#call(page, 'acquire lock', true, () => {
      this.#holder ??= page
      return this.#holder === page
    })
  }

  release(page: DevicePage): Promise<void> {
    return this.#call(page, 'release lock', true, () => {
      if (this.#holder !== page) throw new Error('The lock is not held by this user.')
      this.#holder = null
    })
  }

  read(page: DevicePage): Promise<ChannelRecord> {
    return this.#call(page, 'read metadata', false, () => this.#record)
  }

  write(page: DevicePage, record: ChannelRecord): Promise<void> {
    return this.#call(page, 'write metadata', true, () => {
      this.#record = record
      for (const member of this.#members.keys()) this.#tell(member)
    })
  }

  #call<Result>(
    page: DevicePage,
    what: string,
    isWrite: boolean,
    work: () => Result,
  ): Promise<Result> {
    const { time } = page.world
    return page.store(what, isWrite, async () => {
      if (!page.isOnline) throw new Error('Not connected.')
      await time.sleep(page.between(...TRAVEL_MS))
      const result = work()
      page.world.note(page.name, `${what}: ${JSON.stringify(result) ?? 'done'}`)
      await time.sleep(page.between(...TRAVEL_MS))
      return result
    })
  }

  #tell(page: DevicePage): void {
    const record = this.#record
    page.world.time.setTimeout(
      () => {
        if (page.isAlive && page.isOnline) this.#members.get(page)?.(record)
      },
      page.between(...NOTICE_MS),
    )
  }

  #expire(page: DevicePage): void {
    page.world.time.setTimeout(() => {
      const isBack = page.isAlive && page.isOnline
      if (this.#holder === page && !isBack) this.#holder = null
    }, LOCK_TTL_MS)
  }
}
