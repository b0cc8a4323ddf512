import { TranscriptPanel } from 'react-realtime-stt'
import 'react-realtime-stt/captions.css'
import { CallInBrowser } from './CallInBrowser.tsx'
import { CaptionsButton } from './CaptionsButton.tsx'
import { LastMeeting } from './LastMeeting.tsx'
import { Providers } from './Providers.tsx'

export default function Page() {
  return (
    <Providers>
      <CaptionsButton />
      <CallInBrowser />
      <TranscriptPanel />
      <LastMeeting />
    </Providers>
  )
}
