import type { SttEvent } from 'react-realtime-stt'
import { type Decided, events } from '../protocol.ts'

/** Whether a start was sent since the operation began. */
let hasSent = false

/** Tells the demo's server what a client of this page decided, for everybody's panel. */
export function reportDecision(event: SttEvent, reach: Decided['reach']): void {
  if (event.type === 'request' && event.operation === 'start') hasSent = true
  if (event.type !== 'decision') return
  const { operation, decision, claim, taskId, code } = event
  if (decision === 'began') hasSent = false
  const decided: Decided = { operation, decision, reach, hasSent, claim, taskId, code }
  import.meta.hot?.send(events.story, decided)
}
