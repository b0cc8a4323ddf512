/** The timers of the environment. */
export interface Timers {
  setTimeout: (callback: () => void, delayMs: number) => unknown
  clearTimeout: (timer: unknown) => void
}

/** What {@link withTimeLimit} rejects with where the work took too long. */
export const TOO_LATE = Symbol()

/** Gives the work up after a time, or when `signal` says so; the work begins before this returns. */
export async function withTimeLimit<Result>(
  { setTimeout, clearTimeout }: Timers,
  limitMs: number,
  work: (signal: AbortSignal) => Result | Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  const abort = new AbortController()
  let giveUp: (reason: unknown) => void = () => {}
  const givenUp = new Promise<never>((_, reject) => {
    giveUp = (reason) => {
      reject(reason)
      abort.abort()
    }
  })
  const timer = setTimeout(() => giveUp(TOO_LATE), limitMs)
  signal?.addEventListener('abort', giveUp)
  try {
    return await Promise.race([givenUp, work(abort.signal)])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}
