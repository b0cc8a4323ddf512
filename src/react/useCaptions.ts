'use client'

import { useSyncExternalStore } from 'react'
import type { CaptionLine } from '../captions/captionLine.js'
import type { Transcript } from '../captions/transcript.js'
import { useTranscript } from './useTranscript.js'

/** What {@link useCaptions} takes. */
export interface UseCaptionsOptions {
  /** How many of the newest lines; whoever has not finished comes on top. @defaultValue `3` */
  max?: number | undefined
  /** What is shown. @defaultValue the provider's */
  transcript?: Transcript | undefined
}

const NONE: readonly CaptionLine[] = []
const getNone = () => NONE

/**
 * What to show over a call: the newest lines, and those of every speaker who has not finished. Renders again at most
 * once a frame. Empty on a server, and until the page is hydrated.
 *
 * @group Hooks
 * @param options how many, and of what
 * @returns the same array until one of its lines changes
 * @example
 * ```tsx
 * import { useCaptions } from 'react-realtime-stt'
 *
 * export function Captions() {
 *   const captions = useCaptions({ max: 2 })
 *   return captions.map((line) => <p key={line.id}>{line.text}</p>)
 * }
 * ```
 *
 * @throws {@link ConfigError} where there is no transcript
 */
export function useCaptions({
  max = 3,
  transcript,
}: UseCaptionsOptions = {}): readonly CaptionLine[] {
  const source = useTranscript(transcript)
  return useSyncExternalStore(source.subscribe, () => source.getLive({ max }), getNone)
}
