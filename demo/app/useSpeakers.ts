import { useMemo, useSyncExternalStore } from 'react'
import type { Transcript } from 'react-realtime-stt'
import { createSpeakers } from './createSpeakers.ts'

/** The uids of those who are speaking. */
export function useSpeakers(transcript: Transcript): readonly string[] {
  const speakers = useMemo(() => createSpeakers(transcript), [transcript])
  return useSyncExternalStore(speakers.subscribe, speakers.getSnapshot)
}
