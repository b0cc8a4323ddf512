'use client'

import { useCallback, useSyncExternalStore } from 'react'
import type { CaptionLine } from '../captions/captionLine.js'
import type { Transcript } from '../captions/transcript.js'
import { useTranscript } from './useTranscript.js'

const getNone = () => undefined

/**
 * One line; a component that calls it renders again only when this line changes. undefined where the line is no longer
 * kept, on a server, and until the page is hydrated.
 *
 * @group Hooks
 * @param id one of {@link useCaptionIds}
 * @param options the transcript, where it is not the provider's
 * @returns the same object until the line changes
 * @example
 * ```tsx
 * import { memo } from 'react'
 * import { useCaption, useCaptionIds } from 'react-realtime-stt'
 *
 * const Row = memo(function Row({ id }: { id: string }) {
 *   return <li>{useCaption(id)?.text}</li>
 * })
 *
 * export function Rows() {
 *   return useCaptionIds().map((id) => <Row key={id} id={id} />)
 * }
 * ```
 *
 * @throws {@link ConfigError} where there is no transcript
 */
export function useCaption(
  id: string,
  options: {
    /** Where the line is. @defaultValue the provider's */
    transcript?: Transcript | undefined
  } = {},
): CaptionLine | undefined {
  const source = useTranscript(options.transcript)
  return useSyncExternalStore(
    useCallback((listener: () => void) => source.subscribeLine(id, listener), [source, id]),
    () => source.getLine(id),
    getNone,
  )
}
