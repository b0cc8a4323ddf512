import { MAX_STORED_BYTES, storedBlocks } from './storedBlocks.js'

const HEADER_BYTES = 7
const CHECKSUM_BYTES = 4
const ADLER_MODULUS = 65_521

/** A zlib stream of one stored block: valid for every inflater, and made without waiting for one. */
export function deflateStored(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (bytes.length > MAX_STORED_BYTES) throw new RangeError('One stored block holds 65,535 bytes.')
  const stream = new Uint8Array(HEADER_BYTES + bytes.length + CHECKSUM_BYTES)
  stream.set([0x78, 0x01])
  stream.set(storedBlocks(bytes), 2)
  new DataView(stream.buffer).setUint32(HEADER_BYTES + bytes.length, adler32(bytes))
  return stream
}

/**
 * Undoes zlib's deflate for the tokens of `createFakeAgora({ tokens: 'plain' })`, in one microtask. Rejects anything
 * that is compressed.
 *
 * @param stream a zlib stream of one stored block
 * @returns the bytes in it
 * @throws `TypeError`, as a rejection, for any other stream
 * @example
 * ```ts
 * import { createSttClient } from 'react-realtime-stt'
 * import { createFakeAgora, inflateStored } from 'react-realtime-stt/testing'
 *
 * const { appId, fetch, mintToken } = createFakeAgora({ tokens: 'plain' })
 * export const client = createSttClient({
 *   appId,
 *   api: 'v7',
 *   fetch,
 *   tokenProvider: mintToken,
 *   environment: { inflate: inflateStored },
 * })
 * ```
 */
export async function inflateStored(stream: Uint8Array): Promise<Uint8Array> {
  const isStored = stream[0] === 0x78 && stream[1] === 0x01 && stream[2] === 0x01
  if (!isStored) throw new TypeError('Not a zlib stream of one stored block.')
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength)
  const end = HEADER_BYTES + view.getUint16(3, true)
  const bytes = stream.slice(HEADER_BYTES, end)
  if (view.getUint32(end) !== adler32(bytes)) throw new TypeError('Wrong checksum.')
  return bytes
}

function adler32(bytes: Uint8Array): number {
  let low = 1
  let high = 0
  for (const byte of bytes) {
    low = (low + byte) % ADLER_MODULUS
    high = (high + low) % ADLER_MODULUS
  }
  return ((high << 16) | low) >>> 0
}
