/**
 * How the simulated service behaves where the vendor leaves the answer open, or where a demo wants to play.
 * All of it can be changed later with {@link FakeAgora.configure}.
 */
export interface FakeAgoraBehaviour {
  /**
   * Is Real-Time STT enabled for the project? Otherwise v6 answers 400 `invalid_appid!`, v7 403 `ServiceNotEnabled`.
   * @defaultValue `true`
   */
  serviceEnabled?: boolean
  /**
   * Milliseconds from a request's arrival to its answer. Requests are carried out at arrival. With 0 no timer is set.
   * @defaultValue `0`
   */
  latencyMs?: number | (() => number)
  /**
   * v7: may two live agents bear one name? `'atomic'`: never; `{ blindForMs }`: an agent is invisible to the check for
   * that many milliseconds after its start; `'off'`: names are not looked at, and `nameReuse` has no effect.
   * @defaultValue `'atomic'`
   */
  nameDedup?:
    | 'atomic'
    | {
        /** Milliseconds after the start. */
        blindForMs: number
      }
    | 'off'
  /**
   * v7: when is the name of an ended agent free again? `'free'`: at once; `{ afterMs }`: that many milliseconds after
   * it was STOPPED or FAILED; `'never'`. The name of a STOPPING agent is always taken.
   * @defaultValue `'free'`
   */
  nameReuse?:
    | 'free'
    | {
        /** Milliseconds after the end. */
        afterMs: number
      }
    | 'never'
  /**
   * v7: where the 409 for a taken name shows the agent's id: in the field `agent_id`, in `taskId`, inside the text of
   * `detail`, or nowhere. For a spent name it is the id of the dead agent.
   * @defaultValue `'agent_id'`
   */
  conflictBody?: 'agent_id' | 'taskId' | 'sentence' | 'none'
  /**
   * v7: milliseconds until a start, an end or a change of status shows in the list.
   * @defaultValue `0`
   */
  listLagMs?: number
  /**
   * v7: does a query show the agent's `name`? Not documented, but seen.
   * @defaultValue `true`
   */
  queryName?: boolean
  /**
   * v7: the `status` in the answer to `join`; the documented samples differ.
   * @defaultValue `'RUNNING'`
   */
  joinStatus?: 'RUNNING' | 'STARTING'
  /**
   * Milliseconds a task is STARTING. Applies to tasks started afterwards.
   * @defaultValue `0`
   */
  startingMs?: number
  /**
   * Milliseconds a stopped task is STOPPING before it is STOPPED. Applies to stops afterwards.
   * @defaultValue `0`
   */
  stoppingMs?: number
}

/** What {@link createFakeAgora} takes. */
export interface FakeAgoraOptions extends FakeAgoraBehaviour {
  /**
   * 32 hex characters. Requests for another app id fall through to the next handler.
   * @defaultValue random, so that tests do not meet each other
   */
  appId?: string
  /**
   * 32 hex characters.
   * @defaultValue random
   */
  appCertificate?: string
  /**
   * `'signed'`: tokens are minted and verified with WebCrypto. `'plain'`: the same layout without compression and with a
   * signature of zeros, which nobody checks; then nothing waits for more than microtasks, as virtual time needs it.
   * Whoever reads such a token in virtual time needs `inflateStored`.
   * @defaultValue `'signed'`
   */
  tokens?: 'signed' | 'plain'
  /**
   * The service's clock, in epoch milliseconds.
   * @defaultValue `Date.now`, looked up at each call
   */
  now?: () => number
  /**
   * Used for delays only; states are computed from the clock.
   * @defaultValue `globalThis.setTimeout`, looked up at each call
   */
  setTimeout?: (callback: () => void, delayMs: number) => unknown
  /**
   * A number from 0 to below 1: ids, salts, app id, certificate.
   * @defaultValue `crypto.getRandomValues`
   */
  random?: () => number
}

/** {@link FakeAgoraBehaviour} with every default filled in. */
export type FakeSettings = Required<FakeAgoraBehaviour>

export const defaultSettings: FakeSettings = {
  serviceEnabled: true,
  latencyMs: 0,
  nameDedup: 'atomic',
  nameReuse: 'free',
  conflictBody: 'agent_id',
  listLagMs: 0,
  queryName: true,
  joinStatus: 'RUNNING',
  startingMs: 0,
  stoppingMs: 0,
}
