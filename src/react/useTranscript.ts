'use client'

import { createContext, useContext } from 'react'
import type { Transcript } from '../captions/transcript.js'
import { ConfigError } from '../errors.js'

/** @internal */
export const TranscriptContext = createContext<Transcript | null>(null)

/**
 * The transcript given, else the provider's.
 *
 * @group Hooks
 * @param transcript comes before the provider's
 * @throws {@link ConfigError} where there is neither
 * @example
 * ```tsx
 * import { useTranscript } from 'react-realtime-stt'
 *
 * export function ClearButton() {
 *   const transcript = useTranscript()
 *   return <button onClick={() => transcript.clear()}>Clear the transcript</button>
 * }
 * ```
 */
export function useTranscript(transcript?: Transcript): Transcript {
  const provided = useContext(TranscriptContext)
  const found = transcript ?? provided
  if (found) return found
  throw new ConfigError(
    'No transcript. Give one to the hook or component, or to RealtimeSttProvider.',
  )
}
