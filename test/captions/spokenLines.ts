import * as fc from 'fast-check'
import type { CaptionLine } from 'react-realtime-stt/core'

export const BEGAN_AT = 1_782_717_974_915

let lineCount = 0

/** A finished sentence of two seconds. */
export function toLine(changes: Partial<CaptionLine> = {}): CaptionLine {
  const { text = 'Good morning.', startedAt = BEGAN_AT, isFinal = true } = changes
  lineCount += 1
  return {
    id: `line-${lineCount}`,
    uid: '7',
    text,
    finalText: isFinal ? text : '',
    isFinal,
    isLive: false,
    language: 'en-US',
    startedAt,
    endedAt: startedAt + 2_000,
    translations: {},
    ...changes,
  }
}

/** What a speaker, a recogniser or somebody who wants to break a file may come to say. */
export const HOSTILE_TEXTS = {
  arrow: 'a --> b -- > c -> d',
  'only an arrow': '-->',
  times: '00:00:01.000 --> 00:00:02.000',
  'times of SubRip': '00:00:01,000 --> 00:00:02,000',
  'half of a time, which a uid completes': '00:01,000 --> 00:00:02,000',
  'written entities': '&lt;b&gt; &amp;amp; &nbsp; &#39; & ; &lt',
  tags: '<b>bold</b> <v Eve>me <00:00:01.000> <c.red> </v> <',
  'an unfinished tag': 'one < two',
  'an end of a tag': 'two > one',
  newlines: 'one\ntwo\n\nthree',
  'a whole cue': 'one\n\n2\n00:00:05.000 --> 00:00:06.000\n<v Eve>two',
  'returns and Windows newlines': 'one\rtwo\r\n\r\nthree',
  'separators of lines and paragraphs': 'one\u2028two\u2029three\u0085four\vfive\ffive',
  NUL: 'one\0two',
  'other controls': 'one\u001b[31mtwo\u0007\tthree\u009f',
  'a byte order mark inside': 'one\uFEFFtwo',
  'white space around': ' \n one two \t ',
  'white space of other kinds': '一　二\u00A0三\u2003四',
  'right to left': 'שלום, עולם (Agora) 123',
  'direction marks': '\u202Bمرحبا\u202C \u2067بالعالم\u2069 \u200E!',
  emoji: '👩🏽‍💻 👨‍👩‍👧‍👦 🇩🇪 ❤️',
  'Chinese, Japanese, Thai': '你好，世界。こんにちは。สวัสดีชาวโลก',
  'combining marks': 'e\u0301 Z\u0351\u036b\u0343\u036a\u0302',
  'only digits': '42',
  'only a zero width space': '\u200B',
  'only a hyphen': '-',
  'a comment': 'NOTE this is none',
  'a style': 'STYLE ::cue { color: red }',
  'a signature': 'WEBVTT',
  settings: 'align: left position: 10%',
  'a replacement pattern': "$& $1 $$ $` $'",
  'a style of SubStation': '{\\an8}top \\N next',
  JSON: '"\\"},{"text":"',
} as const

const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Object.values(HOSTILE_TEXTS), '\n', '\r', '\0', '-->', '&', '<', '>'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.string({ unit: 'binary', maxLength: 12 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''))

/** Names by uid. Some speakers have none. */
export const speakerNames = fc.dictionary(fc.constantFrom('7', '12', '4294967295'), hostileText)

/** A conversation in no order: finished lines, unfinished ones, times that cannot be. */
export const conversation: fc.Arbitrary<CaptionLine[]> = fc.array(
  fc
    .record({
      uid: fc.constantFrom('7', '12', '4294967295'),
      text: hostileText,
      isFinal: fc.boolean(),
      isLive: fc.boolean(),
      startedAt: fc.integer({ min: 0, max: 60_000 }).map((ms) => BEGAN_AT + ms),
      durationMs: fc.option(fc.integer({ min: -500, max: 20_000 })),
      translation: fc.option(hostileText),
    })
    .map(({ durationMs, translation, ...line }) =>
      toLine({
        ...line,
        endedAt: durationMs === null ? null : line.startedAt + durationMs,
        translations: translation === null ? {} : { 'de-DE': { text: translation, isFinal: true } },
      }),
    ),
  { maxLength: 8 },
)

/** As it stands in a file: in one row. */
export function inOneRow(text: string): string {
  return text
    .split(/[\p{Cc}\p{Zl}\p{Zp}]+/u)
    .join(' ')
    .trim()
}
