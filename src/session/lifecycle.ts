import type { SttApiVersion } from '../agora/task.js'
import { lifecycleV6 } from './lifecycleV6.js'
import { lifecycleV7 } from './lifecycleV7.js'
import type { Operation } from './operation.js'
import type { SttSession } from './session.js'

/** How a channel's task comes to be, is found and ends, in one generation of the API. */
export interface Lifecycle {
  /** Starts the task, or joins the one that is there. */
  start: (operation: Operation) => Promise<SttSession>
  /** Asks the service what runs, where this page knows of nothing. */
  look: (operation: Operation) => Promise<SttSession | null>
  /** Stops what this page knows of, and what an unanswered start may have left. */
  stop: (operation: Operation, session: SttSession | null) => Promise<void>
}

export const lifecycles: Readonly<Record<SttApiVersion, Lifecycle>> = {
  v6: lifecycleV6,
  v7: lifecycleV7,
}
