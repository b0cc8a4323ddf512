import type { Claim, ClaimKey, ClaimStore } from './claimStore.js'
import type { ClaimValue } from './claimValue.js'
import { fnvHash } from './fnvHash.js'
import { openSignalingShare, type SignalingShare } from './openSignalingShare.js'
import type {
  SignalingClientLike,
  SignalingMetadata,
  SignalingStorageEvent,
} from './signalingClientLike.js'
import {
  type SignalingEnvironment,
  type SignalingPlace,
  signalingRegister,
} from './signalingRegister.js'
import { tabPlatform } from './tabPlatform.js'

const CALIBRATION_MS = 1_000
/** All devices come back at once after an outage. */
const REFRESH_SPREAD_MS = 1_000
const MIN_REPAIR_MS = 2_000
const MAX_REPAIR_DOUBLINGS = 5

/** Without the period, which the vendor's client refuses unless it is told otherwise. */
const FITTING_CHANNEL = /^[A-Za-z0-9 !#$%&()+,\-:;<=>?@[\]^_{|}~]{1,64}$/
const FITTING_APP_ID = /^[0-9A-Fa-f]{32}$/
type Listener = (claim: Claim | null) => void

/** What {@link signalingClaimStore} takes. Clocks and timers are for tests and simulations. */
export interface SignalingClaimStoreOptions extends Partial<SignalingEnvironment> {
  /**
   * Goes before the channel's name. Signaling channels of this prefix belong to the store.
   * @defaultValue `'stt:'`
   */
  channelPrefix?: string
}

/** A moment by both clocks: one may be set, the other may stand still while the device sleeps. */
interface Moment {
  wall: number
  monotonic: number
}

/** Where a key's claim is, and who asks for it. */
interface Place extends SignalingPlace {
  listeners: Set<Listener>
  share: SignalingShare | null
  seen: { revision: number; at: Moment } | null
  repair: { timer: unknown; renews: boolean; failures: number } | null
}

/**
 * A store for all devices: the metadata of a channel of its own in Agora Signaling 2.x, whose revisions are the
 * compare-and-set. Signaling and its Storage must be enabled for the project; stored claims are billed by Agora as any
 * metadata. Whoever may write that metadata may write claims: they are checked, not trusted.
 *
 * @param rtm a client of `agora-rtm` that the app has created and logs in. The store never does; while it is not
 * connected, the store rejects. A user id can be logged in once, so every tab needs its own.
 * @param options where claims are kept
 * @example
 * ```ts
 * import AgoraRTM from 'agora-rtm'
 * import { createSttClient, signalingClaimStore } from 'react-realtime-stt'
 *
 * const appId = '0123456789abcdef0123456789abcdef'
 *
 * export async function createSharedClient(userId: string, token: string) {
 *   const rtm = new AgoraRTM.RTM(appId, userId)
 *   await rtm.login({ token })
 *   return createSttClient({ appId, api: 'v7', claims: signalingClaimStore(rtm) })
 * }
 * ```
 * @see https://docs.agora.io/en/signaling/develop/store-channel-metadata
 */
export function signalingClaimStore(
  rtm: SignalingClientLike,
  options: SignalingClaimStoreOptions = {},
): ClaimStore {
  const { channelPrefix = 'stt:', ...given } = options
  const environment: SignalingEnvironment = { ...tabPlatform, ...given }
  const { now, monotonicNow, setTimeout, clearTimeout, random } = environment
  const { bounded, read, compareAndSet } = signalingRegister(rtm, environment)
  const places = new Map<string, Place>()
  const calibrated = new Set<() => void>()
  let clock: { serverAt: number; at: Moment } | null = null

  const moment = (): Moment => ({ wall: now(), monotonic: monotonicNow() })
  const since = ({ wall, monotonic }: Moment) => Math.max(now() - wall, monotonicNow() - monotonic)

  function placeOf({ appId, channel }: ClaimKey): Place {
    const item = FITTING_APP_ID.test(appId) ? appId : fnvHash(appId)
    const name = channelPrefix + channel
    const place: Place = {
      channel: FITTING_CHANNEL.test(name) ? name : channelPrefix + fnvHash(channel),
      item,
      listeners: new Set(),
      share: null,
      nextRead: null,
      readAt: Number.NEGATIVE_INFINITY,
      majorRevision: 0,
      seen: null,
      repair: null,
    }
    const id = `${item}\n${channel}`
    const known = places.get(id) ?? place
    places.set(id, known)
    return known
  }

  function toClaim(place: Place, { metadata, timestamp }: SignalingMetadata): Claim | null {
    const stored = metadata[place.item]
    if (!stored) {
      place.seen = null
      return null
    }
    const { value, revision, updated } = stored
    if (place.seen?.revision !== revision) place.seen = { revision, at: moment() }
    const serverNow = timestamp || (clock && clock.serverAt + since(clock.at))
    const ageMs = updated && serverNow ? serverNow - updated : since(place.seen.at)
    return { value: parse(value), revision: String(revision), ageMs: Math.max(0, ageMs) }
  }

  /** Answers of 2.3.0 tell no time; its storage events do, and a subscription begins with one. */
  async function calibrate(place: Place): Promise<void> {
    const share = openSignalingShare(rtm, place.channel)
    share.settle().catch(() => {})
    await new Promise<void>((resolve) => {
      calibrated.add(resolve)
      setTimeout(resolve, CALIBRATION_MS)
    })
    share.close()
  }

  const tell = (place: Place, claim: Claim | null) => {
    for (const listener of [...place.listeners]) listener(claim)
  }

  /** Reads again, and again later if there is no answer: nobody else would notice what was missed. */
  function refresh(place: Place, delayMs: number, isBack = false): void {
    if (!place.share) return
    clearTimeout(place.repair?.timer)
    const renews = isBack || (place.repair?.renews ?? false)
    const timer = setTimeout(async () => {
      const { share } = place
      if (!share) return
      try {
        const settled = renews ? share.renew() : share.settle()
        settled.catch(() => {})
        tell(place, toClaim(place, await bounded((call) => read(call, place))))
        await settled
        if (place.repair?.timer === timer) place.repair = null
      } catch {
        if (place.repair?.timer === timer) repair(place)
      }
    }, delayMs)
    place.repair = { timer, renews, failures: place.repair?.failures ?? 0 }
  }

  function repair(place: Place): void {
    const failures = place.repair?.failures ?? 0
    place.repair = { timer: undefined, renews: false, failures: failures + 1 }
    refresh(place, MIN_REPAIR_MS * (1 + random()) * 2 ** Math.min(failures, MAX_REPAIR_DOUBLINGS))
  }

  const onStorage = ({ channelName, timestamp, data }: SignalingStorageEvent) => {
    clock = { serverAt: timestamp, at: moment() }
    for (const resolve of calibrated) resolve()
    calibrated.clear()
    for (const place of places.values()) {
      if (channelName !== place.channel) continue
      if (data.majorRevision < place.majorRevision) refresh(place, random() * REFRESH_SPREAD_MS)
      else {
        place.majorRevision = data.majorRevision
        tell(place, toClaim(place, { ...data, timestamp }))
      }
    }
  }
  const onLinkState = ({ currentState }: { currentState: string }) => {
    if (currentState !== 'CONNECTED') return
    for (const place of places.values()) refresh(place, random() * REFRESH_SPREAD_MS, true)
  }
  rtm.addEventListener('storage', onStorage)
  rtm.addEventListener('linkState', onLinkState)

  const close = (place: Place) => {
    clearTimeout(place.repair?.timer)
    place.share?.close()
    place.repair = place.share = null
  }

  return {
    reach: 'devices',
    read: (key) =>
      bounded(async (call) => {
        const place = placeOf(key)
        const set = await read(call, place)
        const stored = set.metadata[place.item]
        if (stored?.updated && !set.timestamp && !clock) await calibrate(place)
        return toClaim(place, set)
      }),
    compareAndSet: (key, value, expected) =>
      bounded(async (call) => {
        const place = placeOf(key)
        const set = await compareAndSet(call, place, JSON.stringify(value), expected)
        const claim = set && toClaim(place, set)
        return attemptOf(claim) === value.attempt ? claim : null
      }),
    subscribe(key, listener) {
      const place = placeOf(key)
      const own: Listener = (claim) => listener(claim)
      place.listeners.add(own)
      if (!place.share) {
        place.share = openSignalingShare(rtm, place.channel)
        place.share.settle().catch(() => place.share && repair(place))
      }
      return () => {
        place.listeners.delete(own)
        if (place.listeners.size === 0) close(place)
      }
    },
    dispose() {
      rtm.removeEventListener('storage', onStorage)
      rtm.removeEventListener('linkState', onLinkState)
      for (const place of places.values()) {
        place.listeners.clear()
        close(place)
      }
    },
  }
}

/** What is no JSON is passed on as it is, for the reader of claims to refuse. */
function parse(value: string): ClaimValue {
  try {
    return JSON.parse(value)
  } catch {
    return value as unknown as ClaimValue
  }
}

const attemptOf = (claim: Claim | null): unknown =>
  (claim?.value as { attempt?: unknown } | null | undefined)?.attempt
