import AgoraRTC from 'agora-rtc-sdk-ng'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { APP_ID, Captions, CHANNEL, fetchToken, UID } from './captions.tsx'

AgoraRTC.setLogLevel(3)
const rtcClient = AgoraRTC.createClient({ mode: 'rtc', codec: 'vp8' })
rtcClient.on('user-published', async (user, kind) => {
  if (kind === 'audio') (await rtcClient.subscribe(user, kind)).play()
})

async function join() {
  await rtcClient.join(APP_ID, CHANNEL, await fetchToken('rest', String(UID)), UID)
  await rtcClient.publish(await AgoraRTC.createMicrophoneAudioTrack())
  return 'In the call'
}

function Call() {
  const [state, setState] = useState('Join')
  return (
    <>
      <button type="button" onClick={() => join().catch(String).then(setState)}>
        {state}
      </button>
      <Captions rtcClient={rtcClient} />
    </>
  )
}

createRoot(document.getElementById('root') as HTMLElement).render(<Call />)
