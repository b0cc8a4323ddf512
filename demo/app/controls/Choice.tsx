import { useId } from 'react'

interface ChoiceProps<Value extends string> {
  legend: string
  options: readonly { value: Value; label: string }[]
  value: Value
  isLocked: boolean
  /** What the chosen option means. */
  hint?: string
  onChange: (value: Value) => void
}

/** One of a few, as a segmented control. */
export function Choice<Value extends string>(props: ChoiceProps<Value>) {
  const { legend, options, value, isLocked, hint, onChange } = props
  const name = useId()
  return (
    <fieldset className="choice" disabled={isLocked}>
      <legend>{legend}</legend>
      <div className="segments">
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      {hint && <p className="hint">{hint}</p>}
    </fieldset>
  )
}
