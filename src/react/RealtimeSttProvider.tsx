'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { ConfigError } from '../errors.js'
import type { SttClient } from '../session/createSttClient.js'

const SttClientContext = createContext<SttClient | null>(null)

/** What {@link RealtimeSttProvider} takes. */
export interface RealtimeSttProviderProps {
  /** One for the app, made at module scope with `createSttClient`. */
  client: SttClient
  children?: ReactNode
}

/**
 * Gives the client to every hook below it. It holds no state: unmounting it ends nothing.
 *
 * @example
 * ```tsx
 * <QueryClientProvider client={queryClient}>
 *   <RealtimeSttProvider client={sttClient}>
 *     <Call />
 *   </RealtimeSttProvider>
 * </QueryClientProvider>
 * ```
 */
export function RealtimeSttProvider({ client, children }: RealtimeSttProviderProps): ReactNode {
  return <SttClientContext.Provider value={client}>{children}</SttClientContext.Provider>
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
