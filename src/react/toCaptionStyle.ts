import type { CSSProperties } from 'react'
import type { CaptionChoices } from './createCaptionSettings.js'

/** What was chosen for the lines, as inline style: it wins over the app's style sheet, and needs none of ours. */
export function toLineStyle(choices: CaptionChoices): CSSProperties {
  const { textSize, textColor } = choices
  const background = toBackground(choices)
  return {
    ...(textSize !== undefined && { fontSize: `${textSize}em` }),
    ...(textColor !== undefined && { color: textColor }),
    ...(background !== undefined && { backgroundColor: background }),
  }
}

/** Where the overlay was put. An app whose overlay is not `absolute` says so in `--stt-overlay-position`. */
export function toOverlayStyle({ position }: CaptionChoices): CSSProperties {
  if (position === undefined) return {}
  return {
    position: 'var(--stt-overlay-position, absolute)' as 'absolute',
    insetInline: 0,
    top: position === 'top' ? 0 : 'auto',
    bottom: position === 'top' ? 'auto' : 0,
  }
}

function toBackground({ backgroundColor, backgroundOpacity }: CaptionChoices): string | undefined {
  if (backgroundOpacity === undefined) return backgroundColor
  const percent = Math.round(backgroundOpacity * 100)
  if (backgroundColor === undefined) {
    return `color-mix(in srgb, var(--stt-caption-background, #000) ${percent}%, transparent)`
  }
  const channels = [1, 3, 5].map((at) => Number.parseInt(backgroundColor.slice(at, at + 2), 16))
  return `rgb(${channels.join(' ')} / ${percent}%)`
}
