import { CaptionsIcon } from '../controls/Icons.tsx'

export const CAPTIONS_BUTTON_CLASS = 'captions-button'

/** What the captions button can show. */
export type CaptionsLook = 'off' | 'enabling' | 'on' | 'acquired' | 'disabling'

const LABELS: Readonly<Record<CaptionsLook, string>> = {
  off: 'Enable captions',
  enabling: 'Starting captions…',
  on: 'Captions on',
  acquired: 'Token acquired',
  disabling: 'Stopping captions…',
}

const ACTIONS: Readonly<Partial<Record<CaptionsLook, string>>> = {
  on: 'Stop',
  acquired: 'Forget',
}

interface CaptionsButtonProps {
  look: CaptionsLook
  isLocked: boolean
  onPress: () => void
}

export function CaptionsButton({ look, isLocked, onPress }: CaptionsButtonProps) {
  const isPending = look === 'enabling' || look === 'disabling'
  const action = ACTIONS[look]
  return (
    <button
      type="button"
      className={`button ${CAPTIONS_BUTTON_CLASS}`}
      data-look={look}
      // Not `disabled`: the button keeps the focus while it waits.
      aria-disabled={isPending || isLocked}
      onClick={isPending || isLocked ? undefined : onPress}
    >
      {isPending ? <span className="spinner" aria-hidden="true" /> : <CaptionsIcon />}
      {/* Keyed: one label takes the place of another, and none moves. */}
      <span key={look}>{LABELS[look]}</span>
      {action && <span className="captions-action">{action}</span>}
    </button>
  )
}
