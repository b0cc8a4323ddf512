'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { createTranscript, RealtimeSttProvider } from 'react-realtime-stt'
import { sttClient } from './sttClient.ts'

const transcript = createTranscript()

export function Providers({ children }: { children: ReactNode }) {
  const [queryClient] = useState(() => new QueryClient())
  return (
    <QueryClientProvider client={queryClient}>
      <RealtimeSttProvider client={sttClient} transcript={transcript}>
        {children}
      </RealtimeSttProvider>
    </QueryClientProvider>
  )
}
