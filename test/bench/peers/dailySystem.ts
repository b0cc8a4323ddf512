import type { FunctionComponent, ReactNode } from 'react'
import type { CaptionSystem } from './captionSystem.ts'
import { mountHook, type PeerReact } from './peerReact.ts'

/** As far as it is used here. */
export interface DailyReact {
  DailyProvider: FunctionComponent<{ callObject: object; children?: ReactNode }>
  useTranscription(): { transcriptions: readonly unknown[] }
}

type Listener = (event: { action: string }) => void

/** `DailyProvider` takes a call object; its part that listens for captions is not public by itself. */
export const dailySystem = (
  { DailyProvider, useTranscription }: DailyReact,
  react: PeerReact,
): CaptionSystem => ({
  name: 'daily-react',
  note: 'appends every message, interims too, without merging; copies the array of all messages and the state for each',
  async open() {
    const { emit, callObject } = createCallObject()
    const hook = await mountHook(react, useTranscription, (child) =>
      react.createElement(DailyProvider, { callObject }, child),
    )
    return {
      play(updates) {
        for (const { uid, text, isFinal, startMs } of updates) {
          const data = {
            session_id: uid,
            user_id: uid,
            text,
            timestamp: startMs,
            is_final: isFinal,
          }
          emit({ action: 'app-message', fromId: 'transcription', data })
        }
      },
      count: () => hook.current().transcriptions.length,
      close: hook.unmount,
    }
  },
})

/** Somebody has joined a call in which nothing happens but captions. */
function createCallObject() {
  const listeners = new Map<string, Set<Listener>>()
  const listenersOf = (action: string) => listeners.get(action) ?? new Set()
  return {
    emit(event: { action: string; fromId: string; data: object }) {
      for (const listener of listenersOf(event.action)) listener(event)
    },
    callObject: {
      on: (action: string, listener: Listener) =>
        listeners.set(action, listenersOf(action).add(listener)),
      off: (action: string, listener: Listener) => listenersOf(action).delete(listener),
      isDestroyed: () => false,
      meetingState: () => 'joined-meeting',
      participants: () => ({}),
      participantCounts: () => ({ present: 1, hidden: 0 }),
      waitingParticipants: () => ({}),
      enumerateDevices: async () => ({ devices: [] }),
      getInputDevices: async () => ({ camera: {}, mic: {}, speaker: {} }),
      getInputSettings: async () => ({}),
      getNetworkStats: async () => ({ stats: {}, threshold: 'good', quality: 100 }),
      getNetworkTopology: async () => ({ topology: 'sfu' }),
      getCpuLoadStats: async () => ({ cpuLoadState: 'low', cpuLoadStateReason: 'none', stats: {} }),
      room: async () => ({}),
      meetingSessionState: () => ({ data: {}, topology: 'sfu' }),
      meetingSessionSummary: () => ({ id: '' }),
    },
  }
}
