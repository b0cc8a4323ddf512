import { useState } from 'react'
import { TranscriptPanel } from 'react-realtime-stt'
import { LANGUAGE_NAMES, SPOKEN_LANGUAGES } from '../../people.ts'
import type { Call } from '../call/callStore.ts'
import { Choice } from '../controls/Choice.tsx'
import { type Store, useStore } from '../createStore.ts'
import { WebVtt } from './WebVtt.tsx'
import { readBack } from './webVttStore.ts'

const LANGUAGES: readonly { value: string; label: string }[] = [
  { value: 'original', label: 'As spoken' },
  ...SPOKEN_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
]

/** Everything that was said since this page is in the channel. */
export function TranscriptCard({ callStore }: { callStore: Store<Call> }) {
  const { channelCall, config } = useStore(callStore)
  const { transcript, getSpeakerName } = channelCall
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
        key={config.channel}
        transcript={transcript}
        language={language}
        getSpeakerName={getSpeakerName}
        fileName={config.channel}
        labels={{ previous: 'Previous', next: 'Next' }}
      />
      <button
        type="button"
        className="button button-small"
        onClick={() => readBack(channelCall, language)}
      >
        Read it as WebVTT
      </button>
      <WebVtt />
    </div>
  )
}
