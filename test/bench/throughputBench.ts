import { type CaptionMessage, createTranscript } from 'react-realtime-stt/core'
import type { BenchReport } from './benchReport.ts'
import { createConversation } from './conversation.ts'
import { median } from './median.ts'

const SENTENCES = 12_000
const TRANSLATED_EVERY = 4
const ROUNDS = 7
/** At the measured speed a frame of 60 Hz has more: listeners are called rather too often. */
const MESSAGES_PER_FRAME = 1_000
const MIN_PER_SECOND = 150_000
const GOAL_PER_SECOND = 200_000

/** How many messages a second a transcript takes in, decoded and as Protobuf. */
export function runThroughputBench(): BenchReport {
  const played = createConversation(SENTENCES, TRANSLATED_EVERY)
  const messages = played.map(({ message }) => message)
  const bytes = played.map((caption) => caption.bytes)
  const decoded: number[] = []
  const encoded: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    decoded.push(ingestPerSecond(messages))
    encoded.push(ingestPerSecond(bytes))
  }
  const isGood = median(decoded) >= MIN_PER_SECOND
  return {
    isGood,
    text: [
      `Messages a second into a transcript, with a listener that reads what is live once for ${MESSAGES_PER_FRAME} of them`,
      `(${messages.length} messages of ${SENTENCES} sentences by 8 people, every fourth translated; median of ${ROUNDS})`,
      `decoded   ${perSecond(decoded)} (limit ${MIN_PER_SECOND}, goal ${GOAL_PER_SECOND})${isGood ? '' : ' TOO SLOW'}`,
      `Protobuf  ${perSecond(encoded)}`,
    ].join('\n'),
  }
}

const perSecond = (speeds: readonly number[]) => `${Math.round(median(speeds))}`.padStart(7)

function ingestPerSecond(input: readonly (CaptionMessage | Uint8Array)[]): number {
  let frame: (() => void) | null = null
  const transcript = createTranscript({
    environment: {
      setTimeout: () => 0,
      clearTimeout: () => {},
      requestAnimationFrame: (callback) => {
        frame = callback
        return 1
      },
    },
  })
  const nextFrame = () => frame?.()
  transcript.subscribe(() => {
    transcript.getIds()
    transcript.getLive()
  })
  const begunAt = performance.now()
  for (const [index, message] of input.entries()) {
    transcript.ingest(message)
    if (index % MESSAGES_PER_FRAME === 0) nextFrame()
  }
  const seconds = (performance.now() - begunAt) / 1_000
  if (transcript.getIds().length !== SENTENCES) throw new Error('Lines are missing.')
  return input.length / seconds
}
