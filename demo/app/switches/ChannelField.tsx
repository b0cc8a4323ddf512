import { type FormEvent, useId, useState } from 'react'

const MAX_BYTES = 64

interface ChannelFieldProps {
  channel: string
  isLocked: boolean
  onChange: (channel: string) => void
}

export function ChannelField({ channel, isLocked, onChange }: ChannelFieldProps) {
  const [draft, setDraft] = useState(channel)
  const id = useId()
  const bytes = new TextEncoder().encode(draft).length
  const isBad = bytes === 0 || bytes > MAX_BYTES
  function submit(event: FormEvent) {
    event.preventDefault()
    if (!isBad && draft !== channel) onChange(draft)
  }
  return (
    <form className="channel" onSubmit={submit}>
      <label htmlFor={id}>Channel</label>
      <div>
        <input
          id={id}
          value={draft}
          disabled={isLocked}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={isBad}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
        <button
          type="submit"
          className="button button-small"
          disabled={isLocked || isBad || draft === channel}
        >
          Use it
        </button>
      </div>
      <p className="hint" id={`${id}-hint`}>
        {isBad ? `Give a name of 1 to ${MAX_BYTES} bytes.` : 'Everybody is in this channel.'}
      </p>
    </form>
  )
}
