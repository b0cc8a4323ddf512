const PRIMES = [...Array(312).keys()].filter(
  (n) => n > 1 && ![...Array(n).keys()].some((divisor) => divisor > 1 && n % divisor === 0),
)
const ROUND_KEYS = PRIMES.map((prime) => fractionBits(Math.cbrt(prime)))
const INITIAL_STATE = PRIMES.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)))

/**
 * SHA-256, at once: the platform's own is asynchronous, and missing on insecure origins. For names, not for secrets.
 *
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final
 */
export function sha256(text: string): Uint8Array {
  const message = new TextEncoder().encode(text)
  const padded = new DataView(new ArrayBuffer(Math.ceil((message.length + 9) / 64) * 64))
  new Uint8Array(padded.buffer).set(message)
  padded.setUint8(message.length, 0x80)
  padded.setUint32(padded.byteLength - 4, message.length * 8)

  let state = Int32Array.from(INITIAL_STATE)
  for (let offset = 0; offset < padded.byteLength; offset += 64) {
    state = mix(state, new DataView(padded.buffer, offset, 64))
  }
  const digest = new DataView(new ArrayBuffer(32))
  state.forEach((word, index) => {
    digest.setInt32(index * 4, word)
  })
  return new Uint8Array(digest.buffer)
}

function mix(state: Int32Array<ArrayBuffer>, block: DataView): Int32Array<ArrayBuffer> {
  const schedule = new Int32Array(64)
  const at = (index: number) => schedule[index] as number
  let words = [...state] as Words
  for (let round = 0; round < 64; round++) {
    schedule[round] =
      round < 16
        ? block.getInt32(round * 4)
        : at(round - 16) +
          smallSigma(at(round - 15), 7, 18, 3) +
          at(round - 7) +
          smallSigma(at(round - 2), 17, 19, 10)
    const [a, b, c, d, e, f, g, h] = words
    const choice = (e & f) ^ (~e & g)
    const majority = (a & b) ^ (a & c) ^ (b & c)
    const first = h + bigSigma(e, 6, 11, 25) + choice + (ROUND_KEYS[round] as number) + at(round)
    const second = bigSigma(a, 2, 13, 22) + majority
    words = [(first + second) | 0, a, b, c, (d + first) | 0, e, f, g]
  }
  return state.map((word, index) => word + (words[index] as number))
}

type Words = [number, number, number, number, number, number, number, number]

const rotate = (word: number, bits: number) => (word >>> bits) | (word << (32 - bits))

const bigSigma = (word: number, a: number, b: number, c: number) =>
  rotate(word, a) ^ rotate(word, b) ^ rotate(word, c)

const smallSigma = (word: number, a: number, b: number, shift: number) =>
  rotate(word, a) ^ rotate(word, b) ^ (word >>> shift)

function fractionBits(root: number): number {
  return Math.floor((root % 1) * 2 ** 32) | 0
}
