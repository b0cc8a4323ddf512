import { type CaptionMessage, createTranscript } from 'react-realtime-stt/core'
import type { BenchReport } from './benchReport.ts'
import { createConversation } from './conversation.ts'
import { createManualFrames } from './manualFrames.ts'
import { median } from './median.ts'

const SENTENCES = 12_000
const TRANSLATED_EVERY = 4
const ROUNDS = 7
/** At the measured speed a frame of 60 Hz has more: the listener is called rather too often. */
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
  // What else runs on the machine can only take away from it.
  const isGood = Math.max(...decoded) >= MIN_PER_SECOND
  return {
    isGood,
    text: [
      `Messages a second into a transcript, whose listener reads what is live every ${MESSAGES_PER_FRAME} of them`,
      `(${messages.length} messages of ${SENTENCES} sentences by 8 people, every fourth translated; ${ROUNDS} rounds)`,
      `decoded   ${toSpeeds(decoded)} (limit ${MIN_PER_SECOND}, goal ${GOAL_PER_SECOND})${isGood ? '' : ' TOO SLOW'}`,
      `Protobuf  ${toSpeeds(encoded)}`,
    ].join('\n'),
  }
}

const toSpeeds = (speeds: readonly number[]) =>
  `fastest ${Math.max(...speeds).toFixed(0)}, median ${median(speeds).toFixed(0)}`

function ingestPerSecond(input: readonly (CaptionMessage | Uint8Array)[]): number {
  const { environment, nextFrame } = createManualFrames()
  const transcript = createTranscript({ environment })
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
  const isComplete =
    transcript.getIds().length === SENTENCES && transcript.counters.undecodable === 0
  if (!isComplete) throw new Error('Not every message is in a line.')
  return input.length / seconds
}
