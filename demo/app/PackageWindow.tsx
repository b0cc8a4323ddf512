import { useRealtimeStt } from 'react-realtime-stt'
import type { CaptionsLook } from './CaptionsButton.tsx'
import type { Call } from './callStore.ts'
import { toLook } from './captionsLook.ts'
import { useStore } from './createStore.ts'
import { eventLog, isAnswerMissing } from './eventLog.ts'
import { hintFor } from './hintFor.ts'
import type { Viewer } from './people.ts'
import { sessionFacts } from './sessionFacts.ts'
import { WindowFrame } from './WindowFrame.tsx'

interface PackageWindowProps {
  viewer: Viewer
  call: Call
}

/** Captions by the package: everything it takes is one hook. */
export function PackageWindow({ viewer, call }: PackageWindowProps) {
  const { channel } = call.settings
  const { rtcClient } = call.channelCall
  const stt = useRealtimeStt({ channel, uid: viewer.uid, rtcClient })
  const events = useStore(eventLog)
  const look = toLook(stt)
  const toggle = stt.isEnabled ? stt.disable : stt.enable
  const { error } = stt
  return (
    <WindowFrame
      viewer={viewer}
      call={call}
      look={look}
      onPress={toggle}
      sentence={
        look === 'enabling' && isAnswerMissing(events, channel)
          ? 'No answer came. The package finds out what became of the start before it starts anything again.'
          : toSentence(look, stt.session?.origin === 'joined')
      }
      problem={
        error && {
          message: error.message,
          hint: hintFor(error, call),
          code: error.code,
          onRetry: error.isRetryable ? toggle : undefined,
        }
      }
      facts={sessionFacts(stt, call.config.api)}
    />
  )
}

function toSentence(look: CaptionsLook, isJoined: boolean): string {
  switch (look) {
    case 'enabling':
      return 'Starting captions. Whoever clicks now shares this one start.'
    case 'disabling':
      return 'Stopping captions for everyone in the call.'
    case 'acquired':
      return 'An instance token is held. Your server can start the task with it within 5 minutes.'
    case 'on':
      return isJoined
        ? 'Captions are on. A task was running already, so this page joined it.'
        : 'Captions are on. This page started the task.'
    default:
      return 'Captions are off.'
  }
}
