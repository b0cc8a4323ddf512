import type { Person } from '../../people.ts'
import type { DemoConfig } from '../../protocol.ts'
import { CallWindow } from '../call/CallWindow.tsx'
import type { CaptionsLook } from '../call/CaptionsButton.tsx'
import { deviceTitle } from '../call/deviceTitle.ts'
import { useStore } from '../createStore.ts'
import { PLAIN_OFF, type PlainCaptions, plainCaptions, togglePlainly } from './plainCaptions.ts'
import { plainChannelOf } from './plainChannels.ts'

const LOOKS: Readonly<Record<PlainCaptions['status'], CaptionsLook>> = {
  disabled: 'off',
  enabling: 'enabling',
  enabled: 'on',
  disabling: 'disabling',
}

const SENTENCES: Readonly<Record<PlainCaptions['status'], string>> = {
  disabled: 'Captions are off on this device. It does not know what the others do.',
  enabling: 'Starting captions from this device alone.',
  enabled: 'Captions are on. This device started a task of its own.',
  disabling: 'Stopping this device’s task.',
}

interface PlainWindowProps {
  config: DemoConfig
  person: Person
}

/** Captions without the package, so that the double bill can be seen. */
export function PlainWindow({ config, person }: PlainWindowProps) {
  const { status, task, problem } = useStore(plainCaptions)[person.id] ?? PLAIN_OFF
  return (
    <CallWindow
      person={person}
      title={`${deviceTitle(person)}, without`}
      level={3}
      channelCall={plainChannelOf(config, person)}
      look={LOOKS[status]}
      isLocked={false}
      onPress={() => void togglePlainly(config, person)}
      sentence={SENTENCES[status]}
      problem={problem === null ? null : { message: problem }}
      facts={[
        { term: 'Status', text: status, isCode: true },
        task ? { term: 'Task', text: task.taskId, isCode: true } : { term: 'Task', text: 'None' },
      ]}
    />
  )
}
