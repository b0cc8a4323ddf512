import type { SttEvent } from 'react-realtime-stt'
import { LogScroll } from '../controls/LogScroll.tsx'
import { useStore } from '../createStore.ts'
import { eventLog } from './eventLog.ts'

/** The client's own events: all there is to see of the real service. */
export function ClientEvents() {
  const events = useStore(eventLog)
  return (
    <div className="card log">
      <h2 id="events-heading">What this page does</h2>
      <p className="hint">
        How many tasks run, and what they cost, only Agora knows. See the Agora Console. Below is
        what this page did.
      </p>
      {events.length === 0 ? (
        <p className="empty">Nothing yet. Enable captions to see something.</p>
      ) : (
        <LogScroll headingId="events-heading" last={events.at(-1)?.number}>
          <ol className="events">
            {events.map(({ number, event }) => (
              <li key={number}>
                <time>{new Date(event.at).toLocaleTimeString('en-GB')}</time>
                <span>{describe(event)}</span>
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
