import type { SttApiVersion } from '../agora/task.js'
import type { ClaimValue } from '../claims/claimValue.js'
import { lifecycleV6 } from './lifecycleV6.js'
import { lifecycleV7 } from './lifecycleV7.js'
import type { Operation } from './operation.js'
import type { SttSession } from './session.js'

/** How a channel's task comes to be, is found and ends, in one generation of the API. */
export interface Lifecycle {
  /** Gets the tokens of the bots, which are the operation's from then on. */
  prepare: (operation: Operation) => Promise<unknown>
  /** Starts the task, or joins the one that is there. */
  start: (operation: Operation, mustLook: boolean) => Promise<SttSession>
  /** Asks the service what runs, where this page knows of nothing. */
  look: (operation: Operation) => Promise<SttSession | null>
  /** Whether the task that a claim names is this channel's and lives. */
  confirm: (operation: Operation, claimed: ClaimValue) => Promise<boolean>
  /** Stops the task that a claim names, and what else of this channel may be left, as by a start that was under way. */
  stop: (
    operation: Operation,
    claimed: { taskId?: string | null | undefined },
    wasStarting: boolean,
  ) => Promise<void>
}

export const lifecycles: Readonly<Record<SttApiVersion, Lifecycle>> = {
  v6: lifecycleV6,
  v7: lifecycleV7,
}
