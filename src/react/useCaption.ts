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
 * @example
 * ```tsx
 * const Row = memo(({ id }: { id: string }) => <li>{useCaption(id)?.text}</li>)
 * const Rows = () => useCaptionIds().map((id) => <Row key={id} id={id} />)
 * ```
 *
 * @throws `ConfigError` where there is no transcript
 */
export function useCaption(
  id: string,
  options: { transcript?: Transcript | undefined } = {},
): CaptionLine | undefined {
  const source = useTranscript(options.transcript)
  return useSyncExternalStore(
    useCallback((listener: () => void) => source.subscribeLine(id, listener), [source, id]),
    () => source.getLine(id),
    getNone,
  )
}
