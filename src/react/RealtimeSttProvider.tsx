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
  children?: ReactNode
}

/**
 * Gives the client, and the transcript, to every hook below it. It holds no state: unmounting it ends nothing.
 *
 * @example
 * ```tsx
 * <QueryClientProvider client={queryClient}>
 *   <RealtimeSttProvider client={sttClient} transcript={transcript}>
 *     <Call />
 *   </RealtimeSttProvider>
 * </QueryClientProvider>
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
 * @throws `ConfigError` where there is neither
 */
export function useSttClient(client?: SttClient): SttClient {
  const provided = useContext(SttClientContext)
  const found = client ?? provided
  if (found) return found
  throw new ConfigError('No client. Give one to the hook or to RealtimeSttProvider.')
}
