import type { SttEvent } from 'react-realtime-stt'
import { createStore } from '../createStore.ts'

const MAX_KEPT = 200

export interface LoggedEvent {
  number: number
  event: SttEvent
}

/** What the client of this page did, oldest first. */
export const eventLog = createStore<readonly LoggedEvent[]>([])

export function logEvent(event: SttEvent): void {
  const events = eventLog.get()
  const number = (events.at(-1)?.number ?? 0) + 1
  eventLog.set([...events, { number, event }].slice(-MAX_KEPT))
}

/** Whether the operation under way sent a start that nobody answered. */
export function isAnswerMissing(events: readonly LoggedEvent[], channel: string): boolean {
  const decisions = events.flatMap(({ event }) =>
    event.type === 'decision' && event.channel === channel ? [event.decision] : [],
  )
  return decisions.findLast((decision) => decision !== 'shared') === 'unanswered'
}
