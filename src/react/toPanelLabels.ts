import type { TranscriptDownloadsLabels } from './TranscriptDownloads.js'
import type { TranscriptFindLabels } from './TranscriptFind.js'

/** What {@link TranscriptPanel} says by itself. */
export interface TranscriptPanelLabels extends TranscriptFindLabels, TranscriptDownloadsLabels {
  /** Names the whole. @defaultValue `'Transcript'` */
  transcript: string
  /** Names what scrolls. @defaultValue `'What was said'` */
  lines: string
  /** Where there are no lines. @defaultValue `'Nothing has been said yet.'` */
  empty: string
  /** On the button that shows after scrolling up. @defaultValue `'Jump to the newest'` */
  jump: string
  /** What stands before a text. @defaultValue `` (name) => `${name}:` `` */
  speaker: (name: string) => string
  /** When a line began, of epoch ms. @defaultValue hours and minutes, as the reader's locale writes them */
  time: (startedAt: number) => string
}

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
let clock: Intl.DateTimeFormat | undefined

const LABELS: TranscriptPanelLabels = {
  transcript: 'Transcript',
  lines: 'What was said',
  empty: 'Nothing has been said yet.',
  jump: 'Jump to the newest',
  speaker: (name) => `${name}:`,
  time(startedAt) {
    clock ??= new Intl.DateTimeFormat(undefined, CLOCK)
    return clock.format(startedAt)
  },
  search: 'Search the transcript',
  next: 'Next match',
  previous: 'Previous match',
  searching: 'Searching…',
  found: (position, count) => `${position} of ${count} ${count === 1 ? 'line' : 'lines'}`,
  nothing: 'Nothing found',
  copy: 'Copy',
  download: 'Download',
  formats: { vtt: 'WebVTT', srt: 'SRT', text: 'Text', json: 'JSON' },
  states: {
    idle: '',
    working: 'Working…',
    copied: 'Copied',
    saved: 'Downloaded',
    failed: 'That did not work. Try again.',
  },
}

/** The English ones, but for those that are given. */
export function toPanelLabels(labels: Partial<TranscriptPanelLabels> = {}): TranscriptPanelLabels {
  return { ...LABELS, ...labels }
}
