'use client'

import { useSyncExternalStore } from 'react'
import type { Transcript } from '../captions/transcript.js'
import { useTranscript } from './useTranscript.js'

const NONE: readonly string[] = []
const getNone = () => NONE

/**
 * The ids of all lines that are kept, in the order of the conversation: the keys of rows that call {@link useCaption}.
 * Renders again only when a line comes or goes. Empty on a server, and until the page is hydrated.
 *
 * @group Hooks
 * @param options the transcript, where it is not the provider's
 * @returns the same array until a line comes or goes
 * @example
 * ```tsx
 * import { useCaptionIds } from 'react-realtime-stt'
 *
 * export const Count = () => <p>{useCaptionIds().length} lines</p>
 * ```
 *
 * @throws {@link ConfigError} where there is no transcript
 */
export function useCaptionIds(
  options: {
    /** Where the lines are. @defaultValue the provider's */
    transcript?: Transcript | undefined
  } = {},
): readonly string[] {
  const source = useTranscript(options.transcript)
  return useSyncExternalStore(source.subscribeIds, source.getIds, getNone)
}
