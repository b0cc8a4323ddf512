'use client'

import { type CSSProperties, type ReactNode, useMemo, useSyncExternalStore } from 'react'
import type { Transcript } from '../captions/transcript.js'
import { createAnnouncements } from './createAnnouncements.js'
import { toLanguageAttributes } from './toLanguageAttributes.js'

interface CaptionAnnouncerProps {
  transcript: Transcript
  language: string
  label: string
  toSpeaker: (uid: string) => string
}

/** Seen by nobody, and there for a screen reader. */
const HIDDEN: CSSProperties = {
  position: 'absolute',
  width: 1,
  height: 1,
  margin: -1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}

/** Lets a screen reader say each sentence once, when it is final, after what it is saying. */
export function CaptionAnnouncer({
  transcript,
  language,
  label,
  toSpeaker,
}: CaptionAnnouncerProps): ReactNode {
  const store = useMemo(() => createAnnouncements(transcript, language), [transcript, language])
  const announcements = useSyncExternalStore(
    store.subscribe,
    store.getSnapshot,
    store.getServerSnapshot,
  )
  return (
    <div role="log" aria-live="polite" aria-label={label} style={HIDDEN}>
      {announcements.map(({ key, uid, text, language }) => (
        <p key={key}>
          {toSpeaker(uid)} <span {...toLanguageAttributes(language)}>{text}</span>
        </p>
      ))}
    </div>
  )
}
