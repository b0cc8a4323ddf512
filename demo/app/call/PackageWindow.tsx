import { RealtimeSttProvider, useRealtimeStt } from 'react-realtime-stt'
import { type Store, useStore } from '../createStore.ts'
import { eventLog, isAnswerMissing } from '../panel/eventLog.ts'
import { CallWindow } from './CallWindow.tsx'
import type { CaptionsLook } from './CaptionsButton.tsx'
import type { Call } from './callStore.ts'
import { toLook } from './captionsLook.ts'
import { deviceTitle } from './deviceTitle.ts'
import { hintFor } from './hintFor.ts'
import { sessionFacts } from './sessionFacts.ts'

interface PackageWindowProps {
  callStore: Store<Call>
  level?: 1 | 2 | 3
}

/** Captions by the package: everything it takes is one hook. */
export function PackageWindow({ callStore, level }: PackageWindowProps) {
  const call = useStore(callStore)
  return (
    <RealtimeSttProvider client={call.stt.client} transcript={call.channelCall.transcript}>
      <CaptionedWindow call={call} {...(level && { level })} />
    </RealtimeSttProvider>
  )
}

function CaptionedWindow({ call, ...props }: { call: Call; level?: 1 | 2 | 3 }) {
  const { person, config, channelCall } = call
  const { channel } = config
  const { rtcClient } = channelCall
  const stt = useRealtimeStt({ channel, uid: person.uid, rtcClient })
  const events = useStore(eventLog)
  const look = toLook(stt)
  const toggle = stt.isEnabled ? stt.disable : stt.enable
  const { error } = stt
  return (
    <CallWindow
      {...props}
      person={person}
      title={deviceTitle(person)}
      channelCall={channelCall}
      look={look}
      isLocked={call.isSwitching}
      onPress={toggle}
      sentence={
        look === 'enabling' && isAnswerMissing(events, channel)
          ? 'No answer came. The package finds out what became of the start before it starts anything again.'
          : toSentence(look, stt.session?.origin === 'joined')
      }
      problem={
        error && {
          message: error.message,
          hint: hintFor(error, config),
          code: error.code,
          onRetry: error.isRetryable ? toggle : undefined,
        }
      }
      facts={sessionFacts(stt, config)}
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
        ? 'Captions are on. A task was running already, so this device joined it.'
        : 'Captions are on. This device started the task.'
    default:
      return 'Captions are off.'
  }
}
