import type { SttEvent } from 'react-realtime-stt'
import { createStore } from './createStore.ts'

const MAX_KEPT = 200

/** What the client of this page did, oldest first. */
export const eventLog = createStore<readonly SttEvent[]>([])

export function logEvent(event: SttEvent): void {
  eventLog.set([...eventLog.get(), event].slice(-MAX_KEPT))
}

/** Whether the operation under way sent a start that nobody answered. */
export function isAnswerMissing(events: readonly SttEvent[], channel: string): boolean {
  const decisions = events.filter((event) => event.type === 'decision' && event.channel === channel)
  const last = decisions.findLast(
    (event) => event.type === 'decision' && event.decision !== 'shared',
  )
  return last?.type === 'decision' && last.decision === 'unanswered'
}
