interface ToggleProps {
  label: string
  isOn: boolean
  isLocked?: boolean
  onChange: (isOn: boolean) => void
}

export function Toggle({ label, isOn, isLocked = false, onChange }: ToggleProps) {
  return (
    <label className="toggle">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isLocked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  )
}
