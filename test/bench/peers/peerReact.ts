import type { createElement, FunctionComponent, ReactNode, useEffect } from 'react'
import type { createRoot } from 'react-dom/client'

/** The React that the peers were installed with. */
export interface PeerReact {
  createElement: typeof createElement
  createRoot: typeof createRoot
  useEffect: typeof useEffect
}

/** Mounts a component below a provider, as an app does. `current` is what its hook gave when it was rendered last. */
export async function mountHook<Result>(
  { createElement, createRoot, useEffect }: PeerReact,
  useHook: () => Result,
  wrap: (child: ReactNode) => ReactNode,
): Promise<{ current(): Result; unmount(): void }> {
  const root = createRoot(document.createElement('div'))
  let latest: () => Result = () => {
    throw new Error('Nothing has been rendered.')
  }
  await new Promise<void>((resolve) => {
    const Reader: FunctionComponent = () => {
      const result = useHook()
      // Those of the provider follow before anything else can run.
      useEffect(() => {
        latest = () => result
        resolve()
      })
      return null
    }
    root.render(wrap(createElement(Reader)))
  })
  return { current: () => latest(), unmount: () => root.unmount() }
}
