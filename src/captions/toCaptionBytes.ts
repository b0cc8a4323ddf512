/** The data stream carries less in one message. */
const MAX_CAPTION_BYTES = 65_536

/**
 * This realm's own view of the bytes, which may come from an iframe: `instanceof` would not know them. null: they are no
 * bytes, or too many.
 */
export function toCaptionBytes(bytes: Uint8Array): Uint8Array | null {
  if (!ArrayBuffer.isView(bytes) || bytes.byteLength > MAX_CAPTION_BYTES) return null
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
