import { FakeRtcEvent } from './fakeRtcEvent.js'
import type { PlayedCaption } from './playConversation.js'
import { type FakeRtcPlayback, type FakeRtcPlayOptions, playOverTime } from './playOverTime.js'

/** A remote user of the channel. */
export interface FakeRtcUser {
  /** As the user joined: a number, or a name. */
  readonly uid: string | number
}

/** Why a user is gone, in the vendor's words. */
export type FakeRtcLeaveReason = 'Quit' | 'ServerTimeOut' | 'BecomeAudience'

/** What listeners are told. */
export interface FakeRtcEvents {
  /** A message on somebody's data stream. */
  'stream-message': [uid: string | number, payload: Uint8Array]
  /** Somebody has joined. */
  'user-joined': [user: FakeRtcUser]
  /** Somebody has left. */
  'user-left': [user: FakeRtcUser, reason: FakeRtcLeaveReason]
}

/** Called with what the event tells. */
export type FakeRtcListener<Name extends keyof FakeRtcEvents> = (
  ...told: FakeRtcEvents[Name]
) => void

/** The part of an `IAgoraRTCClient` of agora-rtc-sdk-ng 4 that captions need, and what others in the channel do. */
export interface FakeRtcClient {
  /** The local user. */
  readonly uid: string | number
  /** Who else is in the channel. */
  readonly remoteUsers: readonly FakeRtcUser[]
  /** Listens to an event. A listener that is there already is not added again. */
  on<Name extends keyof FakeRtcEvents>(event: Name, listener: FakeRtcListener<Name>): void
  /** Listens to one event only. */
  once<Name extends keyof FakeRtcEvents>(event: Name, listener: FakeRtcListener<Name>): void
  /** Ends what `on` or `once` began. */
  off<Name extends keyof FakeRtcEvents>(event: Name, listener: FakeRtcListener<Name>): void
  /** How many listen to an event: whether an app leaves any behind. */
  listenerCount(event: keyof FakeRtcEvents): number
  /**
   * A message on somebody's data stream arrives: a copy of the bytes.
   *
   * @param from the sender; whether that user is there does not matter
   * @param bytes what was sent
   */
  sendStreamMessage(from: string | number, bytes: Uint8Array): void
  /**
   * Somebody joins. Does nothing when that user is there already.
   *
   * @param uid who
   */
  joinUser(uid: string | number): void
  /**
   * Somebody leaves. Does nothing when that user is not there.
   *
   * @param uid who
   * @param reason `'Quit'` unless it is given
   */
  leaveUser(uid: string | number, reason?: FakeRtcLeaveReason): void
  /**
   * Lets captions arrive, each `atMs` after the call. Their sender joins and leaves only by `joinUser`, `leaveUser`.
   *
   * @param captions of {@link playConversation}
   * @param options timers, and how fast
   */
  play(captions: readonly PlayedCaption[], options?: FakeRtcPlayOptions): FakeRtcPlayback
}

/**
 * Stands where an RTC client stands. What a listener throws is thrown by what was called.
 *
 * @param options who the local user is
 * @example
 * ```ts
 * import { attachCaptions, createTranscript } from 'react-realtime-stt'
 * import { createFakeRtcClient, playConversation } from 'react-realtime-stt/testing'
 *
 * const transcript = createTranscript()
 * const rtcClient = createFakeRtcClient()
 * attachCaptions(rtcClient, transcript)
 * rtcClient.joinUser(900000001)
 *
 * const captions = playConversation([{ uid: '7', text: 'Hello.', startMs: 0, durationMs: 500 }])
 * await rtcClient.play(captions, { speed: 10 }).ended
 * await transcript.whenIdle()
 * ```
 */
export function createFakeRtcClient(
  options: {
    /** The local user. @defaultValue `1` */
    uid?: string | number | undefined
  } = {},
): FakeRtcClient {
  const events: { [Name in keyof FakeRtcEvents]: FakeRtcEvent<FakeRtcEvents[Name]> } = {
    'stream-message': new FakeRtcEvent(),
    'user-joined': new FakeRtcEvent(),
    'user-left': new FakeRtcEvent(),
  }
  let remoteUsers: readonly FakeRtcUser[] = []

  const find = (uid: string | number) =>
    remoteUsers.find((user) => String(user.uid) === String(uid))

  const sendStreamMessage = (from: string | number, bytes: Uint8Array) =>
    events['stream-message'].emit(from, new Uint8Array(bytes))

  return {
    uid: options.uid ?? 1,
    get remoteUsers() {
      return remoteUsers
    },
    on: (event, listener) => events[event].add(listener, false),
    once: (event, listener) => events[event].add(listener, true),
    off: (event, listener) => events[event].remove(listener),
    listenerCount: (event) => events[event].size,
    sendStreamMessage,
    joinUser(uid) {
      if (find(uid)) return
      const user = { uid }
      remoteUsers = [...remoteUsers, user]
      events['user-joined'].emit(user)
    },
    leaveUser(uid, reason = 'Quit') {
      const user = find(uid)
      if (!user) return
      remoteUsers = remoteUsers.filter((one) => one !== user)
      events['user-left'].emit(user, reason)
    },
    play: (captions, playing) =>
      playOverTime(captions, ({ from, bytes }) => sendStreamMessage(toUid(from), bytes), playing),
  }
}

/** Users of the SDK have numbers, unless they joined by a name. */
const toUid = (uid: string) => (/^\d+$/.test(uid) ? Number(uid) : uid)
