import { toLanguageName } from './toLanguageName.js'

/** What `CaptionSettings` says by itself. */
export interface CaptionSettingsLabels {
  /** @defaultValue `'Captions'` */
  settings: string
  /** @defaultValue `'Language'` */
  language: string
  /** The language that is spoken, whichever it is. @defaultValue `'As spoken'` */
  original: string
  /** Of a code. @defaultValue the language's name in itself, as `'Deutsch (Deutschland)'` */
  languageName: (code: string) => string
  /** @defaultValue `'Under a translation, also show what was said'` */
  showsOriginal: string
  /** @defaultValue `'Text size'` */
  textSize: string
  /** @defaultValue `'Text colour'` */
  textColor: string
  /** @defaultValue `'Background colour'` */
  backgroundColor: string
  /** @defaultValue `'Background opacity'` */
  backgroundOpacity: string
  /** @defaultValue `'Position'` */
  position: string
  /** @defaultValue `'Bottom'` */
  bottom: string
  /** @defaultValue `'Top'` */
  top: string
  /** The choice that leaves it to the app. @defaultValue `'Default'` */
  unset: string
  /** The colours on offer, each `'#rrggbb'`, and their names. @defaultValue the eight that captions on TV have */
  colors: Readonly<Record<string, string>>
  /** What stands in the preview. @defaultValue `'This is how captions look.'` */
  sample: string
  /** @defaultValue `'Reset to defaults'` */
  reset: string
}

const LABELS: CaptionSettingsLabels = {
  settings: 'Captions',
  language: 'Language',
  original: 'As spoken',
  languageName: (code) => toLanguageName(code, code),
  showsOriginal: 'Under a translation, also show what was said',
  textSize: 'Text size',
  textColor: 'Text colour',
  backgroundColor: 'Background colour',
  backgroundOpacity: 'Background opacity',
  position: 'Position',
  bottom: 'Bottom',
  top: 'Top',
  unset: 'Default',
  colors: {
    '#ffffff': 'White',
    '#000000': 'Black',
    '#ffff00': 'Yellow',
    '#00ffff': 'Cyan',
    '#00ff00': 'Green',
    '#ff00ff': 'Magenta',
    '#ff0000': 'Red',
    '#0000ff': 'Blue',
  },
  sample: 'This is how captions look.',
  reset: 'Reset to defaults',
}

/** The English ones, but for those that are given. */
export function toSettingsLabels(
  labels: Partial<CaptionSettingsLabels> = {},
): CaptionSettingsLabels {
  return { ...LABELS, ...labels }
}
