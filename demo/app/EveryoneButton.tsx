import { CAPTIONS_BUTTON_CLASS } from './CaptionsButton.tsx'

/** Clicks in both windows before either of them can render. */
export function EveryoneButton() {
  return (
    <div className="everyone">
      <button type="button" className="button button-strong" onClick={clickEverywhere}>
        Everyone clicks now
      </button>
      <p>Presses the captions button in both windows in the same instant.</p>
    </div>
  )
}

function clickEverywhere() {
  for (const button of document.querySelectorAll<HTMLButtonElement>(`.${CAPTIONS_BUTTON_CLASS}`)) {
    button.click()
  }
}
