import type { PlayedCaption } from './playConversation.js'

/** What {@link FakeRtcClient.play} takes. */
export interface FakeRtcPlayOptions {
  /** Lets captions arrive later. @defaultValue `globalThis.setTimeout`, looked up when playing begins */
  setTimeout?: ((callback: () => void, delayMs: number) => unknown) | undefined
  /** Ends what `setTimeout` returned. @defaultValue `globalThis.clearTimeout`, looked up when playing is stopped */
  clearTimeout?: ((timer: unknown) => void) | undefined
  /** 2 plays twice as fast. @defaultValue `1` */
  speed?: number | undefined
}

/** Captions that are arriving. */
export interface FakeRtcPlayback {
  /** Nothing more arrives. */
  stop(): void
  /** Resolves when everything has arrived, or playing was stopped. */
  readonly ended: Promise<void>
}

/** A timer each, from the beginning: one that waits for the one before would be later and later. */
export function playOverTime(
  captions: readonly PlayedCaption[],
  arrive: (caption: PlayedCaption) => void,
  options: FakeRtcPlayOptions = {},
): FakeRtcPlayback {
  const {
    setTimeout = (callback, delayMs) => globalThis.setTimeout(callback, delayMs),
    clearTimeout = (timer) => globalThis.clearTimeout(timer as number),
    speed = 1,
  } = options
  let end = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  let waiting = captions.length
  if (waiting === 0) end()
  const timers = captions.map((caption) =>
    setTimeout(() => {
      waiting -= 1
      if (waiting === 0) end()
      arrive(caption)
    }, caption.atMs / speed),
  )
  return {
    ended,
    stop() {
      for (const timer of timers) clearTimeout(timer)
      end()
    },
  }
}
