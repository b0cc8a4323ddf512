/** Calls a function of the app's: what it throws is told to the page and goes no further. */
export function reporting(callback: () => void): void {
  try {
    callback()
  } catch (error) {
    globalThis.reportError?.(error)
  }
}
