'use client'

import { type ReactNode, useId } from 'react'

interface CaptionSelectProps<Value> {
  label: string
  /** Of the choice that leaves it to the app. */
  unsetLabel?: string
  value: Value | undefined
  /** The value, and what it is called. */
  choices: readonly (readonly [value: Value, label: string])[]
  onChoose: (value: Value | undefined) => void
}

/** A native select, by the position of a choice: values may be numbers. */
export function CaptionSelect<Value>({
  label,
  unsetLabel,
  value,
  choices,
  onChoose,
}: CaptionSelectProps<Value>): ReactNode {
  const id = useId()
  return (
    <div className="stt-field">
      <label htmlFor={id} className="stt-label">
        {label}
      </label>{' '}
      <select
        id={id}
        className="stt-select"
        value={choices.findIndex(([one]) => one === value)}
        onChange={({ target }) => onChoose(choices[Number(target.value)]?.[0])}
      >
        {unsetLabel !== undefined && <option value={-1}>{unsetLabel}</option>}
        {choices.map(([one, name], index) => (
          // A server may know other names of languages.
          <option key={String(one)} value={index} suppressHydrationWarning>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
