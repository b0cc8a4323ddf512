import { useEffect } from 'react'
import { attachCaptions } from 'react-realtime-stt'
import type { CaptionsLook } from './CaptionsButton.tsx'
import type { Call } from './callStore.ts'
import { useStore } from './createStore.ts'
import type { Viewer } from './people.ts'
import { type PlainCaptions, plainCaptions, togglePlainly } from './plainCaptions.ts'
import { WindowFrame } from './WindowFrame.tsx'

const LOOKS: Readonly<Record<PlainCaptions['status'], CaptionsLook>> = {
  disabled: 'off',
  enabling: 'enabling',
  enabled: 'on',
  disabling: 'disabling',
}

const SENTENCES: Readonly<Record<PlainCaptions['status'], string>> = {
  disabled: 'Captions are off in this window. It does not know what the other one does.',
  enabling: 'Starting captions from this window alone.',
  enabled: 'Captions are on. This window started a task of its own.',
  disabling: 'Stopping this window’s task.',
}

interface PlainWindowProps {
  viewer: Viewer
  call: Call
}

/** Captions without the package, so that the double bill can be seen. */
export function PlainWindow({ viewer, call }: PlainWindowProps) {
  const { status, task, problem } = useStore(plainCaptions)[viewer.id]
  const { rtcClient, transcript } = call.channelCall
  // Whatever arrives is shown: with two tasks, two bots write down the same.
  useEffect(() => attachCaptions(rtcClient, transcript), [rtcClient, transcript])
  return (
    <WindowFrame
      viewer={viewer}
      call={call}
      look={LOOKS[status]}
      onPress={() => togglePlainly(call, viewer)}
      sentence={SENTENCES[status]}
      problem={problem === null ? null : { message: problem }}
      facts={[
        { term: 'Status', text: status, isCode: true },
        task ? { term: 'Task', text: task.taskId, isCode: true } : { term: 'Task', text: 'None' },
      ]}
    />
  )
}
