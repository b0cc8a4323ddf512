import { LogScroll } from '../controls/LogScroll.tsx'
import { useStore } from '../createStore.ts'
import { webVttStore } from './webVttStore.ts'

/** The transcript as the file that an app would save. */
export function WebVtt() {
  const text = useStore(webVttStore)
  if (text === null) return null
  return (
    <div className="web-vtt">
      <h3 id="web-vtt-heading">WebVTT, as of now</h3>
      <LogScroll headingId="web-vtt-heading">
        <pre>{text}</pre>
      </LogScroll>
      <button type="button" className="button button-small" onClick={() => webVttStore.set(null)}>
        Close the file
      </button>
    </div>
  )
}
