import type { DevicePage } from './devicePage.js'
import type { World } from './world.js'

/** What a strategy makes of a page. */
export interface Device {
  enable(): Promise<unknown>
  disable(): Promise<unknown>
  /** Asks the service what is true, where the strategy can. */
  refresh?(): Promise<unknown>
  shown(): { status: string; taskId: string | null }
}

/** Who may start, and how: a row of the table. */
export interface Strategy {
  title: string
  isOurs: boolean
  /** Whose devices learn of each other. */
  reach: 'page' | 'browser' | 'devices'
  /** Makes what the devices of one run share, and from it each device. */
  open(world: World): (page: DevicePage) => Device
}
