import { LogScroll } from '../controls/LogScroll.tsx'
import { useStore } from '../createStore.ts'
import { webVttStore } from './webVttStore.ts'

/** The transcript as the file that an app would save. */
export function WebVtt() {
  const text = useStore(webVttStore)
  if (text === null) return null
  return (
    <section className="web-vtt" aria-labelledby="web-vtt-heading">
      <h3 id="web-vtt-heading">WebVTT, as of now</h3>
      <LogScroll headingId="web-vtt-heading">
        <pre>{text}</pre>
      </LogScroll>
      <button type="button" className="button button-small" onClick={() => webVttStore.set(null)}>
        Close
      </button>
    </section>
  )
}
