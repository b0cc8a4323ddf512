import type { FakeAgora } from 'react-realtime-stt/testing'

/** Puts a simulated Agora where pages of other origins can reach it. */
export function serveAgora(agora: FakeAgora): Promise<{ address: string; close(): void }>
