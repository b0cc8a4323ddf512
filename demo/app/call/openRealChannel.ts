import {
  createClient,
  createMicrophoneAudioTrack,
  disableLogUpload,
  type IMicrophoneAudioTrack,
  setLogLevel,
} from 'agora-rtc-sdk-ng/esm'
import { createTranscript } from 'react-realtime-stt'
import type { Equipment } from '../../protocol.ts'
import { fetchToken } from '../connection/demoApi.ts'
import { createStore } from '../createStore.ts'
import type { OpenChannel, Participant } from './channelCall.ts'

const FIRST_UID = 10_000
const LAST_UID = 99_999
const LONG_MS = 8_000
const WARNINGS = 2

setLogLevel(WARNINGS)
disableLogUpload()

/** A channel of the real service. */
export const openRealChannel: OpenChannel = ({ appId, channel }) => {
  const rtcClient = createClient({ mode: 'rtc', codec: 'vp8' })
  // Every tab is a user of its own.
  const uid = FIRST_UID + Math.floor(Math.random() * (LAST_UID - FIRST_UID))
  const problems = createStore<readonly string[]>([])
  const self: Participant = {
    uid: String(uid),
    name: 'You',
    isSelf: true,
    isMuted: true,
    isCameraOff: true,
    isSpeaking: false,
  }
  const participants = createStore<readonly Participant[]>([self])
  const left = new AbortController()
  let microphone: IMicrophoneAudioTrack | null = null

  const getToken = () =>
    fetchToken({
      channel,
      uid: String(uid),
      purpose: 'rest',
      reason: 'initial',
      signal: left.signal,
    })

  async function join(): Promise<void> {
    // The SDK tries for a long time.
    const timer = setTimeout(() => {
      problems.set(['This page is still trying to join the channel. It gets no captions before.'])
    }, LONG_MS)
    try {
      await rtcClient.join(appId, channel, await getToken(), uid)
    } finally {
      clearTimeout(timer)
    }
  }

  async function followMicrophone(): Promise<void> {
    const isOn = participants.get().some(({ isSelf, isMuted }) => isSelf && !isMuted)
    if (isOn === (microphone !== null)) return
    if (microphone) {
      const track = microphone
      microphone = null
      track.close()
      await rtcClient.unpublish(track)
    } else {
      const track = await createMicrophoneAudioTrack()
      try {
        await rtcClient.publish(track)
      } catch (error) {
        track.close()
        throw error
      }
      microphone = track
    }
  }

  /** By what it means for the page; each stays until the same succeeds. */
  const failures = new Map<string, string>()
  function tell(failure: string, reason: string | null): void {
    if (left.signal.aborted) return
    if (reason === null) failures.delete(failure)
    else failures.set(failure, `${failure} ${reason}`)
    problems.set([...failures.values()])
  }

  /** One after the other; whatever fails says so, and what comes next is tried all the same. */
  let lastStep: Promise<void> = Promise.resolve()
  function then(step: () => Promise<void>, failure: string): void {
    lastStep = lastStep.then(step).then(
      () => tell(failure, null),
      (error) => tell(failure, error instanceof Error ? error.message : String(error)),
    )
  }

  then(join, 'This page could not join the channel, so it gets no captions.')
  rtcClient.on('token-privilege-will-expire', () => {
    const renew = async () => rtcClient.renewToken(await getToken())
    then(renew, 'The RTC token could not be renewed, so this page will leave the channel.')
  })

  return {
    rtcClient,
    transcript: createTranscript(),
    getSpeakerName: (speaker) => (speaker === String(uid) ? 'You' : undefined),
    participants,
    problems,
    setEquipment(change: Partial<Equipment>) {
      participants.set([{ ...self, ...change }])
      then(followMicrophone, 'The microphone is not heard in the channel.')
    },
    leave() {
      left.abort()
      then(async () => {
        microphone?.close()
        await rtcClient.leave()
      }, '')
    },
  }
}
