/** Resolves once something that is told by `subscribe` has become so. */
export function until(
  subscribe: (listener: () => void) => () => void,
  isReached: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    function look(): void {
      if (!isReached()) return
      unsubscribe?.()
      resolve()
    }
    const unsubscribe: (() => void) | undefined = isReached() ? undefined : subscribe(look)
    look()
  })
}
