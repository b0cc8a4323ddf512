import type { CaptionMessage } from './captionMessage.js'
import { Text } from './generated/caption.js'
import { holdsText } from './holdsText.js'
import { StrictReader } from './strictReader.js'
import { toCaptionBytes } from './toCaptionBytes.js'
import { toSpeakerUid } from './toSpeakerUid.js'

/** Is it a caption of the JSON protocol? No message of Protobuf begins like this. */
export function isGzipped(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** Reads a message of the caption bot in Protobuf, of any version. null: these bytes are no caption. */
export function decodeCaption(bytes: Uint8Array): CaptionMessage | null {
  try {
    const own = toCaptionBytes(bytes)
    return own && read(own)
  } catch {
    return null
  }
}

function read(bytes: Uint8Array): CaptionMessage | null {
  const text = Text.decode(new StrictReader(bytes))
  const message = {
    ...text,
    uid: toSpeakerUid(text.uid),
    time: toMs(text.time),
    textTs: toMs(text.textTs),
    sentenceId: text.sentenceId === '0' ? undefined : text.sentenceId,
  }
  return holdsText(message) ? message : null
}

function toMs(int64: string): number | undefined {
  const value = Number(int64)
  return Number.isSafeInteger(value) ? value : undefined
}
