import { useStore } from './createStore.ts'
import { Devices } from './devices/Devices.tsx'
import { SidePanel } from './panel/SidePanel.tsx'
import { Scene } from './switches/Scene.tsx'
import { Switches } from './switches/Switches.tsx'
import type { TouredPage } from './tour/drivePage.ts'
import { Tour } from './tour/Tour.tsx'
import { goTo, TOUR_OPENER_CLASS } from './tour/tourStore.ts'
import { TranscriptCard } from './transcript/TranscriptCard.tsx'

/** The whole demo. */
export function Page(page: TouredPage) {
  const { callStore, serviceStore, viewStore } = page
  const { config } = useStore(callStore)
  return (
    <>
      <header className="masthead">
        <Mark />
        <div>
          <h1>react-realtime-stt</h1>
          <p>Live captions for a call, started once, however many people click.</p>
        </div>
        {!config.isReal && (
          <button
            type="button"
            className={`button button-strong ${TOUR_OPENER_CLASS}`}
            onClick={() => goTo(0)}
          >
            Take the tour
          </button>
        )}
      </header>
      <main className="layout">
        <div className="stage-column">
          <Scene callStore={callStore} serviceStore={serviceStore} viewStore={viewStore} />
          <Devices callStore={callStore} viewStore={viewStore} />
          <TranscriptCard callStore={callStore} />
        </div>
        <div className="side-column">
          <SidePanel callStore={callStore} serviceStore={serviceStore} viewStore={viewStore} />
        </div>
        <Switches callStore={callStore} serviceStore={serviceStore} />
      </main>
      <footer className="foot">
        <p>
          {config.isReal
            ? 'This is the real service: a running task is billed.'
            : 'The service is simulated in the server of this page: tasks, tokens, prices and what people say. The requests and the captions are what Agora’s would be.'}{' '}
          App id: <code>{config.appId}</code>
        </p>
      </footer>
      <Tour page={page} />
    </>
  )
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#3d5afe" />
      <path
        d="M14 12.5a4.5 4.5 0 1 0 0 7M25 12.5a4.5 4.5 0 1 0 0 7"
        fill="none"
        stroke="white"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </svg>
  )
}
