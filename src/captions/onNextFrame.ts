import type { TranscriptEnvironment } from './transcriptEnvironment.js'

/** A hidden tab has no frames; where there are some, they come sooner than this. */
const FRAME_TIMEOUT_MS = 100
/** Where there are no frames at all. */
const TIMER_MS = 16

/** Calls back once, in the next frame. */
export function onNextFrame(environment: TranscriptEnvironment, callback: () => void): void {
  const { requestAnimationFrame } = environment
  let frame: number | undefined
  const timer = environment.setTimeout(
    () => {
      if (frame) environment.cancelAnimationFrame(frame)
      callback()
    },
    requestAnimationFrame ? FRAME_TIMEOUT_MS : TIMER_MS,
  )
  frame = requestAnimationFrame?.(() => {
    environment.clearTimeout(timer)
    callback()
  })
}
