import {
  AgoraRTC,
  createCameraVideoTrack,
  createClient,
  createMicrophoneAudioTrack,
  disableLogUpload,
  type ICameraVideoTrack,
  type IMicrophoneAudioTrack,
  setLogLevel,
  setParameter,
} from 'agora-rtc-sdk-ng/esm'
import type { RealSdk } from './realSdk.ts'

const WARNINGS = 2
const VOLUME_REPORT_MS = 200

setLogLevel(WARNINGS)
// Nothing is told to anybody but the servers of the call.
disableLogUpload()
setParameter('ENABLE_EVENT_REPORT', false)
// By itself it tells every two seconds, which is too late for who speaks.
setParameter('AUDIO_VOLUME_INDICATION_INTERVAL', VOLUME_REPORT_MS)

/** The real one. */
export const agoraSdk: RealSdk<IMicrophoneAudioTrack, ICameraVideoTrack> = {
  createClient: () => createClient({ mode: 'rtc', codec: 'vp8' }),
  openMicrophone: () => createMicrophoneAudioTrack(),
  openCamera: () => createCameraVideoTrack(),
  watchAutoplay(listener) {
    const onFailed = () => listener(true)
    // The SDK plays what was held back at the next click.
    const onClick = () => listener(false)
    AgoraRTC.on('autoplay-failed', onFailed)
    document.addEventListener('click', onClick, true)
    return () => {
      AgoraRTC.off('autoplay-failed', onFailed)
      document.removeEventListener('click', onClick, true)
    }
  },
  isOnline: () => navigator.onLine,
}
