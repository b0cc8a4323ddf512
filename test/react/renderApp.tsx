import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { RealtimeSttProvider, type SttClient } from 'react-realtime-stt'

/** The providers an app has around its components. */
export function withApp(client: SttClient, queryClient = new QueryClient()) {
  return ({ children }: { children?: ReactNode }) => (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RealtimeSttProvider client={client}>{children}</RealtimeSttProvider>
      </QueryClientProvider>
    </StrictMode>
  )
}

/** One React root of an app, with a query client of its own. */
export function renderApp(
  client: SttClient,
  children: ReactNode,
  queryClient = new QueryClient(),
): { unmount: () => void; queryClient: QueryClient } {
  const { unmount } = render(children, { wrapper: withApp(client, queryClient) })
  return { unmount, queryClient }
}
