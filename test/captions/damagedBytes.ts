import type { SeededRandom } from '../simulation/seededRandom.ts'
import { encodeVendorText } from './vendorSchema.ts'

/** Lengths and tags that are meant to hurt: 2 GB, more than 32 bits, too many bytes, fields that end groups. */
const TRAPS = [
  [0],
  [0xff, 0xff, 0xff, 0xff, 7],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
  [0x85, 0x80, 0x80, 0x80, 0x10],
  [0x85, 0x80, 0x80, 0x80, 0x80, 0],
  [0x0b],
  [0x0c],
  [0x52, 0x7f],
  [0x92, 1, 0x7f],
  [0x1f, 0x8b],
  [0xc3, 0x28],
]

const TEXTS = ['Hello.', ' How are you?', '', '漢字かな交じり文', 'naïve', 'a'.repeat(200)]

/** A message of the bot, or what another app's data stream, a bad network or bad intent makes of one. */
export function damagedBytes(random: SeededRandom): Uint8Array {
  const bytes = someCaption(random)
  const at = random.between(0, bytes.length)
  switch (random.between(0, 7)) {
    case 0:
      return bytes
    case 1:
      return someBytes(random)
    case 2:
      return bytes.slice(0, at)
    case 3:
      return changed(bytes, random, (byte) => byte ^ (1 << random.between(0, 7)))
    case 4:
      return changed(bytes, random, (byte) => byte + random.pick([-2, -1, 1, 2, 100]))
    case 5: {
      const other = someCaption(random)
      return joined(bytes.slice(0, at), other.slice(random.between(0, other.length)))
    }
    case 6:
      return joined(bytes.slice(0, at), random.pick(TRAPS), bytes.slice(at))
    default:
      return joined(bytes, random.pick([random.pick(TRAPS), someBytes(random)]))
  }
}

function someCaption(random: SeededRandom): Uint8Array {
  const int64 = () => random.pick(['0', '-1', '42', '1753359518654', '9223372036854775807'])
  const some = <Item>(make: () => Item) => Array.from({ length: random.between(0, 3) }, make)
  const word = () => ({
    text: random.pick(TEXTS),
    is_final: random.chance(0.5),
    start_ms: random.pick([0, 1_200, -1]),
    ...(random.chance(0.2) ? { confidence: random.next() } : {}),
  })
  return encodeVendorText({
    uid: int64(),
    time: int64(),
    words: some(word),
    data_type: random.pick(['transcribe', 'translate']),
    trans: some(() => ({ lang: 'de-DE', texts: some(() => random.pick(TEXTS)) })),
    culture: random.pick(['', 'en-US']),
    text_ts: int64(),
    sentence_id: int64(),
    ...(random.chance(0.3) ? { vendor: -1, version: 2, seqnum: random.between(0, 300) } : {}),
    ...(random.chance(0.3) ? { original_transcript: { culture: 'en-US', words: some(word) } } : {}),
  })
}

const someBytes = (random: SeededRandom) =>
  Uint8Array.from({ length: random.between(0, 40) }, () => random.between(0, 255))

function changed(bytes: Uint8Array, random: SeededRandom, change: (byte: number) => number) {
  const result = bytes.slice()
  for (let count = random.between(1, 3); count > 0 && result.length > 0; count--) {
    const index = random.between(0, result.length - 1)
    result[index] = change(result[index] ?? 0)
  }
  return result
}

const joined = (...parts: ArrayLike<number>[]) =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)))
