import { type CaptionMessage, createTranscript, type Transcript } from 'react-realtime-stt/core'
import { encodeCaption } from '../../src/testing/encodeCaption.ts'

const LANGUAGES = ['de-DE', 'fr-FR']
const SPEAKERS = 8
const BEGUN_AT = 1_780_000_000_000
const LINE_MS = 900
const WARM_UP_LINES = 2_000

/** What lines of 60 ASCII characters take of the heap, in bytes, when all of them have been read. */
export interface HeapFigures {
  untranslated: number
  /** What one language more takes on top, each. */
  translations: readonly number[]
}

/** @param gc of a process with `--expose-gc`: its heap should hold nothing else */
export function measureHeap(lines: number, gc: () => void): HeapFigures {
  const used = () => {
    gc()
    gc()
    gc()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  // What the engine compiles and keeps is not the lines'.
  speak(createTranscript(), WARM_UP_LINES)
  const transcript = createTranscript()
  let before = used()
  const grow = (language?: string) => {
    speak(transcript, lines, language)
    const after = used()
    const grown = after - before
    before = after
    return grown
  }
  const figures = { untranslated: grow(), translations: LANGUAGES.map(grow) }
  const { messages, undecodable } = transcript.counters
  const isComplete = transcript.getIds().length === lines && undecodable === 0
  if (!isComplete) throw new Error(`Of ${messages} messages, not every one is in a line.`)
  return figures
}

/** Each sentence as interim and final, or its translation. As bytes: strings that a test puts together take more room. */
function speak(transcript: Transcript, lines: number, language?: string): void {
  for (let index = 0; index < lines; index += 1) {
    const messages = language ? [toTranslation(index, language)] : toSpoken(index)
    for (const message of messages) {
      transcript.ingest(encodeCaption(message))
      transcript.getLive()
    }
  }
  for (const id of transcript.getIds()) transcript.getLine(id)
}

function toSpoken(index: number): CaptionMessage[] {
  const { time, durationMs, ...shared } = toSentence(index)
  const text = toText(index, 'said')
  const startMs = index * LINE_MS + 1
  return [
    { ...shared, textTs: time + 300, words: [{ text: text.slice(0, 30), startMs }] },
    { ...shared, time, durationMs, words: [{ text, isFinal: true, startMs, durationMs }] },
  ]
}

function toTranslation(index: number, lang: string): CaptionMessage {
  return { ...toSentence(index), trans: [{ lang, texts: [toText(index, lang)], isFinal: true }] }
}

function toSentence(index: number) {
  const time = BEGUN_AT + index * LINE_MS
  return {
    uid: String(1_000 + (index % SPEAKERS)),
    culture: 'en-US',
    sentenceId: String(time),
    textTs: time + 900,
    time,
    durationMs: 800,
  }
}

const toText = (index: number, how: string) =>
  `Sixty characters, ${how.padEnd(5)} as sentence number ${index}`.padEnd(60, '.')
