import type { CaptionLine } from 'react-realtime-stt/core'

/** Those that will not change any more. */
export const finalOnly = (translations: CaptionLine['translations']) =>
  Object.fromEntries(Object.entries(translations).filter(([, { isFinal }]) => isFinal))

/** Before v7.2: what is told of lines whose place depends on what came first; the finished ones by their beginning. */
export function toldLines(lines: readonly CaptionLine[]) {
  const place = ({ isFinal, startedAt }: CaptionLine) => (isFinal ? startedAt : Infinity)
  return lines
    .toSorted((a, b) => place(a) - place(b) || Number(a.uid) - Number(b.uid))
    .map(({ id: _, ...line }) => ({
      ...line,
      startedAt: line.isFinal ? line.startedAt : null,
      translations: finalOnly(line.translations),
    }))
}
