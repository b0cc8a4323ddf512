import { useEffect, useRef, useState } from 'react'
import { people } from '../../people.ts'
import type { DemoDevice } from '../../protocol.ts'
import { deviceTitle } from '../call/deviceTitle.ts'
import { readFrameNotice } from '../connection/frameMessages.ts'
import { setFrameConfig, toFrameId } from './deviceFrames.ts'

interface DeviceFrameProps {
  id: DemoDevice['id']
  origin: string
}

/** A device at another address, as if it were another machine. */
export function DeviceFrame({ id, origin }: DeviceFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(0)
  useEffect(() => {
    function onMessage({ source, origin: sender, data }: MessageEvent): void {
      if (sender !== origin || source !== frame.current?.contentWindow) return
      const notice = readFrameNotice(data)
      if (!notice) return
      setHeight(notice.height)
      setFrameConfig(id, notice.config)
    }
    addEventListener('message', onMessage)
    return () => {
      removeEventListener('message', onMessage)
      setFrameConfig(id, null)
    }
  }, [id, origin])
  return (
    <iframe
      ref={frame}
      id={toFrameId(id)}
      title={deviceTitle(people[id])}
      src={`${origin}/device.html`}
      style={{ minHeight: height }}
    />
  )
}
