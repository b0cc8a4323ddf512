import type { TranscriptEnvironment } from 'react-realtime-stt/core'

/** Frames that come when they are told to. */
export function createManualFrames(): {
  environment: Partial<TranscriptEnvironment>
  nextFrame: () => void
} {
  let callback: (() => void) | null = null
  return {
    environment: {
      setTimeout: () => 0,
      clearTimeout: () => {},
      requestAnimationFrame(next) {
        callback = next
        return 1
      },
    },
    nextFrame() {
      const due = callback
      callback = null
      due?.()
    },
  }
}
