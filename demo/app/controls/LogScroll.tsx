import type { ReactNode } from 'react'

interface LogScrollProps {
  headingId: string
  children: ReactNode
}

/** The part of a log that scrolls. */
export function LogScroll({ headingId, children }: LogScrollProps) {
  return (
    <section
      className="log-scroll"
      aria-labelledby={headingId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  )
}
