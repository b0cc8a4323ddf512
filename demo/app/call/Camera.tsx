import { useEffect, useRef } from 'react'

/** A camera's picture, played by whoever has it. */
export function Camera({ show }: { show: (element: HTMLElement) => () => void }) {
  const element = useRef<HTMLSpanElement>(null)
  useEffect(() => (element.current ? show(element.current) : undefined), [show])
  return <span ref={element} className="camera" aria-hidden="true" />
}
