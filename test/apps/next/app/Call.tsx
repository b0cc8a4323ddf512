'use client'

import AgoraRTC, { AgoraRTCProvider, useRTCClient } from 'agora-rtc-react'
import { CaptionOverlay, useRealtimeStt } from 'react-realtime-stt'

AgoraRTC.setLogLevel(3)
const rtcClient = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })

function Captions() {
  useRealtimeStt({ channel: 'standup', uid: 42, rtcClient: useRTCClient() })
  return (
    <div style={{ position: 'relative', minHeight: 240 }}>
      <CaptionOverlay />
    </div>
  )
}

export default function Call() {
  return (
    <AgoraRTCProvider client={rtcClient}>
      <Captions />
    </AgoraRTCProvider>
  )
}
