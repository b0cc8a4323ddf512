import type { SttEvent } from 'react-realtime-stt'
import { useStore } from './createStore.ts'
import { eventLog } from './eventLog.ts'
import { LogScroll } from './LogScroll.tsx'

/** The client's own events: all there is to see of the real service. */
export function ClientEvents() {
  const events = useStore(eventLog)
  return (
    <div className="log">
      <p>
        How many tasks run, and what they cost, only Agora knows. See the Agora Console. Below is
        what this page did.
      </p>
      <h3 id="events-heading">Events of this page</h3>
      {events.length === 0 ? (
        <p className="empty">Nothing yet. Enable captions in a window.</p>
      ) : (
        <LogScroll headingId="events-heading">
          <ol className="events">
            {events.toReversed().map(({ number, event }) => (
              <li key={number}>
                <time>{new Date(event.at).toLocaleTimeString('en-GB')}</time> {describe(event)}
              </li>
            ))}
          </ol>
        </LogScroll>
      )}
    </div>
  )
}

function describe(event: SttEvent): string {
  switch (event.type) {
    case 'request':
      return `${event.operation}: ${event.method} ${event.path}`
    case 'response':
      return `${event.operation}: ${event.status ?? 'no answer'} after ${Math.round(event.durationMs)} ms`
    case 'decision':
      return `${event.operation}: ${event.decision.replaceAll('_', ' ')}${event.code ? ` (${event.code})` : ''}`
  }
}
