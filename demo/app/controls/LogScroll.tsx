import type { ReactNode } from 'react'

interface LogScrollProps {
  headingId: string
  isShort?: boolean
  children: ReactNode
}

/** The part of a log that scrolls. */
export function LogScroll({ headingId, isShort = false, children }: LogScrollProps) {
  return (
    <section
      className={isShort ? 'log-scroll log-short' : 'log-scroll'}
      aria-labelledby={headingId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  )
}
