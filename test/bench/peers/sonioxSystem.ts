import type { FunctionComponent, ReactNode } from 'react'
import type { CaptionSystem } from './captionSystem.ts'
import { mountHook, type PeerReact } from './peerReact.ts'

/** As far as it is used here. */
export interface SonioxReact {
  SonioxProvider: FunctionComponent<{ client: object; children?: ReactNode }>
  useRecording(config: { model: string }): { start(): void; utterances: readonly unknown[] }
}

export interface SonioxClient {
  TypedEmitter: new () => {
    on(event: string, handler: () => void): unknown
    off(event: string, handler: () => void): unknown
    emit(event: string, payload?: object): void
  }
}

/** `SonioxProvider` takes a client; its store, not public by itself, listens to the recording that the client gives. */
export const sonioxSystem = (
  { SonioxProvider, useRecording }: SonioxReact,
  { TypedEmitter }: SonioxClient,
  react: PeerReact,
): CaptionSystem => ({
  name: 'Soniox react',
  note: 'one interim for everybody; copies and freezes all tokens and utterances, and joins the whole text, for each message; a message is one token here, of its service many',
  async open() {
    const recording = new TypedEmitter()
    const client = { realtime: { record: () => recording } }
    const hook = await mountHook(
      react,
      () => useRecording({ model: 'stt-rt' }),
      (child) => react.createElement(SonioxProvider, { client }, child),
    )
    const { start } = hook.current()
    start()
    return {
      play(updates) {
        for (const { uid, text, isFinal, startMs, endMs } of updates) {
          const times = { start_ms: startMs, end_ms: endMs }
          recording.emit('result', {
            tokens: [{ text, is_final: isFinal, confidence: 1, speaker: uid, ...times }],
            final_audio_proc_ms: isFinal ? endMs : startMs,
            total_audio_proc_ms: endMs,
          })
          if (isFinal) recording.emit('endpoint')
        }
      },
      count: () => hook.current().utterances.length,
      close: hook.unmount,
    }
  },
})
