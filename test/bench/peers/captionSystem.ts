import type { CaptionUpdate } from './captionUpdate.ts'

/** Something that keeps captions, and gives them to components. */
export interface CaptionSystem {
  name: string
  /** What it does for a message, and what it leaves out. */
  note: string
  open(): Promise<OpenCaptions>
}

export interface OpenCaptions {
  /** Puts them in one after the other, as fast as it can. */
  play(updates: readonly CaptionUpdate[]): void | Promise<void>
  /** How many lines, or entries, a component sees that was rendered last. */
  count(): number
  close(): void
}
