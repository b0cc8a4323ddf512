import { RealtimeSttProvider } from 'react-realtime-stt'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'
import { PackageWindow } from './PackageWindow.tsx'
import { PlainWindow } from './PlainWindow.tsx'
import type { Viewer } from './people.ts'

interface WindowProps {
  viewer: Viewer
  callStore: Store<Call>
}

export function Window({ viewer, callStore }: WindowProps) {
  const call = useStore(callStore)
  if (call.settings.isPlain) return <PlainWindow viewer={viewer} call={call} />
  return (
    <RealtimeSttProvider client={call.client} transcript={call.channelCall.transcript}>
      <PackageWindow viewer={viewer} call={call} />
    </RealtimeSttProvider>
  )
}
