import type { CaptionMessage, CaptionWord } from './captionMessage.js'

const isSaid = ({ text }: CaptionWord) => text !== ''

/** What has no text, in whatever language, is no caption. */
export function holdsText({ words, trans, originalTranscript }: CaptionMessage): boolean {
  return (
    words?.some(isSaid) === true ||
    trans?.some(({ texts }) => texts.some((text) => text !== '')) === true ||
    originalTranscript?.words.some(isSaid) === true
  )
}
