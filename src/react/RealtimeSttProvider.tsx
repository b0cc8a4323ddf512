'use client'

import { createContext, type ReactNode, useContext } from 'react'
import type { Transcript } from '../captions/transcript.js'
import { ConfigError } from '../errors.js'
import type { SttClient } from '../session/createSttClient.js'
import { TranscriptContext } from './useTranscript.js'

const SttClientContext = createContext<SttClient | null>(null)

/** What {@link RealtimeSttProvider} takes. */
export interface RealtimeSttProviderProps {
  /** One for the app, made at module scope with `createSttClient`. */
  client: SttClient
  /** What is said in the call, made outside React with `createTranscript`. @defaultValue that of a provider above */
  transcript?: Transcript | undefined
  /** What the hooks are in. */
  children?: ReactNode
}

/**
 * Gives the client, and the transcript, to every hook below it. It holds no state: unmounting it ends nothing.
 *
 * @group Components
 * @param props the client, and what is in it
 * @example
 * ```tsx
 * import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
 * import type { ReactNode } from 'react'
 * import { RealtimeSttProvider, type SttClient } from 'react-realtime-stt'
 *
 * const queryClient = new QueryClient()
 *
 * export const App = ({ sttClient, call }: { sttClient: SttClient; call: ReactNode }) => (
 *   <QueryClientProvider client={queryClient}>
 *     <RealtimeSttProvider client={sttClient}>{call}</RealtimeSttProvider>
 *   </QueryClientProvider>
 * )
 * ```
 */
export function RealtimeSttProvider({
  client,
  transcript,
  children,
}: RealtimeSttProviderProps): ReactNode {
  const above = useContext(TranscriptContext)
  return (
    <SttClientContext.Provider value={client}>
      <TranscriptContext.Provider value={transcript ?? above}>
        {children}
      </TranscriptContext.Provider>
    </SttClientContext.Provider>
  )
}

/**
 * The client given, else the provider's.
 *
 * @group Hooks
 * @param client comes before the provider's
 * @throws {@link ConfigError} where there is neither
 * @example
 * ```tsx
 * import { useSttClient } from 'react-realtime-stt'
 *
 * export function RefreshButton({ channel }: { channel: string }) {
 *   const client = useSttClient()
 *   return <button onClick={() => client.refresh({ channel })}>Look again</button>
 * }
 * ```
 */
export function useSttClient(client?: SttClient): SttClient {
  const provided = useContext(SttClientContext)
  const found = client ?? provided
  if (found) return found
  throw new ConfigError('No client. Give one to the hook or to RealtimeSttProvider.')
}
