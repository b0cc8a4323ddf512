import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type RenderResult, render } from '@testing-library/react'
import { type ReactNode, StrictMode } from 'react'
import { RealtimeSttProvider, type SttClient } from 'react-realtime-stt'

/** One React root of an app, with a query client of its own. */
export function renderApp(
  client: SttClient,
  children: ReactNode,
  queryClient = new QueryClient(),
): RenderResult & { queryClient: QueryClient } {
  const rendered = render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RealtimeSttProvider client={client}>{children}</RealtimeSttProvider>
      </QueryClientProvider>
    </StrictMode>,
  )
  return { ...rendered, queryClient }
}
