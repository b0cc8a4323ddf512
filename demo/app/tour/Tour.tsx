import { useEffect, useRef } from 'react'
import { useStore } from '../createStore.ts'
import type { TouredPage } from './drivePage.ts'
import { tourSteps } from './tourSteps.ts'
import { act, goTo, tourStore } from './tourStore.ts'

/** Five things that go wrong in every app, done on the page behind it. */
export function Tour({ page }: { page: TouredPage }) {
  const { step, isRunning, outcome } = useStore(tourStore)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (step !== null) heading.current?.focus({ preventScroll: true })
  }, [step])
  const shown = step === null ? undefined : tourSteps[step]
  if (step === null || !shown) return null
  const isLast = step === tourSteps.length - 1
  return (
    <aside
      className="tour"
      aria-labelledby="tour-heading"
      onKeyDown={({ key }) => {
        if (key === 'Escape') goTo(null)
      }}
    >
      <p className="tour-progress">
        Step {step + 1} of {tourSteps.length}
      </p>
      <h2 id="tour-heading" ref={heading} tabIndex={-1}>
        {shown.title}
      </h2>
      <p>{shown.text}</p>
      <div className="tour-actions">
        {shown.actions.map((action) => (
          <button
            key={action.label}
            type="button"
            className="button button-strong"
            aria-disabled={isRunning}
            onClick={isRunning ? undefined : () => void act(action, page)}
          >
            {action.label}
          </button>
        ))}
      </div>
      <p className="tour-outcome" role="status">
        {isRunning ? 'Watch the page…' : outcome}
      </p>
      <div className="tour-actions">
        {step > 0 && (
          <button type="button" className="button button-small" onClick={() => goTo(step - 1)}>
            Back
          </button>
        )}
        <button
          type="button"
          className="button button-small"
          onClick={() => goTo(isLast ? null : step + 1)}
        >
          {isLast ? 'Finish' : 'Next'}
        </button>
        {!isLast && (
          <button type="button" className="button button-small" onClick={() => goTo(null)}>
            Close the tour
          </button>
        )}
      </div>
    </aside>
  )
}
