import { toLanguageName } from './toLanguageName.js'

/** What {@link CaptionSettings} says by itself. */
export interface CaptionSettingsLabels {
  /** Names the whole. @defaultValue `'Captions'` */
  settings: string
  /** Names a field. @defaultValue `'Language'` */
  language: string
  /** The language that is spoken, whichever it is. @defaultValue `'As spoken'` */
  original: string
  /** Gives the name of a language, of its code. @defaultValue the language's name in itself, as `'Deutsch (Deutschland)'` */
  languageName: (code: string) => string
  /** Names a field. @defaultValue `'Under a translation, also show what was said'` */
  showsOriginal: string
  /** Names a field. @defaultValue `'Text size'` */
  textSize: string
  /** Names a field. @defaultValue `'Text colour'` */
  textColor: string
  /** Names a field. @defaultValue `'Background colour'` */
  backgroundColor: string
  /** Names a field. @defaultValue `'Background opacity'` */
  backgroundOpacity: string
  /** Names a field. @defaultValue `'Position'` */
  position: string
  /** A choice of the position. @defaultValue `'Bottom'` */
  bottom: string
  /** A choice of the position. @defaultValue `'Top'` */
  top: string
  /** The choice that leaves it to the app. @defaultValue `'Default'` */
  unset: string
  /** The colours on offer, each `'#rrggbb'`, and their names. @defaultValue the eight that captions on TV have */
  colors: Readonly<Record<string, string>>
  /** What stands in the preview. @defaultValue `'This is how captions look.'` */
  sample: string
  /** On the button that gives every choice back. @defaultValue `'Reset to defaults'` */
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
