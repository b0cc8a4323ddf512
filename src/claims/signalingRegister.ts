import { ClaimStoreBusyError } from './claimStore.js'
import type { SignalingClientLike, SignalingMetadata } from './signalingClientLike.js'
import { isOutdated, isThrottled, signalingError, signalingTimeout } from './signalingError.js'
import type { TabPlatform } from './tabPlatform.js'

/** Below the 3 s that the client gives a store. */
const LIMIT_MS = 2_500
const MIN_BACKOFF_MS = 100
const MAX_BACKOFF_MS = 2_000
/** The vendor's client refuses the 21st read within a second. */
const MIN_READ_INTERVAL_MS = 60
/** Says only that the channel has metadata: from then on its major revision guards what is created in it. */
const MARK = { key: 'stt', value: '1' }

/** What {@link signalingClaimStore} takes from the platform. Tests and simulations give their own. */
export type SignalingEnvironment = Pick<
  TabPlatform,
  'now' | 'monotonicNow' | 'setTimeout' | 'clearTimeout' | 'random'
>

/** Where a value is. */
export interface SignalingPlace {
  channel: string
  item: string
  /** The read that is about to be sent, for all who ask meanwhile. */
  nextRead: Promise<SignalingMetadata> | null
  readAt: number
  /** Of what was seen last. */
  majorRevision: number
}

/** One call of the store, which ends at its limit whatever it waits for. */
interface SignalingCall {
  endsAt: number
  isOver: boolean
}

/** Compare-and-set over channel metadata. */
export interface SignalingRegister {
  bounded<T>(run: (call: SignalingCall) => Promise<T>): Promise<T>
  read(call: SignalingCall, place: SignalingPlace): Promise<SignalingMetadata>
  /** What is stored after the write; null: somebody else was first. */
  compareAndSet(
    call: SignalingCall,
    place: SignalingPlace,
    value: string,
    expected: string | null,
  ): Promise<SignalingMetadata | null>
}

export function signalingRegister(
  rtm: SignalingClientLike,
  { monotonicNow, setTimeout, clearTimeout, random }: SignalingEnvironment,
): SignalingRegister {
  const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

  function bounded<T>(run: (call: SignalingCall) => Promise<T>): Promise<T> {
    const call: SignalingCall = { endsAt: monotonicNow() + LIMIT_MS, isOver: false }
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        call.isOver = true
        reject(signalingTimeout(LIMIT_MS))
      }, LIMIT_MS)
      run(call)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer))
    })
  }

  async function backOff({ endsAt }: SignalingCall, error: unknown): Promise<void> {
    if (!isThrottled(error)) throw signalingError(error)
    const delayMs = MIN_BACKOFF_MS + random() * (MAX_BACKOFF_MS - MIN_BACKOFF_MS)
    if (monotonicNow() + delayMs >= endsAt) {
      throw new ClaimStoreBusyError('Agora Signaling takes no more calls just now (-10021).')
    }
    await sleep(delayMs)
  }

  /** Everyone who asks before it is sent shares a read: what it tells was so after they asked. */
  function share(place: SignalingPlace): Promise<SignalingMetadata> {
    place.nextRead ??= (async () => {
      for (;;) {
        const waitMs = place.readAt + MIN_READ_INTERVAL_MS - monotonicNow()
        await (waitMs > 0 ? sleep(waitMs) : null)
        place.nextRead = null
        place.readAt = monotonicNow()
        const { majorRevision } = place
        const set = await rtm.storage.getChannelMetadata(place.channel, 'MESSAGE')
        // An answer may be older than what was told while it was on its way.
        const isOvertaken =
          place.majorRevision !== majorRevision && set.majorRevision < place.majorRevision
        if (isOvertaken) continue
        place.majorRevision = set.majorRevision
        return set
      }
    })()
    return place.nextRead
  }

  async function read(call: SignalingCall, place: SignalingPlace): Promise<SignalingMetadata> {
    for (;;) {
      try {
        return await share(place)
      } catch (error) {
        await backOff(call, error)
      }
    }
  }

  const revisionOf = (place: SignalingPlace, { metadata }: SignalingMetadata) =>
    metadata[place.item]?.revision ?? 0

  /** Whether it was written: not if the value is another than `revision` (0: is there at all). */
  async function write(
    call: SignalingCall,
    place: SignalingPlace,
    revision: number,
    data: typeof MARK & { revision?: number },
    majorRevision = -1,
  ): Promise<boolean> {
    for (;;) {
      // Whoever asked has gone; a late write would be a claim that nobody knows of.
      if (call.isOver) return false
      try {
        const options = { majorRevision, addTimeStamp: true }
        await rtm.storage.setChannelMetadata(place.channel, 'MESSAGE', [data], options)
        return true
      } catch (error) {
        if (isOutdated(error)) return false
        await backOff(call, error)
        if (revisionOf(place, await read(call, place)) !== revision) return false
      }
    }
  }

  return {
    bounded,
    read,
    async compareAndSet(call, place, value, expected) {
      const revision = Number(expected)
      let majorRevision = -1
      if (expected === null) {
        let set = await read(call, place)
        if (set.majorRevision < 1) {
          if (!(await write(call, place, 0, MARK))) return null
          set = await read(call, place)
        }
        if (revisionOf(place, set) > 0) return null
        if (set.majorRevision > 0) majorRevision = set.majorRevision
      } else if (!(revision > 0)) return null
      const data = { key: place.item, value, revision }
      if (!(await write(call, place, revision, data, majorRevision))) return null
      let set: SignalingMetadata
      // A success tells no revision. The same one as before is an answer from before the write.
      do set = await read(call, place)
      while (revisionOf(place, set) === revision && !call.isOver)
      return set
    },
  }
}
