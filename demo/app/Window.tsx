import { RealtimeSttProvider } from 'react-realtime-stt'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { PackageWindow } from './PackageWindow.tsx'
import { PlainWindow } from './PlainWindow.tsx'
import type { Person } from './people.ts'

interface WindowProps {
  person: Person
  callStore: Store<Call>
}

export function Window({ person, callStore }: WindowProps) {
  const call = useStore(callStore)
  if (call.settings.isPlain) return <PlainWindow person={person} call={call} />
  return (
    <RealtimeSttProvider client={call.client}>
      <PackageWindow person={person} call={call} />
    </RealtimeSttProvider>
  )
}
