import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { CaptionOverlay, createTranscript } from 'react-realtime-stt'

/** What a test does on the page. */
export interface AnnouncementsPage {
  /** Speaks so many sentences, each growing word by word and final in two parts. Resolves when all are shown. */
  speak(count: number): Promise<void>
  /** All that was ever added to the live region, in order. */
  announced: string[]
}

const BEGAN_AT = 1_782_717_974_915
const SENTENCE_MS = 1_000

const transcript = createTranscript()
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve))

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <StrictMode>
    <CaptionOverlay transcript={transcript} announce getSpeakerName={(uid) => `Speaker ${uid}`} />
  </StrictMode>,
)

/** Two people in turn. */
function say(number: number, firstPart: string, tail: string, isFinal: boolean): void {
  const sentenceAt = BEGAN_AT + number * SENTENCE_MS
  const said = [
    { text: firstPart, isFinal: isFinal || tail !== '' },
    { text: tail, isFinal },
  ]
  transcript.ingest({
    uid: String(number % 2),
    sentenceId: String(sentenceAt),
    textTs: sentenceAt + firstPart.length + tail.length + Number(isFinal),
    words: said.filter(({ text }) => text !== ''),
  })
}

const announcements: AnnouncementsPage = {
  announced: [],
  async speak(count) {
    for (let number = 1; number <= count; number++) {
      say(number, `Sentence ${number}`, '', false)
      if (number % 3 === 0) await nextFrame()
      say(number, `Sentence ${number},`, ' and its', false)
      if (number % 2 === 0) await nextFrame()
      say(number, `Sentence ${number},`, ' and its end.', true)
      if (number % 5 === 0) await nextFrame()
    }
    await transcript.whenIdle()
    await nextFrame()
    await nextFrame()
  },
}

new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const { textContent, parentElement } of addedNodes) {
      if (parentElement?.role === 'log') announcements.announced.push(textContent ?? '')
    }
  }
}).observe(document.body, { subtree: true, childList: true })

Object.assign(globalThis, { announcements })
