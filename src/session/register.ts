import { withTimeLimit } from '../agora/withTimeLimit.js'
import type { Claim, ClaimStore } from '../claims/claimStore.js'
import { type ClaimValue, NO_CLAIM, parseClaimValue } from '../claims/claimValue.js'
import { NetworkError, type NetworkErrorCode } from '../errors.js'
import { toShowable } from '../secrets.js'
import type { ChannelState } from './channelState.js'
import { INSTANCE_TOKEN_LIFETIME_MS } from './instanceId.js'
import { Operation } from './operation.js'

/** A claim as this page saw it. */
export interface SeenClaim extends Claim {
  /** Monotonic ms. */
  seenAt: number
}

/** What a write says; the rest is the register's. */
export type ClaimChange = Omit<ClaimValue, 'v' | 'attempt'>

/** One channel's claim: what is known of it, and the store's calls, each within its time. */
export interface Register {
  readonly reach: ClaimStore['reach']
  /** The last claim that was read, written or told; undefined: nothing was heard yet. */
  readonly known: SeenClaim | null | undefined
  /** @throws `NetworkError` `claims_unavailable`, or `timeout` where the store is there but stays busy */
  read: () => Promise<SeenClaim | null>
  /** Writes over the claim given; null: somebody else was first. */
  write: (over: SeenClaim | null, change: ClaimChange) => Promise<SeenClaim | null>
  /** A write of this page has no answer yet: what is known may hold no more. */
  readonly isWriting: boolean
  /** Takes what another client of the page has written, where it is the same store's. */
  learn: (claim: Claim, reach: ClaimStore['reach']) => void
  /** Resolves at the next change, or after the time given. */
  wait: (delayMs: number) => Promise<void>
  /** Whether this page wrote it. */
  isMine: (claim: SeenClaim) => boolean
  /** Since it was written, by the store's clock. */
  ageOf: (claim: SeenClaim) => number
  /** Whether what it says of a running task is taken as true. */
  isFresh: (claim: SeenClaim) => Promise<boolean>
  /** Whether whoever wrote it has had the time, or is gone. */
  isAbandoned: (claim: SeenClaim) => Promise<boolean>
  /** Says that this page knows the running task of this claim; null: of none. */
  keep: (claim: SeenClaim | null) => Promise<void>
  dispose: () => void
}

const CALL_LIMIT_MS = 3_000
const BUSY_LIMIT_MS = 10_000
const BUSY_WAITS_MS = { min: 100, max: 2_000 }
const UNAVAILABLE_MS = 30_000
/** How long a `starting` stands: a start takes no longer, unless its answer is lost. */
const INTENT_MS = 30_000
/** How long a `stopping` or `checking` stands. */
const ROUTINE_MS = 15_000
const FRESH_MS = 60_000

export const limitOf = ({ state }: ClaimValue) => (state === 'starting' ? INTENT_MS : ROUTINE_MS)

export function createRegister(state: ChannelState): Register {
  const { context, slot } = state
  const look = new Operation('refresh', state)
  const { channel, instanceId } = look
  const { appId, share, monotonicNow, random, onClaimsUnavailable } = context
  const key = { appId, channel }
  const waiters = new Set<() => void>()
  let known: SeenClaim | null | undefined
  let unavailableUntil = Number.NEGATIVE_INFINITY
  const { lastAttempts } = slot
  let writing: Promise<unknown> | null = null
  let isDisposed = false
  let kept = ''
  let letGo = () => {}
  let store = context.claims

  const call = <Result>(work: () => Promise<Result>) => withTimeLimit(context, CALL_LIMIT_MS, work)

  const wait = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        waiters.delete(wake)
        context.clearTimeout(timer)
        resolve()
      }
      const timer = context.setTimeout(wake, delayMs)
      waiters.add(wake)
    })

  const isOwn = (attempt: string) => attempt.startsWith(`${share.pageId}-`)

  /** Another channel's claim is none here. */
  function toValue(stored: unknown): ClaimValue {
    const value = parseClaimValue(stored)
    return value.instanceId === instanceId ? value : NO_CLAIM
  }

  function see(claim: Claim | null, isTold = false): SeenClaim | null {
    const value = claim ? toValue(claim.value) : NO_CLAIM
    const { attempt } = value
    // Notices may come late: of this page's writes only the last ones can still stand.
    if (isTold && isOwn(attempt) && !lastAttempts.includes(attempt)) return known ?? null
    const isNew = known === undefined || claim?.revision !== known?.revision
    known = claim && {
      ...claim,
      value,
      ageMs: Math.max(0, claim.ageMs) || 0,
      seenAt: monotonicNow(),
    }
    if (isTold) unavailableUntil = Number.NEGATIVE_INFINITY
    if (isNew) {
      if (known?.value === NO_CLAIM) look.tell('claim_refused')
      for (const wake of [...waiters]) wake()
    }
    // A store tells again what stands when it is back: meanwhile the page may have gone on without it.
    if (isNew || isTold) state.follow()
    return known
  }

  function assertThere(): void {
    if (isDisposed || monotonicNow() < unavailableUntil) throw unavailable()
  }

  const listen = () => store.subscribe(key, (claim) => see(claim, true))
  let unsubscribe = listen()

  async function readNow(): Promise<SeenClaim | null> {
    const until = monotonicNow() + BUSY_LIMIT_MS
    for (let isSecond = false; ; ) {
      assertThere()
      try {
        return see(await call(() => store.read(key)))
      } catch (cause) {
        const isBusy = Object(cause).isBusy === true
        if (isBusy && monotonicNow() > until) throw notSent('timeout', 'is busy', cause)
        if (isSecond && !isBusy) {
          if (!degrade()) throw unavailable(cause)
        }
        isSecond ||= !isBusy
        const { min, max } = BUSY_WAITS_MS
        if (isBusy) await wait(min + (max - min) * random())
      }
    }
  }

  /** A browser that keeps nothing leaves the page to itself; devices are asked again after a while. */
  function degrade(): boolean {
    if (store.reach === 'browser' && onClaimsUnavailable === 'start') {
      unsubscribe()
      store = share.claims
      unsubscribe = listen()
      look.tell('claims_unavailable')
      return true
    }
    unavailableUntil = monotonicNow() + UNAVAILABLE_MS
    return false
  }

  async function hold(attempt: string, as: 'starter' | 'holder'): Promise<() => void> {
    return (await call(async () => store.hold?.(attempt, as)).catch(() => {})) || (() => {})
  }

  async function write(over: SeenClaim | null, change: ClaimChange): Promise<SeenClaim | null> {
    assertThere()
    share.attempts += 1
    const attempt = `${share.pageId}-${share.attempts}`
    lastAttempts[1] = attempt
    const value: ClaimValue = { ...change, v: 1, attempt }
    const { state } = change
    const isHeld = state === 'starting' || state === 'running'
    const release = isHeld
      ? await hold(attempt, state === 'starting' ? 'starter' : 'holder')
      : letGo
    let claim: SeenClaim | null = null
    try {
      const expected = over?.revision ?? null
      const written = await call(() => store.compareAndSet(key, value, expected))
      claim = written && see(written)
    } catch {
      const stored = await readNow()
      claim = stored?.value.attempt === attempt ? stored : null
    } finally {
      if (!claim && isHeld) release()
    }
    if (!claim) return null
    if (release !== letGo) letGo()
    letGo = release
    kept = attempt
    lastAttempts[0] = attempt
    for (const one of slot.members) one.learn(claim, store.reach)
    if (state === 'starting') context.after(INTENT_MS, release)
    return claim
  }

  return {
    get reach() {
      return store.reach
    },
    get known() {
      return known
    },
    get isWriting() {
      return writing !== null
    },
    async read() {
      // What this page is about to claim is not asked for before.
      while (writing) await writing.catch(() => {})
      return readNow()
    },
    async write(over, change) {
      const own = write(over, change)
      writing = own
      try {
        return await own
      } finally {
        if (writing === own) writing = null
      }
    },
    wait,
    isMine: ({ value }) => isOwn(value.attempt),
    ageOf: ({ ageMs, seenAt }) => ageMs + monotonicNow() - seenAt,
    async isFresh(claim) {
      if (claim.value.taskId === slot.stoppedTaskId) return false
      if (!claim.value.taskId) return this.ageOf(claim) < INSTANCE_TOKEN_LIFETIME_MS
      const { isHeld } = store
      if (isHeld) return call(() => isHeld(claim)).catch(() => false)
      return this.ageOf(claim) < FRESH_MS
    },
    async isAbandoned(claim) {
      if (this.ageOf(claim) >= limitOf(claim.value)) return true
      if (claim.value.state !== 'starting') return false
      return call(async () => store.isStarterGone?.(claim) ?? false).catch(() => false)
    },
    async keep(claim) {
      const attempt = claim?.value.attempt ?? ''
      if (attempt === kept || isDisposed) return
      kept = attempt
      letGo()
      letGo = () => {}
      if (!attempt) return
      const release = await hold(attempt, 'holder')
      if (kept === attempt) letGo = release
      else release()
    },
    learn(claim, reach) {
      if (reach === store.reach) see(claim)
    },
    dispose() {
      isDisposed = true
      unsubscribe()
      letGo()
      for (const wake of [...waiters]) wake()
    },
  }
}

const notSent = (code: NetworkErrorCode, how: string, cause: unknown) =>
  new NetworkError(code, `The claim store ${how}, so nothing was sent. Try again.`, {
    outcome: 'not_sent',
    cause: toShowable(cause),
  })

const unavailable = (cause?: unknown) => notSent('claims_unavailable', 'gives no answer', cause)
