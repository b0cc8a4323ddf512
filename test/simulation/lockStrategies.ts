import type { Device, Strategy } from './device.js'
import type { DevicePage } from './devicePage.js'
import { type ChannelRecord, LockedChannel } from './lockedChannel.js'
import { startTask, stopTask } from './restCalls.js'

/** Users who get an error press again after this. */
const RETRY_MS = [800, 3_000] as const
const MAX_TRIES = 3

/** The vendor's own demo: whoever gets the lock starts, and writes afterwards what runs. */
export const lockOnly: Strategy = {
  title: "lock only, the vendor's demo",
  isOurs: false,
  reach: 'devices',
  open: () => open(false),
}

/** The same, and looked up under the lock whether anything runs. */
export const lockAndReread: Strategy = {
  title: 'lock and re-read',
  isOurs: false,
  reach: 'devices',
  open: () => open(true),
}

function open(rereads: boolean): (page: DevicePage) => Device {
  const shared = new LockedChannel()
  return (page) => {
    let record: ChannelRecord = { status: 'end', taskId: null }
    let starts = 0
    shared.join(page, (told) => {
      record = told
    })
    const isRunning = () => record.status === 'start'

    async function underLock(work: () => Promise<void>): Promise<void> {
      if (!(await shared.acquire(page))) throw new Error('Somebody else is at it.')
      await work().finally(() => shared.release(page))
    }

    async function start(): Promise<void> {
      if (rereads) record = await shared.read(page)
      if (rereads && isRunning()) return
      starts += 1
      const taskId = await startTask(page, `${page.name}-${starts}`)
      record = { status: 'start', taskId }
      await shared.write(page, record)
    }

    async function stop(): Promise<void> {
      if (rereads) record = await shared.read(page)
      if (record.taskId) await stopTask(page, record.taskId)
      record = { status: 'end', taskId: null }
      await shared.write(page, record)
    }

    async function insist(isWanted: () => boolean, work: () => Promise<void>): Promise<void> {
      for (let tries = 1; isWanted(); tries++) {
        try {
          await underLock(work)
          return
        } catch (error) {
          if (tries === MAX_TRIES) throw error
          await page.sleep(page.between(...RETRY_MS))
        }
      }
    }

    return {
      enable: () => insist(() => !isRunning(), start),
      disable: () => insist(isRunning, stop),
      shown: () => ({ status: isRunning() ? 'enabled' : 'disabled', taskId: record.taskId }),
    }
  }
}
