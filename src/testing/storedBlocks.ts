/** A stored block's length is a uint16. */
export const MAX_STORED_BYTES = 0xffff
const HEADER_BYTES = 5

/** A deflate stream that compresses nothing: valid for every inflater, and made without waiting for one. */
export function storedBlocks(bytes: Uint8Array): Uint8Array {
  const count = Math.max(1, Math.ceil(bytes.length / MAX_STORED_BYTES))
  const stream = new Uint8Array(count * HEADER_BYTES + bytes.length)
  const view = new DataView(stream.buffer)
  let position = 0
  for (let index = 0; index < count; index++) {
    const start = index * MAX_STORED_BYTES
    const block = bytes.subarray(start, start + MAX_STORED_BYTES)
    stream[position] = index === count - 1 ? 1 : 0
    view.setUint16(position + 1, block.length, true)
    view.setUint16(position + 3, ~block.length & 0xffff, true)
    stream.set(block, position + HEADER_BYTES)
    position += HEADER_BYTES + block.length
  }
  return stream
}
