import { toWebVtt } from 'react-realtime-stt'
import type { ChannelCall } from '../call/channelCall.ts'
import { createStore } from '../createStore.ts'

/** What was read back last; null: nothing is. */
export const webVttStore = createStore<string | null>(null)

/** All that was said so far, as a file for a player. */
export function readBack(
  { transcript, getSpeakerName }: Pick<ChannelCall, 'transcript' | 'getSpeakerName'>,
  language = 'original',
): void {
  const lines = transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])
  webVttStore.set(toWebVtt(lines, { language, getSpeakerName }))
}
