import { act, render } from '@testing-library/react'
import { memo, type ReactNode } from 'react'
import {
  createTranscript,
  type Transcript,
  useCaption,
  useCaptionIds,
  useCaptions,
} from 'react-realtime-stt'
import { toFinalCaption } from '../bench/finalCaption.ts'
import { createManualFrames } from '../bench/manualFrames.ts'

/** Rows that a list of a call's height mounts. */
const WINDOW_ROWS = 50

/** How often each was rendered. */
export interface RenderCounts {
  rows: number
  lists: number
  overlays: number
}

/** A transcript of a call in which much was said already, and people who go on. */
export interface LongCall {
  transcript: Transcript
  /** An interim more of a line: 0 is the newest one, 1 the one before it. Shown with the next frame. */
  goOn(line?: number): void
  sayMore(): void
  /** Returns when React has committed what has changed. */
  nextFrame(): void
}

export function createLongCall(lines: number): LongCall {
  const { environment, nextFrame } = createManualFrames()
  const transcript = createTranscript({ environment })
  let said = 0
  let interims = 0
  const sayMore = () => {
    transcript.ingest(toFinalCaption(said))
    said += 1
  }
  while (said < lines) sayMore()
  return {
    transcript,
    sayMore,
    goOn(line = 0) {
      interims += 1
      const { uid, sentenceId, textTs = 0 } = toFinalCaption(said - 1 - line)
      const words = [{ text: ` And this is being said now, ${interims}` }]
      transcript.ingest({ uid, sentenceId, textTs: textTs + interims, words })
    },
    // Unlike flushSync it leaves nothing in React's queue, whose work would outlive the test's window.
    nextFrame: () => act(nextFrame),
  }
}

/** Mounts an overlay and the end of the list, of plain components as an app writes them. */
export function mountCaptions({ transcript }: LongCall): RenderCounts {
  const counts = { rows: 0, lists: 0, overlays: 0 }

  const Row = memo(function Row({ id }: { id: string }): ReactNode {
    counts.rows += 1
    return <li>{useCaption(id, { transcript })?.text}</li>
  })

  function List(): ReactNode {
    counts.lists += 1
    const ids = useCaptionIds({ transcript }).slice(-WINDOW_ROWS)
    return (
      <ol>
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </ol>
    )
  }

  function Overlay(): ReactNode {
    counts.overlays += 1
    const lines = useCaptions({ transcript })
    return lines.map(({ id, text }) => <p key={id}>{text}</p>)
  }

  render(
    <>
      <Overlay />
      <List />
    </>,
  )
  return counts
}
