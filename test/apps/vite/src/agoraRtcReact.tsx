import AgoraRTC, {
  AgoraRTCProvider,
  RemoteUser,
  useJoin,
  useLocalMicrophoneTrack,
  usePublish,
  useRemoteUsers,
  useRTCClient,
} from 'agora-rtc-react'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { APP_ID, BOT_UID, Captions, CHANNEL, fetchToken, UID } from './captions.tsx'

AgoraRTC.setLogLevel(3)
const ourClient = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })

async function getJoinOptions() {
  const token = await fetchToken('rest', String(UID))
  return { appid: APP_ID, channel: CHANNEL, token, uid: UID }
}

function Call() {
  const [isIn, setIsIn] = useState(false)
  const { error } = useJoin(getJoinOptions, isIn)
  const { localMicrophoneTrack } = useLocalMicrophoneTrack(isIn)
  usePublish([localMicrophoneTrack])
  const rtcClient = useRTCClient()
  const people = useRemoteUsers().filter(({ uid }) => uid !== BOT_UID)
  const video = people.map((user) => <RemoteUser key={user.uid} user={user} />)
  return (
    <>
      <button type="button" onClick={() => setIsIn(!isIn)}>
        {error?.message ?? (isIn ? 'Leave' : 'Join')}
      </button>
      <Captions rtcClient={rtcClient} video={video} />
    </>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(
  <AgoraRTCProvider client={ourClient}>
    <Call />
  </AgoraRTCProvider>,
)
