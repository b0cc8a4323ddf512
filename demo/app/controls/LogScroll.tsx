import { type ReactNode, useLayoutEffect, useRef } from 'react'

interface LogScrollProps {
  headingId: string
  /** The last entry's number: it stays in sight, unless somebody has scrolled back. @defaultValue begins at the top */
  last?: number | undefined
  children: ReactNode
}

/** Room for rounding. */
const AT_END_PX = 4

/** The part of a log that scrolls. */
export function LogScroll({ headingId, last, children }: LogScrollProps) {
  const scroller = useRef<HTMLElement>(null)
  const isAtEnd = useRef(true)
  useLayoutEffect(() => {
    if (last !== undefined && isAtEnd.current)
      scroller.current?.scrollTo(0, Number.MAX_SAFE_INTEGER)
  }, [last])
  return (
    <section
      ref={scroller}
      className="log-scroll"
      aria-labelledby={headingId}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight >= scrollHeight - AT_END_PX
      }}
    >
      {children}
    </section>
  )
}
