import type { TabPlatform } from './tabPlatform.js'

/**
 * Asks for a Web Lock and keeps it until the returned function is called, which gives up waiting too, or the page is
 * hidden: in the back/forward cache it would keep it. `onReady`: it is granted, or will never be.
 */
export function takeTabLock(
  { locks, page }: TabPlatform,
  name: string,
  mode: LockMode,
  onReady: () => void,
): () => void {
  const controller = new AbortController()
  const { signal } = controller
  const end = () => controller.abort()
  const ended = new Promise((resolve) => signal.addEventListener('abort', resolve))
  const keep = () => {
    onReady()
    return ended
  }
  page?.addEventListener('pagehide', end, { signal })
  if (locks) locks.request(name, { mode, signal }, keep).catch(onReady)
  else onReady()
  return end
}
