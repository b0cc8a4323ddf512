import { storedBlocks } from './storedBlocks.js'

/** Deflate, no flags, no time, no file system. */
const HEADER = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
const CRC_POLYNOMIAL = 0xedb88320

/** A gzip file that compresses nothing: valid for every reader, and made without waiting for one. */
export function gzipStored(bytes: Uint8Array): Uint8Array {
  const blocks = storedBlocks(bytes)
  const file = new Uint8Array(HEADER.length + blocks.length + 8)
  const view = new DataView(file.buffer)
  file.set(HEADER)
  file.set(blocks, HEADER.length)
  view.setUint32(HEADER.length + blocks.length, crc32(bytes), true)
  view.setUint32(HEADER.length + blocks.length + 4, bytes.length, true)
  return file
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? CRC_POLYNOMIAL : 0)
  }
  return ~crc >>> 0
}
