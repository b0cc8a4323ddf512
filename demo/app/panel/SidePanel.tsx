import type { Call } from '../call/callStore.ts'
import { type Store, useStore } from '../createStore.ts'
import type { View } from '../viewStore.ts'
import { Bill } from './Bill.tsx'
import { ClientEvents } from './ClientEvents.tsx'
import { RestCalls } from './RestCalls.tsx'
import type { ServiceStore } from './serviceStore.ts'
import { WhatHappened } from './WhatHappened.tsx'

interface SidePanelProps {
  callStore: Store<Call>
  serviceStore: ServiceStore
  viewStore: Store<View>
}

/** What a call's users never see. */
export function SidePanel({ callStore, serviceStore, viewStore }: SidePanelProps) {
  const { config } = useStore(callStore)
  const { isCompared } = useStore(viewStore)
  const state = useStore(serviceStore)
  if (!state) return <ClientEvents />
  return (
    <>
      <Bill state={state} channel={config.channel} isCompared={isCompared} />
      <WhatHappened story={state.story} />
      <RestCalls requests={state.requests} requestCount={state.requestCount} appId={config.appId} />
    </>
  )
}
