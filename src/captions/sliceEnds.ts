/** Half a frame at 60 Hz. */
const SLICE_MS = 8

interface PageScheduler {
  yield?: () => Promise<void>
}

/**
 * For long work, which awaits what this returns between any two steps: it pauses first of all, and then wherever a
 * slice of time is over.
 *
 * @param now ms since any fixed moment
 * @param pause lets the page do what waits: input, timers, a frame
 */
export function sliceEnds(
  signal: AbortSignal | undefined,
  now: () => number = () => performance.now(),
  pause: () => Promise<void> = pauseForPage,
): () => Promise<void> {
  let endsAt = Number.NEGATIVE_INFINITY
  /** @throws the reason of `signal` */
  return async () => {
    if (now() < endsAt) return
    await pause()
    signal?.throwIfAborted()
    endsAt = now() + SLICE_MS
  }
}

async function pauseForPage(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: PageScheduler }
  if (scheduler?.yield) return scheduler.yield()
  // A timer would wait 4 ms each time, in a hidden tab a second.
  const { port1, port2 } = new MessageChannel()
  await new Promise((resolve) => {
    port1.onmessage = resolve
    port2.postMessage(null)
  })
  // Node would stay alive for an open port.
  port1.close()
}
