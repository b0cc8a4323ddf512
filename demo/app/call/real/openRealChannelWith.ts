import { createTranscript, type TokenRequest } from 'react-realtime-stt'
import { createStore } from '../../createStore.ts'
import type { OpenChannel, Participant } from '../channelCall.ts'
import { createDevice } from './createDevice.ts'
import { createOthers, nameOther } from './createOthers.ts'
import { createPresence } from './createPresence.ts'
import { createProblems } from './createProblems.ts'
import { createSpeakers } from './createSpeakers.ts'
import type { DeviceName } from './deviceProblem.ts'
import { keepSame } from './keepSame.ts'
import { listen } from './listen.ts'
import type { LocalTrack, Picture, RealSdk } from './realSdk.ts'
import { showPicture } from './showPicture.ts'

const FIRST_UID = 10_000
const LAST_UID = 99_999
const HELD_BACK = 'The browser holds back the sound of the call. Click anywhere to hear the others.'

type FetchToken = (request: Omit<TokenRequest, 'appId'>) => Promise<string>

/** Channels of the real service, by an SDK and an app's token endpoint. */
export function openRealChannelWith<
  Microphone extends LocalTrack,
  Camera extends LocalTrack & Picture,
>(sdk: RealSdk<Microphone, Camera>, fetchToken: FetchToken): OpenChannel {
  return ({ appId, channel }, person) => {
    const client = sdk.createClient()
    // Every tab is a user of its own.
    const uidNumber = FIRST_UID + Math.floor(Math.random() * (LAST_UID - FIRST_UID))
    const uid = String(uidNumber)
    const left = new AbortController()
    const problems = createProblems()
    const speakers = createSpeakers(uid)
    const participants = createStore<readonly Participant[]>([])

    function tell(topic: string, problem: string | null): void {
      if (!left.signal.aborted) problems.tell(topic, problem)
    }

    function refresh(): void {
      const before = participants.get()
      const after = keepSame(before, [toSelf(), ...others.getAll()])
      if (after !== before && !left.signal.aborted) participants.set(after)
    }

    function openDevice<Track extends Microphone | Camera>(
      name: DeviceName,
      open: () => Promise<Track>,
    ) {
      return createDevice<Track>({
        name,
        open,
        client,
        isInCall: () => presence.isInCall(),
        onChange: refresh,
        tell: (problem) => tell(name, problem),
      })
    }

    function toSelf(): Participant {
      const { isOn, track } = camera
      return {
        uid,
        name: person.name,
        isSelf: true,
        isMuted: !microphone.isOn,
        isCameraOff: !isOn,
        isSpeaking: microphone.isOn && speakers.isSpeaking(uid),
        showCamera: track ? showPicture(track) : undefined,
      }
    }

    const microphone = openDevice('microphone', sdk.openMicrophone)
    const camera = openDevice('camera', sdk.openCamera)
    const others = createOthers({ client, speakers, onChange: refresh, tell })
    const presence = createPresence({
      client,
      join: (token) => client.join(appId, channel, token, uidNumber),
      getToken: (reason) =>
        fetchToken({ channel, uid, purpose: 'rest', reason, signal: left.signal }),
      isOnline: sdk.isOnline,
      tell,
      onJoined() {
        client.enableAudioVolumeIndicator()
        microphone.onJoined()
        camera.onJoined()
      },
      onLeft(isOver) {
        microphone.onLeft()
        camera.onLeft()
        if (isOver) turnOff()
        speakers.clear()
        others.clear()
      },
    })

    function turnOff(): void {
      microphone.turn(false)
      camera.turn(false)
    }

    const unlisten = listen(client, {
      'user-joined': others.onJoined,
      'user-left': others.onLeft,
      'user-published': others.onPublished,
      'user-unpublished': others.onUnpublished,
      'user-info-updated': refresh,
      'volume-indicator'(volumes) {
        speakers.hear(volumes)
        refresh()
      },
      'connection-state-change': presence.onConnection,
      'token-privilege-will-expire': presence.onTokenExpiring,
      'token-privilege-did-expire': presence.onTokenExpired,
    })
    const unwatch = sdk.watchAutoplay((isHeldBack) => {
      tell('sound', isHeldBack ? HELD_BACK : null)
    })
    refresh()
    presence.join()

    return {
      rtcClient: client,
      transcript: createTranscript(),
      participants,
      problems: problems.store,
      getSpeakerName: (speaker) => (speaker === uid ? person.name : nameOther(speaker)),
      setEquipment({ isMuted, isCameraOff }) {
        // A call that could not be joined is tried again by whoever wants to be heard or seen.
        if (isMuted === false || isCameraOff === false) presence.join()
        if (isMuted !== undefined) microphone.turn(!isMuted)
        if (isCameraOff !== undefined) camera.turn(!isCameraOff)
      },
      leave() {
        left.abort()
        unlisten()
        unwatch()
        turnOff()
        presence.leave()
      },
    }
  }
}
