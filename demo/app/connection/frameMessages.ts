import { isLoopback } from '../../isLoopback.ts'
import type { FrameNotice, PressCommand } from '../../protocol.ts'

const MAX_HEIGHT = 2_000

/** Whether the page with the call, which alone may command devices, is at this origin. */
export function isCallPage(origin: string, port: number): boolean {
  if (!URL.canParse(origin)) return false
  const url = new URL(origin)
  return isLoopback(url.hostname) && Number(url.port || 80) === port
}

/** null: it is none. */
export function readPress(data: unknown): PressCommand['wanted'] | null {
  const { type, wanted } = Object(data) as Partial<PressCommand>
  if (type !== 'demo:press') return null
  return wanted === 'on' || wanted === 'off' ? wanted : null
}

/** null: it is none. */
export function readFrameNotice(data: unknown): Omit<FrameNotice, 'type'> | null {
  const { type, height, config } = Object(data) as Partial<FrameNotice>
  if (type !== 'demo:frame' || !Number.isFinite(height)) return null
  return {
    height: Math.min(MAX_HEIGHT, Math.ceil(height as number)),
    config: typeof config === 'string' ? config : null,
  }
}
