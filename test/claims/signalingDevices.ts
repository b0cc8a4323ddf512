import {
  type Claim,
  type ClaimStore,
  type ClaimValue,
  type SignalingClaimStoreOptions,
  type SignalingClientLike,
  signalingClaimStore,
} from 'react-realtime-stt/core'
import { createFakeSignaling, type FakeSignalingOptions } from 'react-realtime-stt/testing'
import { VirtualTime } from '../simulation/virtualTime.js'

export const appId = '0123456789abcdef0123456789abcdef'
export const key = { appId, channel: 'standup' }
/** Where the store keeps that key's claim. */
export const place = 'stt:standup'

let attempts = 0

export function makeValue(state: ClaimValue['state'] = 'starting'): ClaimValue {
  attempts += 1
  return { v: 1, state, attempt: `attempt-${attempts}`, instanceId: 'standup' }
}

/** Devices over one simulated Signaling service, in virtual time. */
export function signalingDevices(options: FakeSignalingOptions = {}) {
  const time = new VirtualTime()
  const { now, monotonicNow, setTimeout, clearTimeout } = time.environment()
  const signaling = createFakeSignaling({ now, setTimeout, ...options })
  const storeOf = (rtm: SignalingClientLike, given: SignalingClaimStoreOptions = {}): ClaimStore =>
    signalingClaimStore(rtm, { now, monotonicNow, setTimeout, clearTimeout, ...given })
  /** Lets virtual time run until the promise is settled, for a minute at most. */
  async function settle<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false
    const settled = () => {
      isSettled = true
    }
    promise.then(settled, settled)
    for (let ms = 0; !isSettled && ms < 60_000; ms += 10) await time.advance(10)
    if (!isSettled) throw new Error('It is not settled after a minute.')
    return promise
  }
  return {
    time,
    signaling,
    storeOf,
    settle,
    device: (userId: string, given?: SignalingClaimStoreOptions) =>
      storeOf(signaling.createClient(userId), given),
    /** How it ended, and after how long. */
    async outcome(promise: Promise<unknown>) {
      const begunAt = time.now
      let endedAt = 0
      const end = () => {
        endedAt = time.now
      }
      promise.then(end, end)
      const ended = await settle(
        promise.then(
          (value) => ({ value }),
          (error: unknown) => ({ error: error as Error }),
        ),
      )
      return { value: undefined, error: undefined, ...ended, tookMs: endedAt - begunAt }
    },
  }
}

/** What a subscriber was told. */
export function listen(store: ClaimStore, of = key) {
  const told: (Claim | null)[] = []
  const stop = store.subscribe(of, (claim) => told.push(claim))
  return { told, stop, last: () => told.at(-1)?.value.attempt }
}
