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
  page?.addEventListener('pagehide', end, { signal })
  const keep = () =>
    new Promise<void>((free) => {
      if (signal.aborted) free()
      signal.addEventListener('abort', () => free())
      onReady()
    })
  if (locks) locks.request(name, { mode, signal }, keep).catch(onReady)
  else onReady()
  return end
}
