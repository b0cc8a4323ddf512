import type { SttEvent } from 'react-realtime-stt'
import { type Decided, events } from '../../protocol.ts'
import { serverLink } from './serverLink.ts'

type Operation = Decided['operation']

/** Tells everybody's panel what a client of this page decided. */
export interface DecisionReport {
  onEvent(event: SttEvent): void
  /** A token had expired, and the client asked for a fresh one. */
  onRenewed(): void
}

export function createDecisionReport(reach: Decided['reach']): DecisionReport {
  let operation: Operation = 'enable'
  /** Whether a start was sent since the operation began. */
  let hasSent = false

  function report(decided: Pick<Decided, 'decision' | 'claim' | 'taskId' | 'code'>): void {
    serverLink.send(events.story, { operation, reach, hasSent, ...decided } satisfies Decided)
  }

  return {
    onEvent(event) {
      if (event.type === 'request' && event.operation === 'start') hasSent = true
      if (event.type !== 'decision') return
      const { decision, claim, taskId, code } = event
      operation = event.operation
      if (decision === 'began') hasSent = false
      report({ decision, claim, taskId, code })
    },
    onRenewed: () => report({ decision: 'renewed' }),
  }
}
