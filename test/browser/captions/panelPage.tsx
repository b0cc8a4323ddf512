import { createRoot } from 'react-dom/client'
import { createTranscript, TranscriptPanel } from 'react-realtime-stt'

/** What a test does on the page. */
export interface PanelPage {
  /** Finished sentences of 60 characters. */
  add(count: number): void
  /** Scrolls a little in every frame, up and down through all of it; ms between the frames. */
  scroll(frames: number): Promise<number[]>
  /** Of elements in the page. */
  countRows(): number
}

const BEGAN_AT = 1_782_717_974_915
const SENTENCE = 'This is a sentence of sixty characters, as people say them.'

const transcript = createTranscript()
let said = 0

function say(): void {
  const sentenceId = BEGAN_AT + said * 1_000
  transcript.ingest({
    uid: `${100 + (said % 8)}`,
    sentenceId: `${sentenceId}`,
    textTs: sentenceId + 900,
    culture: 'en-US',
    time: sentenceId,
    durationMs: 900,
    words: [{ text: SENTENCE, isFinal: true }],
  })
  said += 1
}

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))

createRoot(document.body.appendChild(document.createElement('main'))).render(
  <TranscriptPanel transcript={transcript} />,
)

const panel: PanelPage = {
  add(count) {
    for (let index = 0; index < count; index++) say()
  },
  async scroll(frames) {
    const scroller = document.querySelector('.stt-scroller') as HTMLElement
    const betweenMs: number[] = []
    const endPx = scroller.scrollHeight
    let lastAt = await nextFrame()
    for (let index = 0; index < frames; index++) {
      const isUp = Math.floor(index / 30) % 2 === 0
      if (index % 30 === 0) scroller.scrollTop = (endPx * (index + 15)) / (frames + 30)
      scroller.scrollTop += isUp ? -90 : 90
      const at = await nextFrame()
      betweenMs.push(at - lastAt)
      lastAt = at
    }
    return betweenMs
  },
  countRows: () => document.querySelectorAll('.stt-scroller [lang]').length,
}

Object.assign(globalThis, { panel })
