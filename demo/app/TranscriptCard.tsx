import { useState } from 'react'
import { TranscriptPanel } from 'react-realtime-stt'
import { LANGUAGE_NAMES, SPOKEN_LANGUAGES } from '../participants.ts'
import { Choice } from './Choice.tsx'
import type { Call } from './callStore.ts'
import { type Store, useStore } from './createStore.ts'

const LANGUAGES: readonly { value: string; label: string }[] = [
  { value: 'original', label: 'As spoken' },
  ...SPOKEN_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
]

/** Everything that was said since this page is in the channel. */
export function TranscriptCard({ callStore }: { callStore: Store<Call> }) {
  const { channelCall, settings } = useStore(callStore)
  const [language, setLanguage] = useState('original')
  return (
    <div className="card transcript-card">
      <div className="transcript-head">
        <h2>Transcript</h2>
        <Choice
          legend="Transcript language"
          options={LANGUAGES}
          value={language}
          isLocked={false}
          onChange={setLanguage}
        />
      </div>
      <TranscriptPanel
        key={settings.channel}
        transcript={channelCall.transcript}
        language={language}
        getSpeakerName={channelCall.getSpeakerName}
        fileName={settings.channel}
        labels={{ previous: 'Previous', next: 'Next' }}
      />
    </div>
  )
}
