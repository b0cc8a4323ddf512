import { CaptionOverlay, type UseRealtimeSttResult, useRealtimeStt } from 'react-realtime-stt'
import type { DemoDevice } from '../protocol.ts'
import { CaptionsButton, type CaptionsLook } from './CaptionsButton.tsx'
import { toLook } from './captionsLook.ts'
import { type Store, useStore } from './createStore.ts'
import { DEVICES_CHANNEL, type DeviceCall } from './deviceStore.ts'
import { eventLog, isAnswerMissing } from './eventLog.ts'
import { Facts } from './Facts.tsx'
import { hintFor } from './hintFor.ts'
import { Problem } from './Problem.tsx'

interface DevicePaneProps {
  device: DemoDevice
  deviceStore: Store<DeviceCall>
}

const FIRST_UID = 2001
const IDS = ['a', 'b', 'c']

/** All that a device shows: one button, and what came of it. */
export function DevicePane({ device, deviceStore }: DevicePaneProps) {
  const { config, channelCall } = useStore(deviceStore)
  const { rtcClient, getSpeakerName } = channelCall
  const uid = FIRST_UID + IDS.indexOf(device.id)
  const stt = useRealtimeStt({ channel: DEVICES_CHANNEL, uid, rtcClient })
  const events = useStore(eventLog)
  const { error, session, status } = stt
  const look = toLook(stt)
  const toggle = stt.isEnabled ? stt.disable : stt.enable
  const isMissing = look === 'enabling' && isAnswerMissing(events, DEVICES_CHANNEL)
  return (
    <main className="window device" data-look={look}>
      <header className="window-bar">
        <h1>{device.name}</h1>
        <span>uid {uid}</span>
      </header>
      <div className="screen device-screen">
        {look === 'on' && (
          <span className="captions-badge" aria-hidden="true">
            CC on
          </span>
        )}
        <p aria-hidden="true">{new URL(device.origin).host}</p>
        <CaptionOverlay max={2} getSpeakerName={getSpeakerName} />
      </div>
      <div className="controls">
        <CaptionsButton look={look} isLocked={false} onPress={toggle} />
      </div>
      <p className="sentence" aria-live="polite">
        {isMissing
          ? 'No answer came. The package finds out what became of the start first.'
          : toSentence(look, stt)}
      </p>
      <div role="alert">
        {error && (
          <Problem
            message={error.message}
            hint={hintFor(error, { config, settings: { tokenKind: 'good' } })}
            code={error.code}
            onRetry={error.isRetryable ? toggle : undefined}
          />
        )}
      </div>
      <Facts
        facts={[
          { term: 'Status', text: status, isCode: true },
          session?.taskId
            ? { term: 'Task', text: session.taskId, isCode: true }
            : { term: 'Task', text: 'None' },
          {
            term: 'Claims',
            text: config.hasSignaling ? 'In Signaling, for all devices' : 'Kept to itself',
          },
        ]}
      />
    </main>
  )
}

function toSentence(look: CaptionsLook, { session }: UseRealtimeSttResult): string {
  switch (look) {
    case 'enabling':
      return 'A start is under way, here or on another device.'
    case 'disabling':
      return 'A stop is under way, here or on another device.'
    case 'off':
      return 'Captions are off.'
    default:
      return session?.origin === 'joined'
        ? 'Captions are on. This device joined the task of another.'
        : 'Captions are on. This device started the task.'
  }
}
