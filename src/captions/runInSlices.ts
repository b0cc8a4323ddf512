/** Half a frame at 60 Hz. */
const SLICE_MS = 8

interface PageScheduler {
  yield?: () => Promise<void>
}

/**
 * Runs work that may pause at each `yield`.
 *
 * @param now ms since any fixed moment
 * @param pause lets the page do what waits: input, timers, a frame
 * @throws the reason of `signal`, or what `work` throws
 */
export async function runInSlices<Result>(
  work: Generator<unknown, Result>,
  signal: AbortSignal | undefined,
  now: () => number = () => performance.now(),
  pause: () => Promise<unknown> = pauseForPage,
): Promise<Result> {
  for (;;) {
    signal?.throwIfAborted()
    const endsAt = now() + SLICE_MS
    do {
      const { done, value } = work.next()
      if (done) return value
    } while (now() < endsAt)
    await pause()
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
