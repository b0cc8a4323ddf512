import { hasFinal } from '../captions/sentence.js'
import type { SentCaption } from './sentenceCaptions.js'

/** What becomes of messages on the way. */
export interface CaptionDisorder {
  /** How probable it is that a message is lost, 0 to 1. @defaultValue `0` */
  loss?: number | undefined
  /** Which ones can be lost: those without anything final, or all. @defaultValue `'interims'` */
  lossOf?: 'interims' | 'all' | undefined
  /** How late a message can be, in ms. @defaultValue `0` */
  reorder?: number | undefined
  /** How probable it is that a message comes once more, up to 2 s later than it may be anyway; 0 to 1. @defaultValue `0` */
  duplicate?: number | undefined
}

const MAX_DUPLICATE_DELAY_MS = 2_000

/** Uses the same number of chances for each message, so that one setting does not change what another does. */
export function disturb(
  sent: readonly SentCaption[],
  { loss = 0, lossOf = 'interims', reorder = 0, duplicate = 0 }: CaptionDisorder,
  random: () => number,
): SentCaption[] {
  const delayed = (caption: SentCaption, ms: number) => ({
    ...caption,
    sentMs: caption.sentMs + Math.round(ms),
  })
  const arrived = sent.flatMap((caption) => {
    const [isHit, isTwice, late, later] = [
      random() < loss,
      random() < duplicate,
      random(),
      random(),
    ]
    if (isHit && (lossOf === 'all' || !hasFinal(caption.message))) return []
    const first = delayed(caption, late * reorder)
    const again = delayed(caption, later * (reorder + MAX_DUPLICATE_DELAY_MS))
    return isTwice ? [first, again] : [first]
  })
  return arrived.sort((a, b) => a.sentMs - b.sentMs)
}
