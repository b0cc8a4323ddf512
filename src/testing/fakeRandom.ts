/** Where the simulated service takes its ids, salts and secrets from. */
export interface FakeRandom {
  hex(length: number): string
  /** A whole number from 1 to `max`. */
  upTo(max: number): number
}

export function fakeRandom(random: () => number = secureRandom): FakeRandom {
  const below = (limit: number) => Math.floor(random() * limit)
  return {
    hex: (length) => Array.from({ length }, () => below(16).toString(16)).join(''),
    upTo: (max) => below(max) + 1,
  }
}

function secureRandom(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1))
  return word / 2 ** 32
}
