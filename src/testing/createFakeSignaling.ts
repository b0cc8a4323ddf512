import type { FakeSignaling, FakeSignalingCounts } from './fakeSignaling.js'
import type {
  FakeChannelType,
  FakeLinkState,
  FakeSignalingAnswer,
  FakeSignalingClient,
  FakeSignalingListeners,
  FakeStorageEvent,
} from './fakeSignalingClient.js'
import { FakeSignalingError } from './fakeSignalingError.js'
import {
  type FakeSignalingCall,
  type FakeSignalingFault,
  type FakeSignalingOperation,
  strikes,
} from './fakeSignalingFaults.js'
import {
  checkItems,
  type FakeMetadataItem,
  type FakeMetadataOptions,
  FakeSignalingMetadata,
  type FakeWrite,
} from './fakeSignalingMetadata.js'
import type { FakeSignalingOptions } from './fakeSignalingOptions.js'
import { faultQueue } from './faultQueue.js'

const CALL_TIMEOUT_MS = 10_000
const RATE_WINDOW_MS = 1_000
const MAX_CALLS_PER_WINDOW = 20
/** The vendor's client admits no period. */
const CHANNEL = /^(?!_)[A-Za-z0-9 !#$%&()+,\-:;<=>?@[\]^_{|}~]{1,64}$/

interface FakeSession {
  userId: string
  link: FakeLinkState
  isHanging: boolean
  subscriptions: Set<string>
  listeners: { [Name in keyof FakeSignalingListeners]: Set<FakeSignalingListeners[Name]> }
  recentCalls: Record<string, number[]>
  counts: FakeSignalingCounts
}

const noCounts = (): FakeSignalingCounts => ({
  reads: 0,
  writes: 0,
  subscribes: 0,
  unsubscribes: 0,
  throttled: 0,
  events: 0,
})

const COUNTERS = {
  get: 'reads',
  set: 'writes',
  update: 'writes',
  subscribe: 'subscribes',
  unsubscribe: 'unsubscribes',
} as const

const VENDOR_NAMES = {
  get: 'getChannelMetadata',
  set: 'setChannelMetadata',
  update: 'updateChannelMetadata',
  subscribe: 'subscribe',
  unsubscribe: 'unsubscribe',
} as const

/**
 * Stands where Agora Signaling stands, for any number of clients: metadata with revisions, storage events, the limits of
 * agora-rtm 2.3.0 and the errors it throws.
 *
 * @param options its clock, and how it behaves where the vendor leaves it open
 * @example
 * ```ts
 * import { signalingClaimStore } from 'react-realtime-stt'
 * import { createFakeSignaling } from 'react-realtime-stt/testing'
 *
 * export const signaling = createFakeSignaling()
 * export const claims = signalingClaimStore(signaling.createClient('alice'))
 * signaling.failNext({ operation: 'set', errorCode: -12018, carriedOut: true })
 * ```
 * @see https://docs.agora.io/en/signaling/reference/api
 */
export function createFakeSignaling(options: FakeSignalingOptions = {}): FakeSignaling {
  const now = options.now ?? (() => Date.now())
  const setTimeout =
    options.setTimeout ?? ((callback, delayMs) => globalThis.setTimeout(callback, delayMs))
  const sets = new FakeSignalingMetadata(options.ignoresCreateOnly ?? false, now)
  const faults = faultQueue<FakeSignalingFault>()
  const sessions = new Map<string, FakeSession>()
  let isDown = false

  const latency = () => {
    const { latencyMs = 0 } = options
    return typeof latencyMs === 'function' ? latencyMs() : latencyMs
  }
  /** `Infinity`: never. */
  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      if (ms <= 0) resolve()
      else if (ms < Number.POSITIVE_INFINITY) setTimeout(resolve, ms)
    })

  function emit(session: FakeSession, channel: string, eventType: FakeStorageEvent['eventType']) {
    const call = { operation: 'event', userId: session.userId, channel } as const
    const fault = faults.take(strikes(call))
    const data = sets.get(channel)
    const delayMs = fault ? (fault.delayMs ?? Number.POSITIVE_INFINITY) : latency()
    void sleep(delayMs).then(() => {
      if (isCutOff(session) || !session.subscriptions.has(channel)) return
      session.counts.events += 1
      for (const listener of [...session.listeners.storage]) {
        listener({
          channelType: 'MESSAGE',
          channelName: channel,
          publisher: '',
          storageType: 'CHANNEL',
          eventType,
          data: structuredClone(data),
          timestamp: now(),
        })
      }
    })
  }

  const isCutOff = (session: FakeSession) =>
    isDown || session.isHanging || session.link !== 'CONNECTED'

  function tellAll(channel: string): void {
    for (const session of sessions.values()) {
      if (session.subscriptions.has(channel)) emit(session, channel, 'UPDATE')
    }
  }

  function changeLink(session: FakeSession, link: FakeLinkState, isResumed = false): void {
    const previousState = session.link
    session.link = link
    if (link === previousState && !session.isHanging) return
    session.isHanging = false
    for (const listener of [...session.listeners.linkState]) {
      listener({ currentState: link, previousState, isResumed, timestamp: now() })
    }
  }

  function limitRate(session: FakeSession, operation: FakeSignalingOperation): void {
    if (operation === 'unsubscribe') return
    const limit = COUNTERS[operation]
    const recent = (session.recentCalls[limit] ?? []).filter((at) => at > now() - RATE_WINDOW_MS)
    session.recentCalls[limit] = recent
    if (recent.length >= MAX_CALLS_PER_WINDOW) {
      session.counts.throttled += 1
      throw new FakeSignalingError(VENDOR_NAMES[operation], -10_021)
    }
    recent.push(now())
  }

  async function call<Result>(
    session: FakeSession,
    operation: FakeSignalingOperation,
    channelName: string,
    check: () => void,
    carryOut: () => Result,
  ): Promise<Result & FakeSignalingAnswer> {
    const fail = (code: number) => new FakeSignalingError(VENDOR_NAMES[operation], code)
    limitRate(session, operation)
    if (session.link !== 'CONNECTED') throw fail(-10_025)
    if (!CHANNEL.test(channelName)) throw fail(-10_008)
    check()
    session.counts[COUNTERS[operation]] += 1
    const request: FakeSignalingCall = { operation, userId: session.userId, channel: channelName }
    const fault = faults.take(strikes(request))
    const isRefused = fault !== undefined && 'errorCode' in fault
    const isLate = fault !== undefined && 'when' in fault && fault.when === 'before'
    if (isLate) await sleep(fault.delayMs)
    if (isCutOff(session)) {
      await sleep(CALL_TIMEOUT_MS)
      throw fail(operation.endsWith('subscribe') ? -11_019 : -12_018)
    }
    let result: Result | undefined
    let refusal: unknown
    try {
      if (!isRefused || fault.carriedOut) result = carryOut()
    } catch (error) {
      refusal = error
    }
    await sleep(fault?.delayMs !== undefined && !isLate ? fault.delayMs : latency())
    if (isRefused) throw fail(fault.errorCode)
    if (refusal) throw refusal
    const timestamp = options.answersTell ? now() : 0
    return { ...(result as Result), timestamp, channelName }
  }

  const write =
    (session: FakeSession, operation: FakeWrite) =>
    (
      channelName: string,
      channelType: FakeChannelType,
      data: FakeMetadataItem[],
      writing: FakeMetadataOptions = {},
    ) =>
      call(
        session,
        operation,
        channelName,
        () => {
          checkType(operation, channelType)
          checkItems(operation, data, writing.majorRevision ?? -1)
        },
        () => {
          sets.write(operation, channelName, data, { ...writing, userId: session.userId })
          tellAll(channelName)
          return { totalCount: 0 }
        },
      )

  function createClient(userId: string): FakeSignalingClient {
    const before = sessions.get(userId)
    if (before) changeLink(before, 'FAILED')
    const session: FakeSession = {
      userId,
      link: 'CONNECTED',
      isHanging: false,
      subscriptions: new Set(),
      listeners: { storage: new Set(), linkState: new Set() },
      recentCalls: {},
      counts: before?.counts ?? noCounts(),
    }
    sessions.set(userId, session)
    return {
      userId,
      storage: {
        getChannelMetadata: (channelName, channelType) =>
          call(
            session,
            'get',
            channelName,
            () => checkType('get', channelType),
            () => sets.get(channelName),
          ),
        setChannelMetadata: write(session, 'set'),
        updateChannelMetadata: write(session, 'update'),
      },
      subscribe: (channelName, { withMetadata = false } = {}) =>
        call(
          session,
          'subscribe',
          channelName,
          () => {},
          () => {
            if (withMetadata && !session.subscriptions.has(channelName)) {
              session.subscriptions.add(channelName)
              emit(session, channelName, 'SNAPSHOT')
            }
            if (!withMetadata) session.subscriptions.delete(channelName)
          },
        ),
      unsubscribe: (channelName) =>
        call(
          session,
          'unsubscribe',
          channelName,
          () => {},
          () => void session.subscriptions.delete(channelName),
        ),
      addEventListener: (event, listener) => void session.listeners[event].add(listener),
      removeEventListener: (event, listener) => void session.listeners[event].delete(listener),
    }
  }

  function existing(userId: string): FakeSession {
    const session = sessions.get(userId)
    if (!session) throw new Error(`Nobody is logged in to the fake Signaling as ${userId}.`)
    return session
  }

  return {
    createClient,
    disconnect(userId, as = 'reject') {
      const session = existing(userId)
      if (as === 'hang') session.isHanging = true
      else changeLink(session, 'DISCONNECTED')
    },
    reconnect(userId, { restores = true } = {}) {
      const session = existing(userId)
      if (!restores) session.subscriptions.clear()
      changeLink(session, 'CONNECTED', restores)
    },
    setDown(down) {
      isDown = down
    },
    failNext: (fault) => faults.add(fault),
    metadata: (channel) => sets.get(channel),
    subscribers: (channel) =>
      [...sessions.values()]
        .filter(({ subscriptions }) => subscriptions.has(channel))
        .map(({ userId }) => userId),
    put(channel, key, value) {
      sets.write('set', channel, [{ key, value }], { addTimeStamp: true, userId: '' })
      tellAll(channel)
    },
    wipe(channel, { forgets = false } = {}) {
      sets.wipe(channel, forgets)
      if (!forgets) tellAll(channel)
    },
    counts(userId) {
      const sum = noCounts()
      for (const session of userId === undefined ? sessions.values() : [existing(userId)]) {
        for (const name of Object.keys(sum) as (keyof FakeSignalingCounts)[]) {
          sum[name] += session.counts[name]
        }
      }
      return sum
    },
    reset() {
      isDown = false
      for (const session of sessions.values()) session.link = 'FAILED'
      sessions.clear()
      sets.clear()
      faults.clear()
    },
  }
}

function checkType(operation: FakeSignalingOperation, channelType: string): void {
  if (channelType !== 'MESSAGE' && channelType !== 'STREAM') {
    throw new FakeSignalingError(VENDOR_NAMES[operation], -10_019)
  }
}
