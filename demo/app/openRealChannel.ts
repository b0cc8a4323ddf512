import {
  createClient,
  createMicrophoneAudioTrack,
  disableLogUpload,
  type IMicrophoneAudioTrack,
  setLogLevel,
} from 'agora-rtc-sdk-ng/esm'
import { createTranscript } from 'react-realtime-stt'
import type { OpenChannel } from './channelCall.ts'
import { createStore } from './createStore.ts'
import { fetchToken } from './demoApi.ts'
import { devicesStore, setDevice, viewers } from './people.ts'

const FIRST_UID = 10_000
const LAST_UID = 99_999
const LONG_MS = 8_000
const WARNINGS = 2

setLogLevel(WARNINGS)
disableLogUpload()

/**
 * A channel of the real service. The page is one user, with one microphone: it is on while anybody's is who has a window
 * here.
 */
export const openRealChannel: OpenChannel = ({ appId }, channel) => {
  const rtcClient = createClient({ mode: 'rtc', codec: 'vp8' })
  // Every tab is a user of its own.
  const uid = FIRST_UID + Math.floor(Math.random() * (LAST_UID - FIRST_UID))
  const problem = createStore<string | null>(null)
  const left = new AbortController()
  let microphone: IMicrophoneAudioTrack | null = null

  const getToken = () =>
    fetchToken({ channel, uid: String(uid), purpose: 'rest', signal: left.signal }, 'good')

  async function join(): Promise<void> {
    // The SDK tries for a long time.
    const timer = setTimeout(() => {
      problem.set('This page is still trying to join the channel. It gets no captions before.')
    }, LONG_MS)
    try {
      await rtcClient.join(appId, channel, await getToken(), uid)
    } finally {
      clearTimeout(timer)
    }
  }

  async function followMicrophone(): Promise<void> {
    const devices = devicesStore.get()
    const isOn = viewers.some(({ id }) => !devices[id].isMuted)
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
    problem.set([...failures.values()].at(-1) ?? null)
  }

  /** One after the other; whatever fails says so, and what comes next is tried all the same. */
  let lastStep: Promise<void> = Promise.resolve()
  function then(step: () => Promise<void>, failure: string): void {
    lastStep = lastStep.then(step).then(
      () => tell(failure, null),
      (error) => tell(failure, error instanceof Error ? error.message : String(error)),
    )
  }

  // Nobody is heard before they ask for it.
  for (const { id } of viewers) setDevice(id, { isMuted: true })
  then(join, 'This page could not join the channel, so it gets no captions.')
  rtcClient.on('token-privilege-will-expire', () => {
    const renew = async () => rtcClient.renewToken(await getToken())
    then(renew, 'The RTC token could not be renewed, so this page will leave the channel.')
  })
  const unsubscribe = devicesStore.subscribe(() => {
    then(followMicrophone, 'The microphone is not heard in the channel.')
  })

  return {
    rtcClient,
    transcript: createTranscript(),
    getSpeakerName: (speaker) => (speaker === String(uid) ? 'You' : undefined),
    problem,
    leave() {
      unsubscribe()
      left.abort()
      then(async () => {
        microphone?.close()
        await rtcClient.leave()
      }, '')
    },
  }
}
